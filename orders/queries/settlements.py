"""What a client owes, in the words of the field."""

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from orders.models import Document

MONEY: DecimalField = DecimalField(max_digits=14, decimal_places=2)


def debt_on_open_work_orders() -> Coalesce:
    """Долг клиента по открытым заказ-нарядам: of orders whose payer the client is."""
    return _sum(
        Document.objects.filter(payer=OuterRef("pk"), kind=Document.Kind.WORK_ORDER).open(),
        F("due"),
    )


def receivable() -> Coalesce:
    """Общая задолженность: all that is unpaid, of work that is done or goods that were issued."""
    return _sum(Document.objects.filter(payer=OuterRef("pk"), due__gt=0).receivable(), F("due"))


def advance() -> Coalesce:
    """Аванс: what was paid above the totals. It hides nobody's debt."""
    overpaid = Document.objects.filter(payer=OuterRef("pk"), paid__gt=F("total"))
    return _sum(overpaid, F("paid") - F("total"))


def _sum(documents: QuerySet[Document], amount: Combinable) -> Coalesce:
    total = documents.order_by().values("payer").annotate(sum=Sum(amount)).values("sum")
    return Coalesce(Subquery(total, output_field=MONEY), Value(0, output_field=MONEY))
