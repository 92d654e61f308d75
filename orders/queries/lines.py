"""The lines of a document as its page shows them, and what they come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import cached_property

from orders.models import Document
from orders.models.line import Line
from orders.queries import documents

KOPECK = Decimal("0.01")
# No line comes to more.
DEAREST = Decimal("99999999.99")
# Of so many earlier documents one is chosen at a glance.
OFFERED = 8


@dataclass(frozen=True)
class Sums:
    """What some lines come to; the discount is what they would cost more without it."""

    amount: Decimal
    discount: Decimal
    vat: Decimal

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Sums":
        amount = sum((line.amount for line in lines), Decimal())
        full = sum((_full(line) for line in lines), Decimal())
        return cls(amount, full - amount, sum((line.vat_amount for line in lines), Decimal()))


@dataclass(frozen=True)
class Lines:
    """Works and goods, each list with its sum."""

    works: list[Any]
    goods: list[Any]

    @cached_property
    def of_works(self) -> Sums:
        return Sums.of(self.works)

    @cached_property
    def of_goods(self) -> Sums:
        return Sums.of(self.goods)

    @cached_property
    def all(self) -> Sums:
        return Sums.of([*self.works, *self.goods])

    def __len__(self) -> int:
        return len(self.works) + len(self.goods)


def lines_of(document: Document) -> Lines:
    """Two statements."""
    return Lines(**documents.lines_of(document))


def earlier_than(document: Document) -> QuerySet[Document]:
    """What was done to the same vehicle or, without one, for the same client: the latest first."""
    same: dict[str, Any] = (
        {"vehicle": document.vehicle_id}
        if document.vehicle_id
        else {
            "counterparty": document.counterparty_id,
            "vehicle": None,
        }
    )
    kinds = [Document.Kind.WORK_ORDER, Document.Kind.CUSTOMER_ORDER, Document.Kind.SALE]
    earlier = Document.objects.filter(**same, kind__in=kinds).exclude(pk=document.pk)
    return earlier.filter(total__gt=0).with_works_done().order_by("-date", "-pk")


def _full(line: Line) -> Decimal:
    return (line.quantity * line.price).quantize(KOPECK, ROUND_HALF_UP)
