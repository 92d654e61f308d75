"""What lies in the warehouses, what moved, and what waits for goods."""

import datetime
import uuid

from django.db import connection
from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from armclients.kit import keyset
from armclients.templatetags import arm
from orders import states
from orders.models import Document, Part, PartLine, Stock, StockMovement
from orders.queries import catalogue

SHOWN = 100
# Orders whose goods are still to come.
WAITING = ("new", "approved", "in_supply")


def what_is_free(part_pk: int) -> str:
    """A sentence: how much of the part is free, and where. One statement."""
    free = Stock.objects.filter(part=part_pk, quantity__gt=F("reserved")).order_by(
        "warehouse__name"
    )
    places = [f"{s.warehouse} — {arm.quantity(s.free)}" for s in free.select_related("warehouse")]
    if not places:
        return _("Nothing of it is free in any warehouse.")
    return _("Free: %(places)s.") % {"places": ", ".join(places)}


def shelves_of(part_pk: int) -> list[Stock]:
    """Where the part is known, by the warehouse's name. One statement."""
    stock = Stock.objects.filter(part=part_pk).select_related("warehouse")
    return list(stock.order_by("warehouse__name", "pk"))


def parts_called(articles: set[str]) -> dict[str, list[Part]]:
    """The parts that each of these articles may mean, in whatever spelling. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT a.typed, p.id
              FROM unnest(%s::text[]) AS a (typed)
              JOIN orders_part p ON p.key = fold_vehicle(a.typed)
             WHERE p.key <> '' ORDER BY p.id
            """,
            [list(articles)],
        )
        pairs = cursor.fetchall()
    parts = Part.objects.in_bulk([pk for _typed, pk in pairs])
    called: dict[str, list[Part]] = {}
    for typed, pk in pairs:
        called.setdefault(typed, []).append(parts[pk])
    return called


def listed(*, typed: str = "", warehouse: int | None = None) -> list[Stock]:
    """What lies where, by article: the first hundred, or what is called so.

    At most four statements.
    """
    stock = Stock.objects.select_related("part", "warehouse")
    if warehouse:
        stock = stock.filter(warehouse=warehouse)
    if typed.strip():
        stock = stock.filter(part__in=[part.pk for part in catalogue.parts(typed, SHOWN)])
    else:
        stock = stock.filter(quantity__gt=0)
    return list(stock.order_by("part__article", "warehouse__name", "pk")[:SHOWN])


def movements_of(part: Part, *, after: str | None = None) -> keyset.Page[StockMovement]:
    """What moved of a part in all warehouses, the latest first. One statement."""
    moved = StockMovement.objects.filter(stock__part=part).select_related(
        "stock__warehouse", "counterpart__warehouse", "document__repairrequest", "by"
    )
    return keyset.newest_first(moved, "at", after, parse=keyset.moment)


def movements_for(document: Document) -> list[StockMovement]:
    """What moved for a document, the latest first. One statement."""
    moved = document.movements.select_related("stock__part", "stock__warehouse", "by")
    return list(moved.order_by("-at", "-pk")[:SHOWN])


def goods_of(document: Document) -> list[PartLine]:
    """Its goods with what is held for them and the number of their codes. One statement."""
    lines = document.goods.select_related("part", "warehouse", "reserve__stock__warehouse")
    return list(lines.annotate(codes=Count("marking_codes")).order_by("position", "pk"))


def waiting_for(parts: set[int]) -> list[PartLine]:
    """Lines that lack one of these parts, the oldest document first. One statement."""
    kinds = Q()
    for kind, known in states.RESERVABLE.items():
        kinds |= Q(document__kind=kind, document__state__in=known)
    lines = PartLine.objects.filter(kinds, part__in=parts).select_related(
        "part", "reserve", "document__counterparty", "document__repairrequest"
    )
    waiting = lines.filter(quantity__gt=F("issued")).order_by("document__date", "document", "pk")
    return [line for line in waiting if line.missing]


def overdue(*, today: datetime.date) -> list[Document]:
    """Customer orders whose goods should have come by now, the oldest first. Two statements."""
    late = Q(customerorder__expected_on__lt=today) | Q(
        pk__in=PartLine.objects.filter(expected_on__lt=today, quantity__gt=F("issued")).values(
            "document"
        )
    )
    orders = Document.objects.filter(
        late, kind=Document.Kind.CUSTOMER_ORDER, state__in=WAITING, is_open=True
    )
    oldest = with_goods(orders.for_lists().select_related("counterparty"))
    return list(oldest.order_by("date", "pk")[:SHOWN])


def received(key: uuid.UUID) -> list[StockMovement]:
    """What came with one receipt. One statement."""
    came = StockMovement.objects.filter(key=key, kind=StockMovement.Kind.RECEIPT)
    return list(came.select_related("stock__part", "stock__warehouse").order_by("pk"))


def lines(pks: list[int]) -> list[PartLine]:
    """These lines, the oldest document first. One statement."""
    named = PartLine.objects.filter(pk__in=pks).select_related("reserve")
    return list(named.order_by("document__date", "document", "pk"))


def with_goods(orders: QuerySet[Document]) -> QuerySet[Document]:
    """Orders with their goods and what is held for these. One statement more."""
    lines = PartLine.objects.select_related("part", "reserve").order_by("position", "pk")
    return orders.prefetch_related(Prefetch("goods", lines))
