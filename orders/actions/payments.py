"""Money is received for a document, or given back."""

import datetime
import uuid
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _

from armclients.kit.refusals import RefusedError
from orders import states
from orders.models import Document, Payment


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


def _may_be_received(document: Document, amount: Decimal, *, rest_is_advance: bool) -> None:
    if document.state in states.VOID:
        raise RefusedError(_("Nothing is paid for what was refused or cancelled."), field="amount")
    if amount > document.due and not rest_is_advance:
        raise RefusedError(
            _("Only %(due)s ₽ are due: say so if the rest is an advance.")
            % {"due": localize(document.due)},
            field="amount",
        )


def _may_be_refunded(document: Document, amount: Decimal) -> None:
    if amount > document.paid:
        raise RefusedError(
            _("Only %(paid)s ₽ were paid: no more can be given back.")
            % {"paid": localize(document.paid)},
            field="amount",
        )
