"""What is done with a client's consents."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from armclients.kit.refusals import RefusedError
from customers.models import Consent, Counterparty


@transaction.atomic
def give(
    customer: Counterparty,
    *,
    given_at: datetime.datetime,
    by: Any,
    at: datetime.datetime,
    **facts: Any,
) -> Consent:
    """The client's consent is written down.

    Raises RefusedError when it is of the future, or written down already.
    """
    _refuse_the_future(given_at, at, field="given_at")
    consent, is_new = Consent.objects.get_or_create(
        counterparty=customer,
        purpose=facts.pop("purpose"),
        given_at=given_at,
        defaults={"author": by, **facts},
    )
    if not is_new:
        raise RefusedError(_("This consent is written down already."), field="given_at")
    return consent


@transaction.atomic
def withdraw(
    customer: Counterparty, *, purpose: str, withdrawn_at: datetime.datetime, at: datetime.datetime
) -> int:
    """All consents for this purpose have ended; how many. The history knows who wrote it down.

    Raises RefusedError when one of them was given later than that.
    """
    _refuse_the_future(withdrawn_at, at, field="withdrawn_at")
    live = customer.consents.live(purpose=purpose).select_for_update().order_by("pk")
    if any(consent.given_at > withdrawn_at for consent in live):
        raise RefusedError(_("It is withdrawn before it was given."), field="withdrawn_at")
    return customer.consents.filter(pk__in=[consent.pk for consent in live]).update(
        withdrawn_at=withdrawn_at
    )


def _refuse_the_future(moment: datetime.datetime, at: datetime.datetime, *, field: str) -> None:
    if moment > at:
        raise RefusedError(_("This moment is yet to come."), field=field)
