"""What lies in the tire hotel, with honest defaults; the rest is in `make`."""

from itertools import count as numbers
from typing import Any

from customers.models import Counterparty
from tests import make
from vehicles.models import StorageCell, TireCount, TireSet, TireStore

_numbers = numbers(1)


def store(name: str = "Шинный отель") -> TireStore:
    return TireStore.objects.get_or_create(name=name)[0]


def cell(code: str = "", **facts: Any) -> StorageCell:
    """Room for one set of four, at an address of its own."""
    place = {"store": store(), "zone": "A", "rack": 1, "shelf": 1, "position": next(_numbers)}
    return StorageCell.objects.create(code=code or f"A-{next(_numbers)}", **place | facts)


def tires(depositor: Counterparty | None = None, **facts: Any) -> TireSet:
    """Four summer tires, stored half a year ago by agreement until half a year ahead."""
    kept = {"season": "summer", "taken_on": make.day(-180), "until": make.day(180)}
    kept |= {"brand": "Nokian", "size": "205/55 R16", "number": f"T{next(_numbers):06}"}
    if facts.get("state") in ("released", "disposed"):
        kept |= {"left_on": make.TODAY}
    if facts.get("state") == "disposed":
        kept |= {"noticed_on": make.TODAY}
    return TireSet.objects.create(depositor=depositor or make.client(), **kept | facts)


def count(**facts: Any) -> TireCount:
    """Somebody counts a store."""
    return TireCount.objects.create(**{"store": store(), "started_at": make.NOW} | facts)
