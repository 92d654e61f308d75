"""What lies on the desk: what was found, and whom the advisor has chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.forms import BoundField
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from armclients.kit import clock
from armclients.kit.addresses import key
from armclients.models import User
from armclients.workstation import card as cards
from armclients.workstation import queries, rows, saved, tabs
from armclients.workstation.close import Close, close_matches
from armclients.workstation.criteria import BOXES, Asking
from armclients.workstation.elsewhere import Offer, offers
from armclients.workstation.filters import TEXTS, ClientFilter, address
from armclients.workstation.jumps import Jump, jumps
from armclients.workstation.layout import Layout
from armclients.workstation.search import Found, find, find_first, reading_of
from customers.models import Counterparty
from orders.models import RepairRequest


@dataclass
class Desk:
    """Everything that the screen shows, already read."""

    search: ClientFilter
    tab: tabs.Tab
    buyer_only: bool
    shows_contacts: bool
    found: Found = field(default_factory=Found)
    clients: list[rows.ClientRow] = field(default_factory=list)
    vehicles: list[rows.VehicleRow] = field(default_factory=list)
    bookings: list[RepairRequest] = field(default_factory=list)
    # When nobody was found: whose name, phone or vehicle is nearly what was typed.
    close: list[Close] = field(default_factory=list)
    customer: Counterparty | None = None
    card: cards.Card | None = None
    car: cards.VehicleCard | None = None
    tab_links: list[tabs.TabLink] = field(default_factory=list)
    panel: dict[str, Any] = field(default_factory=dict)
    jumps: list[Jump] = field(default_factory=list)
    pinned: list[saved.Pin] = field(default_factory=list)
    # Addressed, but not there (any more).
    is_missing: bool = False

    @property
    def is_valid(self) -> bool:
        return self.search.form.is_valid()

    @property
    def layout(self) -> Layout:
        return self.search.layout

    @property
    def boxes(self) -> list[BoundField]:
        """Those the user wants to see; a ticked one that an address brought is never hidden."""
        asked = (box for box in BOXES if box.slug in self.search.state)
        shown = dict.fromkeys((*self.layout.boxes, *asked))
        return [self.search.form[box.slug] for box in shown]

    @property
    def criteria(self) -> list[BoundField]:
        """«Доп.»: those the user wants to see, and those that narrow this search."""
        shown = dict.fromkeys((*(each.slug for each in self.layout.criteria), *self.search.filled))
        return [self.search.form[slug] for slug in shown]

    @property
    def save_form(self) -> saved.SaveForm:
        return saved.SaveForm(by=self.search.asking.user, initial={"query": self.search.url()})

    @property
    def summary(self) -> str:
        """How many were found, in a sentence that is also said aloud."""
        return _("found: %(total)s") % {"total": self.found.total_shown}

    @property
    def vehicles_cut(self) -> bool:
        return len(self.vehicles) >= queries.VEHICLES_SHOWN

    @cached_property
    def corrections(self) -> dict[str, str]:
        """What the fields are taken to mean, where it is not what was typed."""
        typed, meant = self.search.state, self.search.meant
        texts = {name: ", ".join(reading) for name, reading in meant.items()}
        plates = [row.former_plate or row.plate for row in self.vehicles if row.matched]
        if len(meant.get("vehicle", ())) > 1 and any(plates):
            # Of several spellings the one there is.
            texts["vehicle"] = next(filter(None, plates))
        return {name: text for name, text in texts.items() if text != typed.get(name)}

    @property
    def understood(self) -> str:
        """What the search is taken to mean, when nobody was found as typed."""
        return ", ".join(self.corrections.values()) if self.search.reading else ""

    @property
    def understood_url(self) -> str:
        """The search with what it is taken to mean in its fields."""
        return self.search.url(**self.corrections)

    @property
    def offers(self) -> list[Offer]:
        """Where else to look for what nobody was found by."""
        nothing = not (self.clients or self.vehicles or self.bookings)
        return offers(self.search) if nothing and self.is_valid else []

    @cached_property
    def row_url(self) -> str:
        """The address that a row's own `customer=` or `car=` is added to."""
        tab = None if self.tab == tabs.TABS[0] else self.tab.slug
        url = self.search.url(buyer_only=None if self.buyer_only else "off", tab=tab)
        return f"{url}{'&' if '?' in url else '?'}"

    @property
    def next_url(self) -> str:
        return self.search.url(after=self.found.after)

    @property
    def here_url(self) -> str:
        """This very screen, to be read anew when something on it has changed."""
        return self.search.url(
            customer=self.customer.pk if self.customer else None,
            car=self.car.vehicle.pk if self.car else None,
            buyer_only=None if self.buyer_only else "off",
            tab=self.tab.slug,
        )

    @property
    def new_client_url(self) -> str:
        """Where a client is entered, with what was searched for."""
        typed = {name: self.search.state.get(name) for name in (*TEXTS, "inn")}
        return address(typed, at=reverse("new_client"))

    @property
    def new_vehicle_url(self) -> str:
        """Where a vehicle of the chosen client is entered, or of nobody."""
        owner = self.customer.pk if self.customer else None
        return address({"customer": owner}, at=reverse("vehicles:new"))

    @property
    def counts_url(self) -> str:
        """Where the numbers beside the boxes come from."""
        understood = self.corrections if self.search.reading else {}
        return address(self.search.state | understood, at=reverse("box_counts"))

    @property
    def buyer_only_url(self) -> str:
        """The same screen with «Отбор покупателя» the other way."""
        return self.search.url(
            customer=self.customer.pk if self.customer else None,
            car=self.car.vehicle.pk if self.car else None,
            buyer_only="off" if self.buyer_only else None,
        )

    @property
    def only_client(self) -> int | None:
        """One result selects itself."""
        alone = len(self.clients) == 1 and self.found.total == 1 and not self.search.is_empty
        return self.clients[0].pk if alone else None

    @property
    def only_car(self) -> int | None:
        """A vehicle without an owner, when it is all that was found."""
        alone = not self.clients and len(self.vehicles) == 1
        return self.vehicles[0].pk if alone else None


