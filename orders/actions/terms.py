"""On which contract a document stands, and what that lets the client owe."""

import datetime
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import F, Max, Q, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from armclients.kit.refusals import RefusedError
from armclients.templatetags import arm
from orders import states
from orders.models import Contract, Document, Representative


@transaction.atomic
def agree(
    pk: int,
    *,
    contract: Contract | None,
    representative: Representative | None,
    by: Any,
) -> Document:
    """The document stands on this contract, and this representative acts for the client.

    Raises RefusedError, and Document.DoesNotExist.
    """
    document = Document.objects.select_for_update(of=("self",)).get(pk=pk)
    clients = {document.counterparty_id, document.payer_id}
    if document.is_settled:
        raise RefusedError(_("The document is settled: its terms stand as they are."))
    if contract and contract.counterparty_id not in clients:
        raise RefusedError(_("The contract is another client's."), field="contract")
    if representative and representative.counterparty_id not in clients:
        raise RefusedError(_("They represent another client."), field="representative")
    document.contract, document.representative = contract, representative
    with pghistory.context(user=by.pk):
        document.save(update_fields=["contract", "representative"])
    return document


def what_forbids_owing(document: Document, *, on: datetime.date) -> str:
    """Why the client may not take it unpaid today; nothing when their contract lets them.

    The contract stays locked, so that of two documents closed at once the second is counted with
    the first.
    """
    contract = document.contract
    if contract is None:
        return _("there is no contract with a payment delay")
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    if not contract.is_valid_on(on):
        return _("the contract is not valid today")
    if not contract.payment_delay_days:
        return _("the contract has no payment delay")
    owed = _owed_under(contract).exclude(pk=document.pk)
    late_since = on - datetime.timedelta(days=contract.payment_delay_days)
    performed = owed.annotate(performed_at=_last_performed())
    for overdue in performed.filter(performed_at__date__lt=late_since).order_by("pk")[:1]:
        return _("%(document)s is overdue since %(date)s") % {
            "document": overdue.title,
            "date": date_format(
                overdue.performed_at + datetime.timedelta(days=contract.payment_delay_days),
                "d.m.Y",
            ),
        }
    total = (owed.aggregate(sum=Sum("due"))["sum"] or 0) + document.due
    if contract.credit_limit is not None and total > contract.credit_limit:
        return _("the debt would be %(debt)s ₽, the limit is %(limit)s ₽") % {
            "debt": arm.money(total),
            "limit": arm.money(contract.credit_limit),
        }
    return ""


def _owed_under(contract: Contract) -> Any:
    """What was handed over under a contract and is not paid; work that waits here is no credit."""
    kind, posted = states.OVER_THE_COUNTER
    handed_over = Q(state__in=states.HANDED_OVER) | Q(kind=kind, state=posted, base=None)
    return Document.objects.filter(handed_over, contract=contract, due__gt=0)


def _last_performed() -> Max:
    """When a document came into a state in which it is handed over."""
    came = Q(state_changes__to_state__in=(*states.HANDED_OVER, states.OVER_THE_COUNTER[1]))
    return Max(F("state_changes__at"), filter=came)
