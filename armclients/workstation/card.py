"""A client's card: what the advisor sees while the phone still rings. Seven statements.

The tabs' counts, the debt and the next booking come with the client in one of them.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, DateTimeField, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from armclients.kit import keyset
from armclients.kit.compiled import Compiled, Given
from armclients.models import User
from customers import queries as customers
from customers.models import Contact, Counterparty, Event
from orders.models import Document
from orders.queries import booking, deferred, documents, history, settlements
from vehicles import queries as vehicles
from vehicles.models import Vehicle


@dataclass(frozen=True)
class Card:
    """One client with everything that the tab «Информация» shows."""

    contacts: list[Contact]
    unfinished: list[Document]
    masters: list[dict[str, object]]


@dataclass(frozen=True)
class VehicleCard:
    """One vehicle with its facts and the first page of its history. Two statements."""

    vehicle: Vehicle
    owner_id: int | None
    history: keyset.Page[Document]


def open_client(pk: int, *, by: User, now: datetime.datetime, why: str) -> Counterparty:
    """The client with the figures that stand on every tab, logged as opened. Two statements."""
    return customers.open_card(pk, by=by, why=why, read=_client, now=now)


@Compiled
def _client() -> QuerySet[Counterparty]:
    return customers.for_card().annotate(
        new_events=_count_of_new_events(),
        cart_lines=documents.open_cart_lines(),
        open_orders=documents.open_orders(),
        all_documents=documents.all_documents(),
        debt=settlements.debt_on_open_work_orders(),
        receivable=settlements.receivable(),
        advance=settlements.advance(),
        deferred_rows=deferred.of_client(),
        next_booking=booking.next_of_client(Given("now", DateTimeField())),
        last_contact=_last_contact(),
        contract=settlements.contract_of(Given("now", DateTimeField())),
        phone=Subquery(customers.primary_phone().values("normalized")[:1]),
    )


def card_of(customer: Counterparty) -> Card:
    return Card(
        contacts=customers.contacts_of(customer),
        unfinished=documents.unfinished_of(customer),
        masters=history.masters_of(customer),
    )


@Compiled
def _vehicle() -> QuerySet[Vehicle]:
    return vehicles.with_facts().filter(pk=Given("pk"))


def vehicle_card(pk: int) -> VehicleCard | None:
    """The vehicle, or nothing where there is none."""
    vehicle = _vehicle.first(pk=pk)
    return VehicleCard(vehicle, vehicle.owner_id, history.of_vehicle(vehicle)) if vehicle else None


def _count_of_new_events() -> Coalesce:
    new = Event.objects.new().filter(counterparty=OuterRef("pk")).order_by()
    counted = new.values("counterparty").annotate(rows=Count("pk")).values("rows")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _last_contact() -> Subquery:
    """When, who and with what result the client was last spoken to, as JSON."""
    events = Event.objects.filter(counterparty=OuterRef("pk"), kind__in=Event.CONTACTS)
    facts: dict[str, Any] = {
        "at": "occurred_at",
        "kind": "kind",
        "who": "author__full_name",
        "subject": "subject",
        "result": "result",
    }
    return Subquery(events.order_by("-occurred_at", "-pk").values(facts=JSONObject(**facts))[:1])
