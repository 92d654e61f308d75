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
from django.db.models.functions import Coalesce, NullIf

from armclients.kit.compiled import Compiled, Given
from armclients.kit.folding import token
from armclients.workstation import narrowing
from customers.models import Counterparty
from customers.queries import primary_phone
from orders.models import Document, Slot
from orders.models.document import DocumentQuerySet
from orders.queries import booking
from vehicles.models import Vehicle, VehicleOwnership, VehiclePlate
from vehicles.queries import current_plate

VEHICLES_SHOWN = 60
IDS = Given("ids", ArrayField(BigIntegerField()))
PATTERNS = Given("patterns", ArrayField(TextField()))
# What columns that are not of the standard ask for besides.
FACTS_OF_CLIENTS: dict[str, Any] = {
    "manager": Coalesce(NullIf("manager__full_name", Value("")), "manager__username"),
    "price_goods": F("price_type_goods__name"),
    "price_works": F("price_type_works__name"),
    "visited": F("search_card__visited_on"),
    "full_name": F("full_name"),
}
# Of a vehicle's link with a client, and of a vehicle that belongs to nobody.
FACTS_OF_VEHICLES: dict[str, tuple[Any, Any]] = {
    "owner": (F("counterparty__name"), Value("")),
    "colour": (F("vehicle__colour"), F("colour")),
    "trim": (F("vehicle__trim"), F("trim")),
    "engine": (F("vehicle__engine"), F("engine")),
}


@dataclass(frozen=True)
class About:
    """What a search says about a vehicle: its numbers, model, year, and boxes that speak of it.

    `sources` are the numbers it looks through, when these are not all.
    """

    number: bool = False
    boxes: frozenset[str] = frozenset()
    sources: tuple[str, ...] = ()
    model: bool = False
    year: bool = False

    @property
    def former_plates(self) -> bool:
        """Whether a vehicle may be found by a plate that it does not wear any more."""
        return self.number and (not self.sources or "former_plate" in self.sources)

    @property
    def match(self) -> Q:
        """Of the links between clients and vehicles."""
        match = Q()
        if self.number:
            match &= Q(vehicle__lookup__like_any=PATTERNS)
        if self.sources:
            fitting = narrowing.numbered(self.sources, PATTERNS)
            match &= Q(Exists(fitting.filter(pk=OuterRef("vehicle"))))
        if self.model:
            match &= Q(vehicle__model__any_of=Given("models", ArrayField(BigIntegerField())))
        if self.year:
            match &= Q(vehicle__year=Given("year"))
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


@cache
def clients(facts: tuple[str, ...]) -> Compiled:
    """Given `ids`: what the list says of each client, and these facts."""
    return Compiled(lambda: _clients(facts))


def _clients(facts: tuple[str, ...]) -> QuerySet[Any]:
    phone = primary_phone()
    return (
        Counterparty.objects.filter(pk__any_of=IDS)
        .annotate(
            phone=Subquery(phone.values("normalized")[:1]),
            extension=Subquery(phone.values("extension")[:1]),
        )
        .values_list(
            *("pk", "name", "kind", "inn", "attention", "phone", "extension"),
            *(FACTS_OF_CLIENTS[fact] for fact in facts),
        )
    )


@cache
def ownerless(sources: tuple[str, ...], facts: tuple[str, ...]) -> Compiled:
    """Given `patterns`: vehicles without an owner that have one of the numbers."""
    return Compiled(lambda: _ownerless(sources, facts))


def _ownerless(sources: tuple[str, ...], facts: tuple[str, ...]) -> QuerySet[Any]:
    found = Vehicle.objects.filter(lookup__like_any=PATTERNS, is_owned=False)
    if sources:
        found = found.filter(
            Exists(narrowing.numbered(sources, PATTERNS).filter(pk=OuterRef("pk")))
        )
    return (
        found.annotate(plate=current_plate())
        .order_by("pk")
        .values_list(
            *("pk", "model__make__name", "model__name", "year", "vin", "body_number", "plate"),
            *(FACTS_OF_VEHICLES[fact][1] for fact in facts),
        )[:VEHICLES_SHOWN]
    )


@cache
def vehicles_of_clients(about: About, facts: tuple[str, ...], *, only_matched: bool) -> Compiled:
    """Given `ids`, and what `about` speaks of: the vehicles in the order of the clients."""
    return Compiled(lambda: _links(about, facts, only_matched=only_matched))


def _links(about: About, facts: tuple[str, ...], *, only_matched: bool) -> QuerySet[Any]:
    match = about.match
    links = VehicleOwnership.objects.filter(counterparty__any_of=IDS).annotate(
        matched=Case(When(match, then=True), default=False, output_field=BooleanField())
        if match
        else Value(False),
        plate=current_plate("vehicle"),
        state=Subquery(_work_orders().open().order_by("-date", "-pk").values("state")[:1]),
        former_plate=_former_plate() if about.former_plates else Value(""),
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
        "former_plate",
        *(FACTS_OF_VEHICLES[fact][0] for fact in facts),
    )[:VEHICLES_SHOWN]


def _former_plate() -> Subquery:
    """The plate a link's vehicle was found by, when it does not wear it any more."""
    plates = (
        VehiclePlate.objects.filter(vehicle=OuterRef("vehicle"))
        .annotate(token=token("folded"))
        .filter(token__like_any=PATTERNS)
        .order_by(F("until").desc(nulls_first=True), "pk")
    )
    former = Case(When(until=None, then=Value("")), default=F("number"))
    return Subquery(plates.annotate(former=former).values("former")[:1])


def _work_orders() -> DocumentQuerySet:
    """Of a link's vehicle, for the client it is linked with."""
    return Document.objects.filter(
        kind=Document.Kind.WORK_ORDER,
        vehicle=OuterRef("vehicle"),
        counterparty=OuterRef("counterparty"),
    )
