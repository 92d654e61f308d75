"""What is done with a client's consents."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from customers.models import Consent, Counterparty


class ConsentRefusedError(Exception):
    """The consent cannot be kept so; says why."""


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

    Raises ConsentRefusedError when it is of the future, or written down already.
    """
    _refuse_the_future(given_at, at)
    consent, is_new = Consent.objects.get_or_create(
        counterparty=customer,
        purpose=facts.pop("purpose"),
        given_at=given_at,
        defaults={"author": by, **facts},
    )
    if not is_new:
        raise ConsentRefusedError(_("This consent is written down already."))
    return consent


@transaction.atomic
def withdraw(
    customer: Counterparty, *, purpose: str, withdrawn_at: datetime.datetime, at: datetime.datetime
) -> int:
    """All consents for this purpose have ended; how many. The history knows who wrote it down.

    Raises ConsentRefusedError when one of them was given later than that.
    """
    _refuse_the_future(withdrawn_at, at)
    live = customer.consents.live(purpose=purpose).select_for_update().order_by("pk")
    if any(consent.given_at > withdrawn_at for consent in live):
        raise ConsentRefusedError(_("It is withdrawn before it was given."))
    return customer.consents.filter(pk__in=[consent.pk for consent in live]).update(
        withdrawn_at=withdrawn_at
    )


def _refuse_the_future(moment: datetime.datetime, at: datetime.datetime) -> None:
    if moment > at:
        raise ConsentRefusedError(_("This moment is yet to come."))
