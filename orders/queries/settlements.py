"""What a client owes, in the words of the field."""

from typing import Any

from django.db.models import Case, DecimalField, F, OuterRef, QuerySet, Subquery, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest

from orders.models import Document, OpeningBalance, Payment

MONEY: DecimalField = DecimalField(max_digits=14, decimal_places=2)
NOTHING = Value(0, output_field=MONEY)


def debt_on_open_work_orders() -> Coalesce:
    """Долг клиента по открытым заказ-нарядам: of orders whose payer the client is."""
    return _sum(
        Document.objects.filter(payer=OuterRef("pk"), kind=Document.Kind.WORK_ORDER).open(),
        F("due"),
    )


def receivable() -> Combinable:
    """Общая задолженность: unpaid of work that is done or goods that were issued, and old debts."""
    documents = Document.objects.filter(payer=OuterRef("pk"), due__gt=0).receivable()
    return _sum(documents, F("due")) + Greatest(_owed_without_document(), NOTHING)


def advance() -> Combinable:
    """Аванс: what was paid above the totals, or for no document. It hides nobody's debt."""
    overpaid = Document.objects.filter(payer=OuterRef("pk"), paid__gt=F("total"))
    unallocated = Greatest(NOTHING - _owed_without_document(), NOTHING)
    return _sum(overpaid, F("paid") - F("total")) + unallocated


def _owed_without_document() -> Combinable:
    """The opening balance less the payments that name no document: nothing else settles it."""
    balance = OpeningBalance.objects.filter(counterparty=OuterRef("pk"))
    received = Case(When(direction=Payment.Direction.IN, then=F("amount")), default=-F("amount"))
    unallocated = Payment.objects.filter(
        counterparty=OuterRef("pk"), document=None, state=Payment.State.POSTED
    )
    return _sum(balance, F("amount"), of="counterparty") - _sum(
        unallocated, received, of="counterparty"
    )


def _sum(rows: QuerySet[Any], amount: Combinable, *, of: str = "payer") -> Coalesce:
    total = rows.order_by().values(of).annotate(sum=Sum(amount)).values("sum")
    return Coalesce(Subquery(total, output_field=MONEY), NOTHING)
