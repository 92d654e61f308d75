"""What the lists of the workstation read, compiled once."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)

from armclients.kit.compiled import Compiled, Given
from customers.models import Counterparty
from customers.queries import primary_phone
from orders.models import Document, Slot
from orders.models.document import DocumentQuerySet
from orders.queries import booking
from vehicles.models import Vehicle, VehicleOwnership
from vehicles.queries import current_plate

VEHICLES_SHOWN = 60
IDS = Given("ids", ArrayField(BigIntegerField()))
PATTERNS = Given("patterns", ArrayField(TextField()))


@dataclass(frozen=True)
class About:
    """What a search says about a vehicle: its numbers, and the boxes that speak of vehicles."""

    number: bool = False
    boxes: frozenset[str] = frozenset()

    @property
    def match(self) -> Q:
        """Of the links between clients and vehicles."""
        match = Q()
        if self.number:
            match &= Q(vehicle__lookup__like_any=PATTERNS)
        for slug, state in (("in_service", "in_progress"), ("awaiting_pickup", "completed")):
            if slug in self.boxes:
                match &= Q(Exists(_work_orders().filter(state=state)))
        if "booked_today" in self.boxes:
            slots = Slot.objects.filter(
                request__vehicle=OuterRef("vehicle"),
                request__counterparty=OuterRef("counterparty"),
            ).exclude(request__state="cancelled")
            match &= Q(Exists(booking.on_given_day(slots)))
        return match


class ArrayPosition(Func):
    function = "array_position"
    output_field = BigIntegerField()


@Compiled
def clients() -> QuerySet[Any]:
    """Given `ids`: what the list says of each client."""
    phone = primary_phone()
    return (
        Counterparty.objects.filter(pk__any_of=IDS)
        .values_list("pk", "name", "kind", "inn", "attention")
        .annotate(
            phone=Subquery(phone.values("normalized")[:1]),
            extension=Subquery(phone.values("extension")[:1]),
        )
    )


@Compiled
def ownerless() -> QuerySet[Any]:
    """Given `patterns`: vehicles without an owner that have one of the numbers."""
    return (
        Vehicle.objects.filter(lookup__like_any=PATTERNS, is_owned=False)
        .annotate(plate=current_plate())
        .order_by("pk")
        .values_list(
            "pk", "model__make__name", "model__name", "year", "vin", "body_number", "plate"
        )[:VEHICLES_SHOWN]
    )


@cache
def vehicles_of_clients(about: About, *, only_matched: bool) -> Compiled:
    """Given `ids`, and what `about` speaks of: the vehicles in the order of the clients."""
    return Compiled(lambda: _links(about, only_matched=only_matched))


def _links(about: About, *, only_matched: bool) -> QuerySet[Any]:
    match = about.match
    links = VehicleOwnership.objects.filter(counterparty__any_of=IDS).annotate(
        matched=Case(When(match, then=True), default=False, output_field=BooleanField())
        if match
        else Value(False),
        plate=current_plate("vehicle"),
        state=Subquery(_work_orders().open().order_by("-date", "-pk").values("state")[:1]),
    )
    if only_matched and match:
        links = links.filter(matched=True)
    order = ArrayPosition(IDS, F("counterparty"))
    return links.order_by(order, F("until").desc(nulls_first=True), "pk").values_list(
        "vehicle_id",
        "counterparty_id",
        "vehicle__model__make__name",
        "vehicle__model__name",
        "vehicle__year",
        "vehicle__vin",
        "vehicle__body_number",
        "plate",
        "matched",
        "until",
        "role",
        "state",
    )[:VEHICLES_SHOWN]


def _work_orders() -> DocumentQuerySet:
    """Of a link's vehicle, for the client it is linked with."""
    return Document.objects.filter(
        kind=Document.Kind.WORK_ORDER,
        vehicle=OuterRef("vehicle"),
        counterparty=OuterRef("counterparty"),
    )
