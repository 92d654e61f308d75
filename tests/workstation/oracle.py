"""What a search should find, worked out slowly and plainly from the source tables.

Nothing of the product's search is used here: neither its rows, nor its SQL functions, nor its
understanding of what was typed. The rules are those of the contract, written a second time.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from customers.models import Contact, Counterparty, DiscountCard, Event
from orders.models import Document, OpeningBalance, Payment, Reserve, Slot
from vehicles.models import Vehicle, VehicleOwnership

CYRILLIC_LIKE_LATIN = str.maketrans("АВЕКМНОРСТУХЁ", "ABEKMHOPCTYXE")
ZERO_AND_ONE = str.maketrans("OQI", "001")
FLAGS = {
    "new_events": -1,
    "open_orders": -2,
    "reserved": -3,
    "in_service": -4,
    "awaiting_pickup": -5,
}
OWES = -6
KINDS = {"buyer": -11, "supplier": -12, "both": -13, "other": -14}
ATTENTION = {"notice": -21, "warning": -22, "stop": -23}
EPOCH = datetime.date(1970, 1, 1)
# What a user may leave out of each field.
SOURCES = {
    "client": ("name", "full_name", "card"),
    "phone": ("phone", "email", "messenger", "other"),
    "vehicle": ("vin", "body", "plate", "former_plate"),
}
EVERYTHING = frozenset(source for sources in SOURCES.values() for source in sources)
SOURCE_OF = {
    **dict.fromkeys(("mobile", "work", "home", "fax"), "phone"),
    **dict.fromkeys(("telegram", "whatsapp", "max"), "messenger"),
    "email": "email",
    "address": "other",
    "other": "other",
}


def folded_name(text: str) -> str:
    plain = text.upper().replace("Ё", "Е")
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def folded_contact(text: str) -> str:
    if any(c.isalpha() or c == "@" for c in text):
        return "".join(text.upper().replace("Ё", "Е").split())
    digits = "".join(c for c in text if c in "0123456789")
    if len(digits) == 11 and digits[0] == "8":
        return "7" + digits[1:]
    if len(digits) == 10 and digits[0] in "3489" and not text.lstrip().startswith("+"):
        return "7" + digits
    return digits


def folded_vehicle(text: str) -> str:
    latin = text.upper().translate(CYRILLIC_LIKE_LATIN).translate(ZERO_AND_ONE)
    return "".join(c for c in latin if c.isalnum())


@dataclass
class Known:
    """All that one client can be found by."""

    pk: int
    name: str
    words: list[str] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)
    vehicles: list[str] = field(default_factory=list)
    users: set[int] = field(default_factory=set)
    flags: set[str] = field(default_factory=set)
    booked: set[datetime.date] = field(default_factory=set)
    # What «Доп.» asks for.
    further: set[int] = field(default_factory=set)
    visited_on: datetime.date | None = None
    by_name: bool = True

    @property
    def tags(self) -> list[int]:
        """As the search row holds them."""
        days = {-(day - EPOCH).days for day in self.booked}
        return sorted(self.users | {FLAGS[flag] for flag in self.flags} | days | self.further)


def everyone(through: Collection[str] = EVERYTHING) -> dict[int, Known]:
    """All clients as the source tables have them now, found `through` these sources alone."""
    known = _clients(through)
    for contact in Contact.objects.all():
        if SOURCE_OF[contact.kind] in through:
            known[contact.counterparty_id].contacts.append(folded_contact(contact.value))
    for link in VehicleOwnership.objects.select_related("vehicle"):
        car = link.vehicle
        known[link.counterparty_id].vehicles += _numbers(car, through)
        known[link.counterparty_id].further |= _facts_of_car(car)
    for event in Event.objects.exclude(counterparty=None):
        client = known[event.counterparty_id]
        client.users |= {event.author_id, event.manager_id} - {None}
        if event.processed_at is None:
            client.flags.add("new_events")
    for document in Document.objects.exclude(counterparty=None):
        _note(document, known[document.counterparty_id])
    for reserve in Reserve.objects.select_related("line__document"):
        if reserve.line.document.counterparty_id:
            known[reserve.line.document.counterparty_id].flags.add("reserved")
    for slot in Slot.objects.select_related("request__branch"):
        request = slot.request
        if request.counterparty_id and request.state != "cancelled":
            local = slot.start_at.astimezone(request.branch.zone)
            known[request.counterparty_id].booked.add(local.date())
    for pk in _debtors():
        known[pk].further.add(OWES)
    return known


def _clients(through: Collection[str]) -> dict[int, Known]:
    known = {}
    for client in Counterparty.objects.all():
        name, full_name = folded_name(client.name), folded_name(client.full_name)
        words = name.split() if "name" in through else []
        words += full_name.split() if "full_name" in through else []
        known[client.pk] = Known(client.pk, name, words, by_name="name" in through)
        known[client.pk].further = _facts_of(client)
    for card in DiscountCard.objects.all() if "card" in through else ():
        known[card.holder_id].words += folded_name(card.number).split()
    return known


def _numbers(car: Vehicle, through: Collection[str]) -> list[str]:
    numbers = [("vin", car.vin), ("body", car.body_number)]
    numbers += [("former_plate" if p.until else "plate", p.number) for p in car.plates.all()]
    looked_through = (number for source, number in numbers if source in through)
    return [folded for number in looked_through if (folded := folded_vehicle(number))]


def _note(document: Document, client: Known) -> None:
    client.users |= {document.author_id, document.manager_id} - {None}
    client.flags |= {flag for flag in FLAGS if _raises(document, flag)}
    if document.kind == "work_order" and document.state != "refused":
        client.visited_on = max(filter(None, (client.visited_on, document.date)))


def _facts_of(client: Counterparty) -> set[int]:
    facts = {KINDS[client.kind]}
    if client.attention:
        facts.add(ATTENTION[client.attention])
    if client.manager_id:
        facts.add(-3_000_000 - client.manager_id)
    prices = {client.price_type_goods_id, client.price_type_works_id} - {None}
    return facts | {-2_000_000 - price for price in prices}


def _facts_of_car(car: Vehicle) -> set[int]:
    facts = {-1_000_000 - car.year} if car.year else set()
    if car.model_id:
        facts.add(-10_000_000 - 256 * car.model_id)
    if car.model_id and car.year:
        facts.add(-10_000_000 - 256 * car.model_id - min(max(car.year - 1899, 1), 255))
    return facts


def _debtors() -> set[int]:
    """Who owes for what is done, out or under way, or from before we counted."""
    debtors = {
        document.payer_id
        for document in Document.objects.filter(due__gt=0)
        if document.state in {"completed", "issued", "closed"}
        or (document.kind == "work_order" and document.state not in {"closed", "refused"})
        or (document.kind == "sale" and document.state == "posted" and document.base_id is None)
    }
    owed: dict[int, Decimal] = defaultdict(Decimal)
    for balance in OpeningBalance.objects.all():
        owed[balance.counterparty_id] += balance.amount
    for payment in Payment.objects.filter(document=None, state="posted").exclude(counterparty=None):
        owed[payment.counterparty_id] -= (
            payment.amount if payment.direction == "in" else -payment.amount
        )
    return (debtors | {pk for pk, amount in owed.items() if amount > 0}) - {None}


def _raises(document: Document, flag: str) -> bool:
    match flag:
        case "open_orders":
            return document.kind == "customer_order" and document.state not in (
                "closed",
                "cancelled",
            )
        case "in_service":
            return document.kind == "work_order" and document.state == "in_progress"
        case "awaiting_pickup":
            return document.kind == "work_order" and document.state == "completed"
    return False


def search(
    query: Mapping[str, str], known: dict[int, Known], *, user: int, today: datetime.date
) -> list[int]:
    """The keys of the clients that the query finds, in the order of the contract."""
    found = [client for client in known.values() if _fits(client, query, user, today)]
    typed = folded_name(query.get("client", ""))
    found.sort(
        key=lambda client: (
            client.by_name and not client.name.startswith(typed),
            client.name,
            client.pk,
        )
    )
    return [client.pk for client in found]


def _fits(client: Known, query: Mapping[str, str], user: int, today: datetime.date) -> bool:
    ticked = {name for name, value in query.items() if value == "on"}
    boxes = set(client.flags)
    boxes |= {"mine"} if user in client.users else set()
    boxes |= {"booked_today"} if today in client.booked else set()
    return (
        ticked <= boxes
        and _fits_name(client, query.get("client", "").strip())
        and _fits_phone(client, query.get("phone", "").strip())
        and _fits_vehicle(client, query.get("vehicle", "").strip())
    )


def _fits_name(client: Known, typed: str) -> bool:
    text = folded_name(typed)
    if not text:
        return not typed
    if len(text) == 1 and client.by_name:
        return client.name.startswith(text)
    return all(_some(client.words, word) for word in text.split())


def _fits_phone(client: Known, typed: str) -> bool:
    if any(c.isalpha() or c == "@" for c in typed):
        return _some(client.contacts, folded_contact(typed))
    digits = re.sub("[^0-9]", "", typed)
    if not digits:
        return set(typed) <= set("+( ")
    if typed.startswith("+"):
        return any(contact.startswith(digits) for contact in client.contacts)
    if digits[0] != "8":
        return _some(client.contacts, digits)
    home = any(contact.startswith("7" + digits[1:]) for contact in client.contacts)
    return home or (len(digits) != 11 and _some(client.contacts, digits))


def _fits_vehicle(client: Known, typed: str) -> bool:
    text = folded_vehicle(typed)
    return _some(client.vehicles, text) if text else not typed


def _some(values: list[str], text: str) -> bool:
    """One or two characters start a value, more are any part of it."""
    if len(text) <= 2:
        return any(value.startswith(text) for value in values)
    return any(text in value for value in values)
