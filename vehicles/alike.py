"""Which vehicle one that is being entered may be already: the same VIN, body number or plate."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.utils.translation import gettext as _

from armclients.kit.folding import FoldVehicle
from armclients.kit.limits import Looked, in_time, keys_in_time
from armclients.kit.lookups import holding
from customers.finding import folded
from vehicles import queries
from vehicles.models import Vehicle

SHOWN = 5
WHOLE = 5  # shorter numbers are still being typed, and fit too many


@dataclass(frozen=True)
class Alike:
    """A vehicle, with its facts, that may be the one that is being entered, and why."""

    vehicle: Any
    reason: str


def alike(said: Callable[[str], str]) -> Looked[Alike]:
    """At most five; `said` is what stands in a field of the form. At most five statements."""
    return in_time(lambda: _alike(said))


def _alike(said: Callable[[str], str]) -> list[Alike]:
    numbers = {name: _folded(said(name)) for name in ("vin", "body_number", "plate")}
    whole = {number for number in numbers.values() if len(number) >= WHOLE}
    if not whole:
        return []
    keys = keys_in_time(_wearing(sorted(whole)))
    facts = queries.with_facts().alias(own=FoldVehicle("vin"), body=FoldVehicle("body_number"))
    found = facts.annotate(
        is_same=Q(own__in=whole) | Q(body__in=whole),
        # Of former plates it is said that they are.
        wears=FoldVehicle("plate"),
    ).in_bulk(keys)
    return [Alike(found[key], _reason(found[key], whole)) for key in sorted(found)]


def _folded(typed: str) -> str:
    text = typed.replace("\0", "").strip()
    return folded(text)[2] if text else ""


def _wearing(numbers: list[str]) -> QuerySet[Any]:
    """Vehicles that have, or had, one of these numbers, each by the index that knows them:
    those of somebody by the search rows of their owners, those of nobody by their own."""
    patterns = Value([holding(f" {number} ") for number in numbers])
    has = Q(lookup__like_any=patterns)
    stray = Vehicle.objects.filter(has, is_owned=False)
    of_somebody = Q(ownerships__counterparty__search_card__vehicles__like_any=patterns)
    owned = Vehicle.objects.filter(of_somebody, has)
    return stray.values("pk").union(owned.values("pk")).order_by("pk")[:SHOWN]


def _reason(vehicle: Any, numbers: set[str]) -> str:
    if vehicle.is_same:
        return _("the same VIN or body number")
    return _("the same plate") if vehicle.wears in numbers else _("wore this plate before")
