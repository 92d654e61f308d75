"""Goods, prices, stock and carts: records of `make`, which gives them out as its own."""

import uuid
from itertools import count
from typing import Any

from customers.models import Counterparty, PriceType
from orders.models import (
    Cart,
    CartLine,
    Document,
    HourPrice,
    Labor,
    MarkingCode,
    Part,
    PartLine,
    PartPrice,
    Reserve,
    Selection,
    Stock,
    StockMovement,
    Warehouse,
)

_numbers = count(1)


def part(article: str = "", **facts: Any) -> Part:
    named = {"article": article or f"ART-{next(_numbers)}", "name": "Колодки тормозные"}
    return Part.objects.create(**named | facts)


def part_price(of: Part, price: Any, price_type: PriceType) -> PartPrice:
    return PartPrice.objects.create(part=of, price_type=price_type, price=price)


def labor(name: str = "Замена колодок", **facts: Any) -> Labor:
    made = Labor.objects.create(**{"name": name, "norm_hours": 1} | facts)
    made.refresh_from_db()
    return made


def hour_price(price: Any = 1800, **facts: Any) -> HourPrice:
    """The standard one of all labour, if not said otherwise."""
    return HourPrice.objects.create(price=price, **facts)


def goods(document: Document, of: Part | None = None, **facts: Any) -> PartLine:
    facts.setdefault("price", 500)
    return PartLine.objects.create(document=document, part=of or part(), **facts)


def stock(of: Part | None = None, quantity: int = 10, *, warehouse: str = "Основной") -> Stock:
    place, _created = Warehouse.objects.get_or_create(name=warehouse)
    return Stock.objects.create(part=of or part(), warehouse=place, quantity=quantity)


def receipt(of: Stock, quantity: int = 1, **facts: Any) -> StockMovement:
    """What a supplier brought, as the receipt's page writes it."""
    given = {"key": uuid.uuid4(), "paper": "УПД 1"} | facts
    return StockMovement.objects.create(stock=of, kind="receipt", quantity=quantity, **given)


def marking_code(line: PartLine, **facts: Any) -> MarkingCode:
    piece = f"010460043993125621{next(_numbers):06}"
    return MarkingCode.objects.create(line=line, **{"code": piece, "scanned": piece} | facts)


def reserve(line: PartLine, quantity: int = 1, *, of: Stock | None = None) -> Reserve:
    return Reserve.objects.create(line=line, stock=of or stock(line.part), quantity=quantity)


def cart(counterparty: Counterparty, *, lines: int = 1, **facts: Any) -> Cart:
    basket = Cart.objects.create(counterparty=counterparty, **facts)
    for place in range(1, lines + 1):
        CartLine.objects.create(cart=basket, name=f"Свеча {place}", price=300)
    return basket


def selection(of: Counterparty, *names: str, **facts: Any) -> Selection:
    """With a line in words for each name."""
    made = Selection.objects.create(counterparty=of, **facts)
    for name in names:
        made.lines.create(name=name, price=300)
    return made
