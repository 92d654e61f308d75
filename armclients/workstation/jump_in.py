"""Where `GET /open/` leads: how a PBX or another system asks for a client."""

from collections.abc import Iterator, Mapping

from django.db.models import QuerySet

from armclients.models import SearchCard, User
from armclients.workstation.criteria import Asking
from armclients.workstation.elsewhere import KINDS, kinds_of
from armclients.workstation.filters import LONGEST, ClientFilter

# What may be asked with.
PARAMETERS = ("phone", "vin", "plate", "card", "inn")
ANYTHING = "q"


def address(query: Mapping[str, str], user: User) -> str:
    """The card of the one client who fits exactly, otherwise the search with the field filled.

    The first known parameter counts; without one it is the empty search. With `q` it is whatever
    the text looks like, the likeliest first.
    """
    first = ""
    for name, value in _asked(query):
        search = ClientFilter({KINDS[name].field: value}, asking=Asking(user))
        search.form.full_clean()
        hits = _exactly(name, value, search).values_list("pk", flat=True)[:2]
        if len(hits) == 1:
            return search.url(customer=hits[0])
        first = first or search.url()
    return first or ClientFilter({}, asking=Asking(user)).url()


def _asked(query: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What the value is asked as, and the value."""
    for name in PARAMETERS:
        if value := _value(query, name):
            yield name, value
            return
    if value := _value(query, ANYTHING):
        for name in kinds_of(value) or ["name"]:
            yield name, value


def _value(query: Mapping[str, str], name: str) -> str:
    return query.get(name, "").replace("\0", "").strip()[:LONGEST]


def _exactly(name: str, value: str, search: ClientFilter) -> QuerySet[SearchCard]:
    """The clients that have just this contact, vehicle, card or INN."""
    cards = SearchCard.objects.all()
    if name == "card":
        return cards.filter(customer__cards__number=value)
    if name == "inn":
        return cards.filter(customer__inn=value)
    contact, vehicle = search.folded[1:]
    if contact:
        return cards.filter(contacts__contains=f" {contact} ")
    return cards.filter(vehicles__contains=f" {vehicle} ") if vehicle else cards.none()
