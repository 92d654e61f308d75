"""What a line of a cart or a selection holds when something is chosen: always today's price."""

import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from armclients.kit.folding import FoldVehicle
from customers.models import Counterparty
from orders.models import Labor, Part, SupplierOffer
from orders.queries import contracts, prices

Chosen = Part | Labor | SupplierOffer | str


def line_of(
    what: Chosen, *, quantity: Decimal, customer: Counterparty, on: datetime.date
) -> dict[str, Any]:
    """The facts of a line; what is said in words has no price until somebody names one."""
    if isinstance(what, str):
        return {"name": what, "quantity": quantity}
    if isinstance(what, SupplierOffer):
        return _brought(what, quantity)
    terms = contracts.terms_of_client(customer, on=on)
    if isinstance(what, Part):
        price = prices.of_part(what, **terms)
    else:
        price = prices.of_work(what, **terms)
    return {
        "part" if isinstance(what, Part) else "labor": what,
        "name": what.name,
        "quantity": quantity,
        **priced(price),
    }


def _brought(offer: SupplierOffer, quantity: Decimal) -> dict[str, Any]:
    """A part that a supplier brings; one that the catalogue does not know is entered."""
    supplier = offer.supplier
    part = Part.objects.filter(
        key=FoldVehicle(Value(offer.article)), manufacturer__iexact=offer.brand
    ).order_by("pk").first() or Part.objects.create(
        article=offer.article, manufacturer=offer.brand, name=offer.name
    )
    return {
        "part": part,
        "name": offer.name,
        "quantity": quantity,
        "price": supplier.price_of(offer.price),
        "why": str(_("from the supplier")),
        "supplier": supplier.name,
        "days": supplier.days if offer.days is None else offer.days,
    }


def priced(price: prices.Price) -> dict[str, Any]:
    """The columns that a price fills."""
    return {
        "price": price.amount,
        "discount_percent": price.discount_percent,
        "discount_source": price.discount_source,
        "discount_by": None,
        "why": price.why,
    }
