"""What suppliers can bring: one folder for each way of asking them.

A folder NAME is a module with `offers(supplier, keys) -> list[Offer]`, where `keys` are folded
articles; an administrator chooses it for a supplier by its name.
"""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from importlib import import_module
from pathlib import Path

from orders.models import Supplier

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Offer:
    """What a supplier has, for what the client pays; `pk` is that of the row it comes from."""

    pk: int
    supplier: str
    article: str
    brand: str
    name: str
    cost: Decimal
    price: Decimal
    days: int
    quantity: Decimal | None = None


def providers() -> list[str]:
    """The folders there are."""
    return sorted(path.parent.name for path in Path(__file__).parent.glob("*/__init__.py"))


def offers(keys: Collection[str], *, limit: int = 20) -> list[Offer]:
    """What active suppliers have of these articles, the cheapest first. One statement, and those
    of each supplier's provider.

    A supplier that does not answer is left out, and the log says so.
    """
    found: list[Offer] = []
    if keys:
        for supplier in Supplier.objects.filter(is_active=True).order_by("name"):
            if supplier.provider not in providers():
                log.warning("%s: there is no provider %s", supplier, supplier.provider)
                continue
            provider = import_module(f"orders.suppliers.{supplier.provider}")
            found += provider.offers(supplier, keys)
    return sorted(found, key=lambda offer: (offer.price, offer.days))[:limit]
