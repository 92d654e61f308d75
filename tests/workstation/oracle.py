"""What a search should find, worked out slowly and plainly from the source tables.

Nothing of the product's search is used here: neither its rows, nor its SQL functions, nor its
understanding of what was typed. The rules are those of the contract, written a second time.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from customers.models import Contact, Counterparty, DiscountCard, Event
from orders.models import Document, Reserve, Slot
from vehicles.models import VehicleOwnership

CYRILLIC_LIKE_LATIN = str.maketrans("АВЕКМНОРСТУХЁ", "ABEKMHOPCTYXE")
ZERO_AND_ONE = str.maketrans("OQI", "001")
FLAGS = {
    "new_events": -1,
    "open_orders": -2,
    "reserved": -3,
    "in_service": -4,
    "awaiting_pickup": -5,
}
EPOCH = datetime.date(1970, 1, 1)


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

    @property
    def tags(self) -> list[int]:
        """As the search row holds them."""
        days = {-(day - EPOCH).days for day in self.booked}
        return sorted(self.users | {FLAGS[flag] for flag in self.flags} | days)


def everyone() -> dict[int, Known]:
    """All clients as the source tables have them now."""
    known = {}
    for client in Counterparty.objects.all():
        words = f"{folded_name(client.name)} {folded_name(client.full_name)}".split()
        known[client.pk] = Known(client.pk, folded_name(client.name), words)
    for card in DiscountCard.objects.all():
        known[card.holder_id].words += folded_name(card.number).split()
    for contact in Contact.objects.all():
        known[contact.counterparty_id].contacts.append(folded_contact(contact.value))
    for link in VehicleOwnership.objects.select_related("vehicle"):
        car = link.vehicle
        numbers = [car.vin, car.body_number, *(plate.number for plate in car.plates.all())]
        known[link.counterparty_id].vehicles += filter(None, map(folded_vehicle, numbers))
    for event in Event.objects.exclude(counterparty=None):
        client = known[event.counterparty_id]
        client.users |= {event.author_id, event.manager_id} - {None}
        if event.processed_at is None:
            client.flags.add("new_events")
    for document in Document.objects.exclude(counterparty=None):
        client = known[document.counterparty_id]
        client.users |= {document.author_id, document.manager_id} - {None}
        client.flags |= {flag for flag in FLAGS if _raises(document, flag)}
    for reserve in Reserve.objects.select_related("line__document"):
        if reserve.line.document.counterparty_id:
            known[reserve.line.document.counterparty_id].flags.add("reserved")
    for slot in Slot.objects.select_related("request__branch"):
        request = slot.request
        if request.counterparty_id and request.state != "cancelled":
            local = slot.start_at.astimezone(request.branch.zone)
            known[request.counterparty_id].booked.add(local.date())
    return known


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
    found.sort(key=lambda client: (not client.name.startswith(typed), client.name, client.pk))
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
    if len(text) == 1:
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