def whole(query: Mapping[str, str], user: User) -> Desk:
    """Results and selection. At most 16 statements."""
    desk = results(query, user)
    desk.pinned = saved.pinned(desk.search)
    customer, car = key(query.get("customer")), key(query.get("car"))
    if not customer and not car:
        customer, car = desk.only_client, desk.only_car
    _choose(desk, user, customer, car, query)
    desk.jumps = jumps(
        desk.customer,
        desk.car.vehicle if desk.car else None,
        shows_contacts=desk.shows_contacts,
        may=user.has_perm,
    )
    return desk


def results(query: Mapping[str, str], user: User) -> Desk:
    """The lists alone. At most six statements, whatever is found."""
    desk = _laid(query, user)
    if not desk.search.form.is_valid():
        return desk
    search, after = desk.search, query.get("after")
    search.reading = min(reading_of(after), len(search.guesses))
    desk.found = find(search.wanted, after=after, reading=search.reading)
    ownerless = rows.ownerless_vehicles(search.wanted, desk.layout.vehicle_columns)
    desk.bookings = rows.cardless_bookings(search)
    nobody = not (desk.found.ids or ownerless or desk.bookings)
    if nobody and not (after or desk.found.was_cut):
        desk.found = find_first(search.guesses)
        search.reading = desk.found.reading
        if not desk.found.ids:
            ownerless = rows.guessed_ownerless(search)
            desk.close = [] if ownerless else close_matches(search)
    desk.clients = rows.clients(
        desk.found.ids, desk.layout.client_columns, masked=not desk.shows_contacts
    )
    stray = {row.pk for row in ownerless}
    owned = rows.vehicles_of(desk.found.ids, search, only_matched=True)
    # A vehicle sold to nobody knows whom still stands with its former owner.
    desk.vehicles = [*(row for row in owned if row.pk not in stray), *ownerless]
    return desk


def card_of(query: Mapping[str, str], user: User, customer: int) -> Desk:
    """One client's card without the lists. At most ten statements."""
    desk = _laid({"car": query.get("car", "")}, user)
    _choose(desk, user, customer, key(query.get("car")), query)
    return desk


def facts_of(query: Mapping[str, str], user: User, car: int) -> Desk:
    """One vehicle's own facts and history. Two statements."""
    desk = _laid(query, user)
    desk.car = cards.vehicle_card(car)
    return desk


def _laid(query: Mapping[str, str], user: User) -> Desk:
    return Desk(
        search=ClientFilter(query, asking=Asking(user)),
        tab=tabs.tab_named(query.get("tab")),
        buyer_only=query.get("buyer_only") != "off",
        shows_contacts=user.has_perm("customers.view_contact_value"),
    )


def _choose(
    desk: Desk, user: User, customer: int | None, car: int | None, query: Mapping[str, str]
) -> None:
    """Puts a client and a vehicle on the desk; a vehicle brings its owner along."""
    if car:
        desk.car = cards.vehicle_card(car)
        desk.is_missing = desk.car is None
        customer = customer or (desk.car.owner_id if desk.car else None)
    if not customer:
        return
    try:
        desk.customer = cards.open_client(customer, by=user, now=clock.now(), why=desk.tab.slug)
    except Http404:
        desk.is_missing = True
        return
    if desk.buyer_only:
        desk.vehicles = rows.vehicles_of([customer], desk.search, only_matched=False)
    if desk.car is None and (first := _first_car(desk.vehicles, customer)):
        desk.car = cards.vehicle_card(first)
    if desk.tab.panel:
        chosen = {"car": str(desk.car.vehicle.pk)} if desk.car else {}
        desk.panel = desk.tab.panel(desk.customer, dict(query.items()) | chosen, user)
    else:
        desk.card = cards.card_of(desk.customer)
    desk.tab_links = tabs.links(
        desk.customer, desk.car.vehicle.pk if desk.car else None, desk.tab, desk.search
    )


def _first_car(vehicles: list[rows.VehicleRow], owner: int) -> int | None:
    """The vehicle the search was about, else the first one that is still the client's."""
    own = [row for row in vehicles if row.owner == owner]
    own.sort(key=lambda row: (not row.matched, row.is_former))
    return own[0].pk if own else None
