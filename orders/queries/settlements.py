"""What a client owes, in the words of the field."""

from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    DateField,
    DecimalField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Greatest, JSONObject

from customers.models import Counterparty
from orders import states
from orders.models import Contract, Document, OpeningBalance, Payment

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


def contract_of(now: Combinable) -> Subquery:
    """The latest contract of a client that is valid, as JSON, for the card's one statement."""
    today = Cast(now, DateField())
    still = Q(valid_until=None) | Q(valid_until__gte=today)
    valid = Contract.objects.filter(still, counterparty=OuterRef("pk"), date__lte=today)
    facts = {"delay": "payment_delay_days", "limit": "credit_limit"}
    prices = {"goods": "price_type_goods__name", "works": "price_type_works__name"}
    named = JSONObject(number="number", date="date", until="valid_until", **facts, **prices)
    return Subquery(valid.order_by("-date", "-pk").values(facts=named)[:1])


def advance_of(counterparty: int | None) -> Decimal:
    """What a client has paid for no document, and may be taken for one. One statement."""
    if counterparty is None:
        return Decimal()
    client = Counterparty.objects.filter(pk=counterparty)
    unallocated = Greatest(NOTHING - _owed_without_document(), NOTHING)
    return client.values_list(unallocated, flat=True).first() or Decimal()


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


def payments_of(document: Document) -> list[Payment]:
    """What was paid for a document and given back, the latest first. One statement."""
    return list(document.payments.select_related("author").order_by("-date", "-pk"))


def may_carry_over(document: Document) -> bool:
    """Whether money paid ahead for the base document may be paid for this one. One statement."""
    bases = Document.objects.filter(followers=document, paid__gt=0)
    is_waiting = document.due > 0 and document.state not in states.VOID
    return is_waiting and bases.exclude(state__in=states.RECEIVABLE).exists()
