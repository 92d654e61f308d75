"""The rows that the lists of the workstation render: plain facts, read in advance."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext

from armclients.kit.lookups import holding
from armclients.templatetags import arm
from armclients.workstation import queries
from armclients.workstation.columns import Column
from armclients.workstation.filters import ClientFilter
from armclients.workstation.further import NOTHING
from armclients.workstation.queries import About
from armclients.workstation.wanted import Wanted
from customers.identity import name_needles
from customers.models import Counterparty
from orders import states
from orders.models import RepairRequest
from orders.queries import booking
from vehicles.models import Vehicle, VehicleOwnership

# Of a vehicle; what further columns ask for comes behind.
OWN_FACTS = 13


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client of the list."""

    pk: int
    name: str
    kind: str
    inn: str
    attention: str
    phone: str
    # What only columns that are not of the standard show, by their slug.
    facts: Mapping[str, Any] = field(default_factory=dict)

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
    # The plate it was found by, when it wears another one now.
    former_plate: str | None = ""
    # What only columns that are not of the standard show, by their slug.
    facts: Mapping[str, Any] = field(default_factory=dict)

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
        """What must be known before its state: a former plate, what this client is or was to it."""
        was = gettext("was %(plate)s") % {"plate": self.former_plate} if self.former_plate else ""
        return ", ".join(filter(None, [was, self._relation]))

    @property
    def _relation(self) -> str:
        if self.owner is None:
            return gettext("without an owner")
        if self.until:
            return gettext("until %(month)s") % {"month": f"{self.until:%m.%Y}"}
        return str(VehicleOwnership.Role(self.role).label) if self.role != "owner" else ""

    @property
    def state_label(self) -> str:
        return str(states.WORK_ORDER.get(self.state, ""))


def clients(ids: Sequence[int], columns: Sequence[Column] = (), *, masked: bool) -> list[ClientRow]:
    """The clients with these keys, in this order. One statement, or none."""
    if not ids:
        return []
    asked = facts_for(columns, queries.FACTS_OF_CLIENTS)
    found = {}
    for pk, name, kind, inn, attention, number, extension, *facts in queries.clients(asked)(
        ids=ids
    ):
        phone = arm.phone(number, extension)
        shown = arm.masked(phone) if masked else phone
        found[pk] = ClientRow(
            pk, name, kind, inn, attention, shown, dict(zip(asked, facts, strict=True))
        )
    return [found[pk] for pk in ids if pk in found]


def facts_for(columns: Sequence[Column], known: Mapping[str, Any]) -> tuple[str, ...]:
    """What these columns ask for besides, in an order of its own: each set is compiled once."""
    return tuple(sorted(column.slug for column in columns if column.slug in known))


def vehicles_of(
    ids: Sequence[int], search: ClientFilter, *, only_matched: bool
) -> list[VehicleRow]:
    """Vehicles of these clients, in the order of the clients, present ones first. One statement.

    With `only_matched` those the search was not about are left out, unless it was about none.
    """
    if not ids:
        return []
    about = _about(search)
    asked = facts_for(search.layout.vehicle_columns, queries.FACTS_OF_VEHICLES)
    rows = queries.vehicles_of_clients(about, asked, only_matched=only_matched)(
        ids=ids,
        patterns=[holding(needle) for needle in search.wanted.vehicles],
        models=list(search.further.models or ()) if about.model else [],
        year=search.further.year if about.year else None,
        **booking.hours_of(search.asking.today if "booked_today" in about.boxes else None),
    )
    unique: dict[int, VehicleRow] = {}
    for row in rows:
        # A vehicle that two found clients share is shown once, with whoever has it now.
        known = unique.get(row[0])
        if known is None or (known.is_former and row[9] is None):
            facts = dict(zip(asked, row[OWN_FACTS:], strict=True))
            unique[row[0]] = VehicleRow(*(*row[:OWN_FACTS], facts))
    return list(unique.values())


def ownerless_vehicles(wanted: Wanted, columns: Sequence[Column]) -> list[VehicleRow]:
    """Vehicles without an owner that the vehicle field finds. One statement, or none."""
    if not wanted.is_of_vehicles:
        return []
    asked = facts_for(columns, queries.FACTS_OF_VEHICLES)
    found = queries.ownerless(wanted.sources_of("vehicle"), asked)(
        patterns=[holding(needle) for needle in wanted.vehicles]
    )
    return [
        VehicleRow(
            *(pk, None, make, model, year, vin, body_number, plate),
            matched=True,
            facts=dict(zip(asked, facts, strict=True)),
        )
        for pk, make, model, year, vin, body_number, plate, *facts in found
    ]


def guessed_ownerless(search: ClientFilter) -> list[VehicleRow]:
    """Vehicles without an owner that the first fitting guess finds; the search then shows it.

    Two statements, or none.
    """
    guesses = [wanted for wanted in search.guesses if wanted.is_of_vehicles]
    if not guesses:
        return []
    needles = tuple(needle for wanted in guesses for needle in wanted.vehicles)
    found = ownerless_vehicles(replace(guesses[0], vehicles=needles), search.layout.vehicle_columns)
    if not found:
        return []
    keys = [row.pk for row in found]
    lookups = dict(Vehicle.objects.filter(pk__in=keys).values_list("pk", "lookup"))
    for reading, wanted in enumerate(search.guesses, 1):
        fitting = [r for r in found if any(needle in lookups[r.pk] for needle in wanted.vehicles)]
        if fitting:
            search.reading = reading
            return fitting
    return []


def cardless_bookings(search: ClientFilter) -> list[RepairRequest]:
    """Bookings of people without a client's card, found by the phone field or the day.

    They are no clients: shown under the list, never counted. One statement, or none.
    """
    wanted, boxes = search.wanted, search.ticked_slugs
    asks_for_them = wanted.contacts or "booked_today" in boxes
    asks_for_more = (
        *(wanted.vehicles, wanted.impossible, boxes - {"booked_today"}),
        wanted.further != NOTHING,
    )
    if not asks_for_them or any(asks_for_more):
        return []
    return booking.without_card(
        names=name_needles(wanted.name_prefix),
        phones=wanted.contacts,
        on=search.asking.today if boxes else None,
    )


def _about(search: ClientFilter) -> About:
    if not search.form.is_valid():
        return About()
    boxes = frozenset(box.slug for box in search.ticked if box.about_vehicle)
    sources = search.wanted.sources_of("vehicle")
    return About(
        number=bool(search.wanted.vehicles),
        boxes=boxes,
        sources=sources,
        model=search.further.models is not None,
        year=search.further.year is not None,
    )
