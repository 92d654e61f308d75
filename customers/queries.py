"""What the screens read of this floor."""

from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import Http404

from armclients.kit import changes, keyset
from armclients.kit.compiled import Compiled, Given
from customers.models import AccessLogEntry, Contact, Counterparty, DiscountCard


def for_card() -> QuerySet[Counterparty]:
    """Given `pk`: the client with all that the card's own facts show."""
    return Counterparty.objects.for_card().annotate(card_rows=cards()).filter(pk=Given("pk"))


CARD = Compiled(for_card)


def open_card(
    pk: int, *, by: Any, why: str, read: Compiled[Counterparty] = CARD, **given: Any
) -> Counterparty:
    """The client, opened by a user: the only way a screen gets one, so that the log [law: 152-ФЗ]
    cannot be forgotten. `read` is `for_card()` with what else the screen wants. Two statements.

    Raises Http404 when there is no such client.
    """
    customer = read.first(pk=pk, **given)
    if customer is None:
        raise Http404
    AccessLogEntry.objects.create(counterparty=customer, user=by, why=why)
    return customer


def cards() -> ArraySubquery:
    """The discount cards of a client, as an annotation."""
    rows = DiscountCard.objects.filter(holder=OuterRef("pk")).order_by("-valid_until", "pk")
    return ArraySubquery(
        rows.values(
            card=JSONObject(
                number="number",
                percent_goods="percent_goods",
                percent_works="percent_works",
                valid_until="valid_until",
            )
        )
    )


@Compiled
def _contacts() -> QuerySet[Contact]:
    return Contact.objects.filter(counterparty=Given("customer")).order_by("pk")


def contacts_of(customer: Counterparty) -> list[Contact]:
    """In the order of entry, as on the seed's page. One statement."""
    return list(_contacts(customer=customer.pk))


def primary_phone(of: str = "pk") -> QuerySet[Contact]:
    """The contact that lists show as «Основной телефон», for a subquery over clients."""
    return Contact.objects.filter(counterparty=OuterRef(of), kind__in=Contact.PHONES).order_by(
        "-is_primary", "pk"
    )


def openings_of(customer: Counterparty, *, after: str | None = None) -> keyset.Page[AccessLogEntry]:
    """Who opened the client's card, newest first. One statement."""
    entries = customer.access_log.select_related("user")
    return keyset.newest_first(entries, "at", after, parse=keyset.moment)


def changes_of(customer: Counterparty) -> list[changes.Change]:
    """Who changed what of the client, their contacts and cards, from what to what."""
    return changes.changes_of(
        apps.get_model("customers.CounterpartyHistory").objects.filter(pgh_obj=customer),
        apps.get_model("customers.ContactHistory").objects.filter(counterparty=customer),
        apps.get_model("customers.DiscountCardHistory").objects.filter(holder=customer),
    )
