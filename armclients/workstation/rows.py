"""The rows that the lists of the workstation render: plain facts, read in advance."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from armclients.kit.lookups import holding
from armclients.templatetags import arm
from armclients.workstation import queries
from armclients.workstation.filters import ClientFilter
from armclients.workstation.queries import About
from armclients.workstation.wanted import Wanted
from customers.identity import name_needles
from customers.models import Counterparty
from orders import states
from orders.models import RepairRequest
from orders.queries import booking
from vehicles.models import VehicleOwnership


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


def clients(ids: Sequence[int], *, masked: bool) -> list[ClientRow]:
    """The clients with these keys, in this order. One statement."""
    found = {}
    for pk, name, kind, inn, attention, number, extension in queries.clients(ids=ids):
        phone = arm.phone(number, extension)
        found[pk] = ClientRow(
            pk, name, kind, inn, attention, arm.masked(phone) if masked else phone
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
    about = _about(search)
    rows = queries.vehicles_of_clients(about, only_matched=only_matched)(
        ids=ids,
        patterns=[holding(needle) for needle in search.wanted.vehicles],
        **booking.hours_of(search.asking.today if "booked_today" in about.boxes else None),
    )
    unique: dict[int, VehicleRow] = {}
    for row in rows:
        # A vehicle that two found clients share is shown once, with whoever has it now.
        known = unique.get(row[0])
        if known is None or (known.is_former and row[9] is None):
            unique[row[0]] = VehicleRow(*row)
    return list(unique.values())


def ownerless_vehicles(wanted: Wanted) -> list[VehicleRow]:
    """Vehicles without an owner that the vehicle field finds. One statement, or none."""
    if not wanted.vehicles or wanted != Wanted(vehicles=wanted.vehicles):
        return []
    found = queries.ownerless(patterns=[holding(needle) for needle in wanted.vehicles])
    return [
        VehicleRow(pk, None, make, model, year, vin, body_number, plate, matched=True)
        for pk, make, model, year, vin, body_number, plate in found
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


def _about(search: ClientFilter) -> About:
    if not search.form.is_valid():
        return About()
    boxes = frozenset(box.slug for box in search.ticked if box.about_vehicle)
    return About(number=bool(search.wanted.vehicles), boxes=boxes)
