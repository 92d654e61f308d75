"""What the parts clerk did: ordered, took a delivery in, put it aside, and handed parts over."""

import datetime
import uuid

from django.contrib.auth import get_user_model
from django.db import connection

from orders.actions import reserves, stock
from orders.models import Part, PartLine, Warehouse

from .chance import stream

CLERK = "gleb"
MARKED = "Шина"
# Cars in the works that have their parts already.
HANDED_OVER = 8


def fill(today: datetime.date) -> None:
    """Orders have the goods that their states speak of, cars in the works have theirs."""
    clerk = get_user_model().objects.get(username=CLERK)
    order_what_is_missing(today, by=clerk)
    take_in_what_has_arrived(by=clerk)
    held = lines_of("work_order", "in_progress").filter(reserve__isnull=False)
    for work_order in list(dict.fromkeys(line.document_id for line in held))[:HANDED_OVER]:
        stock.issue_all(work_order, by=clerk)
    Part.objects.filter(name__startswith=MARKED).update(is_marked=True)
    with connection.cursor() as cursor:
        # Files say how far an order is; from here on its goods do.
        cursor.execute("""
            SELECT order_supply(array_agg(id)) FROM orders_document
             WHERE kind = 'customer_order' AND state IN ('approved', 'in_supply', 'arrived')
        """)


def order_what_is_missing(today: datetime.date, *, by: object) -> None:
    rng = stream("supply")
    for line in lines_of("customer_order", "in_supply"):
        if line.missing:
            day = today + datetime.timedelta(days=rng.choice((-3, -1, 1, 2, 4, 7, 12)))
            stock.expect(line.pk, ordered=line.missing, expected_on=day, by=by)


def take_in_what_has_arrived(*, by: object) -> None:
    missing: dict[Warehouse, list[PartLine]] = {}
    for line in lines_of("customer_order", "arrived"):
        if line.missing and line.warehouse and not line.held:
            missing.setdefault(line.warehouse, []).append(line)
    for number, (warehouse, lines) in enumerate(missing.items(), 1874):
        stock.receive(
            warehouse=warehouse,
            lines=[(line.part, line.missing) for line in lines],
            key=uuid.uuid4(),
            paper=f"УПД {number}",
            by=by,
        )
        for line in lines:
            reserves.reserve(line.pk, by=by)


def lines_of(kind: str, state: str):
    lines = PartLine.objects.filter(document__kind=kind, document__state=state)
    return lines.select_related("part", "reserve", "warehouse", "document").order_by("pk")
