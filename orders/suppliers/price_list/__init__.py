"""A supplier who sends a price list: what it says is found in our own base."""

from collections.abc import Collection

from orders.models import Supplier
from orders.suppliers import Offer

MOST = 20


def offers(supplier: Supplier, keys: Collection[str]) -> list[Offer]:
    """The rows of the last list with these articles, the cheapest first. One statement."""
    rows = supplier.offers.filter(key__in=keys).exclude(quantity=0).order_by("price", "pk")[:MOST]
    return [
        Offer(
            pk=row.pk,
            supplier=supplier.name,
            article=row.article,
            brand=row.brand,
            name=row.name,
            cost=row.price,
            price=supplier.price_of(row.price),
            days=supplier.days if row.days is None else row.days,
            quantity=row.quantity,
        )
        for row in rows
    ]
