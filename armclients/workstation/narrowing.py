"""What each field of the search looks through, when a user wants less than everything.

The search row knows words, not where they come from. A narrowed search finds by the row as ever and
then asks the sources themselves, client by client, whether an allowed one holds what was typed.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from armclients.kit.folding import FoldName, FoldVehicle, token
from armclients.kit.lookups import holding
from customers.models import Contact, Counterparty, DiscountCard
from vehicles.models import Vehicle, VehicleOwnership, VehiclePlate

# Of the search row that a statement is about, whatever it calls that row.
THE_CLIENT = RawSQL("customer_id", ())


@dataclass(frozen=True)
class Source:
    """Something a field looks through."""

    slug: str
    label: str | Promise


SOURCES = {
    "client": (
        Source("name", _("Name")),
        Source("full_name", _("Full name")),
        Source("card", _("Discount cards")),
    ),
    "phone": (
        Source("phone", _("Phones")),
        Source("email", _("E-mail addresses")),
        Source("messenger", _("Messengers")),
        Source("other", _("Addresses and other")),
    ),
    "vehicle": (
        Source("vin", "VIN"),
        Source("body", _("Body number")),
        Source("plate", _("Plate")),
        Source("former_plate", _("Former plates")),
    ),
}
KINDS = {
    "phone": (*Contact.PHONES, Contact.Kind.FAX),
    "email": (Contact.Kind.EMAIL,),
    "messenger": (Contact.Kind.TELEGRAM, Contact.Kind.WHATSAPP, Contact.Kind.MAX),
    "other": (Contact.Kind.ADDRESS, Contact.Kind.OTHER),
}


@dataclass(frozen=True)
class Narrowed:
    """One field: what it looks through, and the needles that must be there.

    `needles` are all wanted by a name and one of them by any other value.
    """

    field: str
    sources: tuple[str, ...]
    needles: tuple[str, ...]

    @property
    def rows(self) -> QuerySet[Any]:
        """Of the sources of one client, a row that holds what was typed."""
        return ROWS[self.field](self.sources, [holding(needle) for needle in self.needles])

    @cached_property
    def sql(self) -> tuple[str, tuple[Any, ...]]:
        return self.rows.query.sql_with_params()


def names(sources: Collection[str], patterns: Iterable[str]) -> QuerySet[Any]:
    cards = DiscountCard.objects.filter(holder=OuterRef("pk"))
    cards = cards.annotate(token=token(FoldName("number")))
    client = Counterparty.objects.filter(pk=THE_CLIENT).annotate(
        **{f"{field}_token": token(FoldName(field)) for field in ("name", "full_name")}
    )
    for pattern in patterns:
        held = Q()
        for field in {"name", "full_name"}.intersection(sources):
            held |= Q(**{f"{field}_token__like_any": [pattern]})
        if "card" in sources:
            held |= Q(Exists(cards.filter(token__like_any=[pattern])))
        client = client.filter(held)
    return client.values("pk")


def contacts(sources: Collection[str], patterns: list[str]) -> QuerySet[Any]:
    kinds = [kind for source in sources for kind in KINDS[source]]
    return (
        Contact.objects.filter(counterparty=THE_CLIENT, kind__in=kinds)
        .annotate(token=token("normalized"))
        .filter(token__like_any=patterns)
        .values("pk")
    )


def vehicles(sources: Collection[str], patterns: list[str]) -> QuerySet[Any]:
    fitting = Exists(numbered(sources, patterns).filter(pk=OuterRef("vehicle")))
    return VehicleOwnership.objects.filter(fitting, counterparty=THE_CLIENT).values("pk")


def numbered(sources: Collection[str], patterns: Any) -> QuerySet[Vehicle]:
    """Vehicles of which one of these sources fits one of the patterns."""
    plates = VehiclePlate.objects.filter(vehicle=OuterRef("pk")).annotate(token=token("folded"))
    plates = plates.filter(token__like_any=patterns)
    held = Q()
    if "vin" in sources:
        held |= Q(vin_token__like_any=patterns)
    if "body" in sources:
        held |= Q(body_token__like_any=patterns)
    if "plate" in sources:
        held |= Q(Exists(plates.filter(until=None)))
    if "former_plate" in sources:
        held |= Q(Exists(plates.exclude(until=None)))
    tokens = {
        "vin_token": token(FoldVehicle("vin")),
        "body_token": token(FoldVehicle("body_number")),
    }
    return Vehicle.objects.alias(**tokens).filter(held)


ROWS = {"client": names, "phone": contacts, "vehicle": vehicles}
