"""Money is received for a document, or given back."""

import datetime
import uuid
from decimal import Decimal
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from armclients.kit.refusals import RefusedError
from armclients.templatetags import arm
from orders import states
from orders.models import Document, OpeningBalance, Payment


@transaction.atomic
def register(
    pk: int,
    *,
    key: uuid.UUID,
    amount: Decimal,
    method: str,
    direction: str = Payment.Direction.IN,
    receipt_number: str = "",
    rest_is_advance: bool = False,
    by: Any,
    on: datetime.date,
) -> Payment:
    """The payment stands with the document, whose debt follows it.

    `key` belongs to one filled-in form: sent twice, it is one payment. More than is due is taken
    only as an advance, and no more is given back than was paid.
    Raises RefusedError, and Document.DoesNotExist.
    """
    document = Document.objects.select_for_update(of=("self",)).get(pk=pk)
    if known := document.payments.filter(source="", source_id=str(key)).first():
        return known
    if direction == Payment.Direction.OUT:
        _may_be_refunded(document, amount)
    else:
        _may_be_received(document, amount, rest_is_advance=rest_is_advance)
    return Payment.objects.create(
        document=document,
        counterparty_id=document.payer_id or document.counterparty_id,
        source_id=str(key),
        date=on,
        amount=amount,
        method=method,
        direction=direction,
        receipt_number=receipt_number,
        author=by,
    )


@transaction.atomic
def allocate(pk: int, *, amount: Decimal, by: Any) -> None:
    """So much of the payer's advance is paid for the document, the oldest money first.

    A payment that is larger is split. Raises RefusedError, and Document.DoesNotExist.
    """
    document = Document.objects.select_for_update(of=("self",)).get(pk=pk)
    payer = document.payer_id or document.counterparty_id
    _may_be_received(document, amount)
    unallocated = Payment.objects.filter(
        counterparty=payer, document=None, state=Payment.State.POSTED
    )
    # Locked: of two documents that want the same money the second sees what the first has left.
    payments = list(unallocated.select_for_update().order_by("date", "pk"))
    received = [payment for payment in payments if payment.direction == Payment.Direction.IN]
    refunded = [payment for payment in payments if payment.direction == Payment.Direction.OUT]
    owed = OpeningBalance.objects.filter(counterparty=payer).values_list("amount", flat=True)
    advance = _sum(received) - _sum(refunded) - max(next(iter(owed), Decimal()), Decimal())
    if amount > advance:
        raise RefusedError(
            _("The advance is only %(advance)s ₽.")
            % {"advance": arm.money(max(advance, Decimal()))},
            field="amount",
        )
    with pghistory.context(user=by.pk):
        _move(received, amount, to=document)


@transaction.atomic
def carry_over(pk: int, *, amount: Decimal, by: Any) -> None:
    """So much of what was paid for the base document is paid for this one, made from it.

    Raises RefusedError, and Document.DoesNotExist.
    """
    both = Document.objects.filter(Q(pk=pk) | Q(followers=pk)).order_by("pk")
    locked = {each.pk: each for each in both.select_for_update(of=("self",))}
    document = locked.get(pk) or Document.objects.get(pk=pk)
    base = locked.get(document.base_id or 0)
    _may_be_received(document, amount)
    if base is None or base.state in states.RECEIVABLE:
        raise RefusedError(_("What was handed over keeps the money that was paid for it."))
    if amount > base.paid:
        raise RefusedError(
            _("Only %(paid)s ₽ were paid for it.") % {"paid": arm.money(base.paid)}, field="amount"
        )
    paid = base.payments.filter(state=Payment.State.POSTED, direction=Payment.Direction.IN)
    with pghistory.context(user=by.pk):
        _move(list(paid.select_for_update().order_by("date", "pk")), amount, to=document)


def _move(payments: list[Payment], amount: Decimal, *, to: Document) -> None:
    """So much of these payments is the document's; the one that is too large becomes two."""
    for payment in payments:
        part = min(payment.amount, amount)
        amount -= part
        if part == payment.amount:
            payment.document = to
            payment.save(update_fields=["document"])
        else:
            payment.amount -= part
            payment.save(update_fields=["amount"])
            Payment.objects.create(
                document=to,
                counterparty_id=payment.counterparty_id,
                date=payment.date,
                amount=part,
                method=payment.method,
                receipt_number=payment.receipt_number,
                author_id=payment.author_id,
            )
        if not amount:
            return


def _sum(payments: list[Payment]) -> Decimal:
    return sum((payment.amount for payment in payments), Decimal())


def _may_be_received(document: Document, amount: Decimal, *, rest_is_advance: bool = False) -> None:
    if document.state in states.VOID:
        raise RefusedError(_("Nothing is paid for what was refused or cancelled."), field="amount")
    if amount > document.due and not rest_is_advance:
        raise RefusedError(
            _("Only %(due)s ₽ are due: say so if the rest is an advance.")
            % {"due": arm.money(document.due)},
            field="amount",
        )


def _may_be_refunded(document: Document, amount: Decimal) -> None:
    if amount > document.paid:
        raise RefusedError(
            _("Only %(paid)s ₽ were paid: no more can be given back.")
            % {"paid": arm.money(document.paid)},
            field="amount",
        )
