"""Where `GET /open/` leads: how a PBX or another system asks for a client."""

from collections.abc import Mapping

from django.db.models import QuerySet

from armclients.models import SearchCard, User
from armclients.workstation.criteria import Asking
from armclients.workstation.filters import LONGEST, ClientFilter

# What is asked with, and the field of the search that shows it.
FIELDS = {
    "phone": "phone",
    "vin": "vehicle",
    "plate": "vehicle",
    "card": "client",
    "inn": "client",
}


def address(query: Mapping[str, str], user: User) -> str:
    """The card of the one client who fits exactly, otherwise the search with the field filled.

    The first known parameter counts; without one it is the empty search.
    """
    for name, field in FIELDS.items():
        if value := query.get(name, "").replace("\0", "").strip()[:LONGEST]:
            search = ClientFilter({field: value}, asking=Asking(user))
            search.form.full_clean()
            hits = _exactly(name, value, search).values_list("pk", flat=True)[:2]
            return search.url(customer=hits[0] if len(hits) == 1 else None)
    return ClientFilter({}, asking=Asking(user)).url()


def _exactly(name: str, value: str, search: ClientFilter) -> QuerySet[SearchCard]:
    """The clients that have just this contact, vehicle, card or INN."""
    cards = SearchCard.objects.all()
    if name == "card":
        return cards.filter(customer__cards__number=value)
    if name == "inn":
        return cards.filter(customer__inn=value)
    contact, vehicle = search.folded[1:]
    if name == "phone":
        return cards.filter(contacts__contains=f" {contact} ") if contact else cards.none()
    return cards.filter(vehicles__contains=f" {vehicle} ") if vehicle else cards.none()
