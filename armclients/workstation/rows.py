"""The rows that the lists of the workstation render: plain facts, read in advance."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

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
    Value,
    When,
)
from django.utils.translation import gettext

from armclients.templatetags import arm
from armclients.workstation.filters import ClientFilter
from armclients.workstation.wanted import Wanted
from customers.identity import name_needles
from customers.models import Counterparty
from customers.queries import primary_phone
from orders import states
from orders.models import Document, RepairRequest, Slot
from orders.queries import booking
from vehicles.models import Vehicle, VehicleOwnership
from vehicles.queries import current_plate

VEHICLES_SHOWN = 60


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client of the list."""

    pk: int
    name: str
    kind: str
    inn: str
    attention: str
    phone: str

    @property
    def key(self) -> str:
        """What addresses and hooks of the page say: text, which templates need not localise."""
        return str(self.pk)

    @property
    def kind_label(self) -> str:
        return str(Counterparty.Kind(self.kind).label)


@dataclass(frozen=True, slots=True)
class VehicleRow:
    """One vehicle of the list: whose it is, and whether it is what the search was about."""

    pk: int
    owner: int | None
    make: str
    model: str
    year: int | None
    vin: str
    body_number: str
    plate: str
    matched: bool
    until: datetime.date | None = None
    role: str = "owner"
    state: str = ""

    @property
    def key(self) -> str:
        """What addresses and hooks of the page say: text, which templates need not localise."""
        return str(self.pk)

    @property
    def is_former(self) -> bool:
        return self.until is not None

    @property
    def names_client(self) -> bool:
        """Whether its address must say whose card opens: it is not the owner's."""
        return self.owner is not None and (self.is_former or self.role != "owner")

    @property
    def number(self) -> str:
        """VIN, or the body number of cars that have none."""
        return self.vin or self.body_number

    @property
    def css(self) -> str:
        return " ".join(filter(None, ["hit" if self.matched else "", "past" if self.until else ""]))

    @property
    def note(self) -> str:
        """What must be known before its state: whose it no longer is, what this client is to it."""
        if self.owner is None:
            return gettext("without an owner")
        if self.until:
            return gettext("until %(month)s") % {"month": f"{self.until:%m.%Y}"}
        return str(VehicleOwnership.Role(self.role).label) if self.role != "owner" else ""

    @property
    def state_label(self) -> str:
        return str(states.WORK_ORDER.get(self.state, ""))


class ArrayPosition(Func):
    function = "array_position"
    output_field = BigIntegerField()


def clients(ids: Sequence[int], *, masked: bool) -> list[ClientRow]:
    """The clients with these keys, in this order. One statement."""
    phone = primary_phone()
    rows = (
        Counterparty.objects.filter(pk__in=ids)
        .values_list("pk", "name", "kind", "inn", "attention")
        .annotate(
            phone=Subquery(phone.values("normalized")[:1]),
            extension=Subquery(phone.values("extension")[:1]),
        )
    )
    found = {}
    for pk, name, kind, inn, attention, number, extension in rows:
        phone_shown = arm.phone(number, extension)
        found[pk] = ClientRow(
            pk, name, kind, inn, attention, arm.masked(phone_shown) if masked else phone_shown
        )
    return [found[pk] for pk in ids if pk in found]


def vehicles_of(
    ids: Sequence[int], search: ClientFilter, *, only_matched: bool
) -> list[VehicleRow]:
    """Vehicles of these clients, in the order of the clients, present ones first. One statement.

    With `only_matched` those the search was not about are left out, unless it was about none.
    """
    if not ids:
        return []
    match = _match(search)
    order = ArrayPosition(Value(list(ids), ArrayField(BigIntegerField())), F("counterparty"))
    links = VehicleOwnership.objects.filter(counterparty__in=ids).annotate(
        matched=Case(When(match, then=True), default=False, output_field=BooleanField())
        if match
        else Value(False),
        plate=current_plate("vehicle"),
        state=Subquery(_open_work(OuterRef("vehicle"), OuterRef("counterparty"))),
    )
    if only_matched and match:
        links = links.filter(matched=True)
    rows = links.order_by(order, F("until").desc(nulls_first=True), "pk").values_list(
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
    )
    unique: dict[int, VehicleRow] = {}
    for row in rows[:VEHICLES_SHOWN]:
        # A vehicle that two found clients share is shown once, with whoever has it now.
        known = unique.get(row[0])
        if known is None or (known.is_former and row[9] is None):
            unique[row[0]] = VehicleRow(*row)
    return list(unique.values())


def ownerless_vehicles(wanted: Wanted) -> list[VehicleRow]:
    """Vehicles without an owner that the vehicle field finds. One statement, or none."""
    if not wanted.vehicles or wanted != Wanted(vehicles=wanted.vehicles):
        return []
    vehicles = (
        Vehicle.objects.filter(_holds("lookup", wanted.vehicles), is_owned=False)
        .annotate(plate=current_plate())
        .order_by("pk")
        .values_list(
            "pk", "model__make__name", "model__name", "year", "vin", "body_number", "plate"
        )
    )
    return [
        VehicleRow(pk, None, make, model, year, vin, body_number, plate, matched=True)
        for pk, make, model, year, vin, body_number, plate in vehicles[:VEHICLES_SHOWN]
    ]


def cardless_bookings(search: ClientFilter) -> list[RepairRequest]:
    """Bookings of people without a client's card, found by the phone field or the day.

    They are no clients: shown under the list, never counted. One statement, or none.
    """
    wanted, boxes = search.wanted, search.ticked_slugs
    asks_for_them = wanted.contacts or "booked_today" in boxes
    asks_for_more = wanted.vehicles or wanted.impossible or boxes - {"booked_today"}
    if not asks_for_them or asks_for_more:
        return []
    return booking.without_card(
        names=name_needles(wanted.name_prefix),
        phones=wanted.contacts,
        on=search.asking.today if boxes else None,
    )


def _match(search: ClientFilter) -> Q:
    """What the search says about a vehicle: its numbers, and the boxes that speak of vehicles."""
    match = Q()
    if not search.form.is_valid():
        return match
    if search.wanted.vehicles:
        match &= _holds("vehicle__lookup", search.wanted.vehicles)
    boxes = search.ticked_slugs
    of_both = {"vehicle": OuterRef("vehicle"), "counterparty": OuterRef("counterparty")}
    for slug, state in (("in_service", "in_progress"), ("awaiting_pickup", "completed")):
        if slug in boxes:
            orders = Document.objects.filter(kind=Document.Kind.WORK_ORDER, state=state, **of_both)
            match &= Q(Exists(orders))
    if "booked_today" in boxes:
        slots = Slot.objects.filter(
            request__vehicle=OuterRef("vehicle"), request__counterparty=OuterRef("counterparty")
        ).exclude(request__state="cancelled")
        match &= Q(Exists(booking.on_day(slots, search.asking.today)))
    return match


def _holds(column: str, needles: Sequence[str]) -> Q:
    return reduce(or_, (Q(**{f"{column}__contains": needle}) for needle in needles))


def _open_work(vehicle: OuterRef, counterparty: OuterRef) -> QuerySet:
    """The state of the latest unfinished work order: the column «Сейчас»."""
    return (
        Document.objects.filter(
            kind=Document.Kind.WORK_ORDER, vehicle=vehicle, counterparty=counterparty
        )
        .open()
        .order_by("-date", "-pk")
        .values("state")[:1]
    )
