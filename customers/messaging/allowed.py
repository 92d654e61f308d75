"""Who may be written to, and what for. The only place that decides it."""

from django.utils.translation import gettext as _

from customers.models import Counterparty
from customers.models.message import Purpose
from customers.models.privacy import Consent


def why_not(customer: Counterparty, *, purpose: str) -> str:
    """The reason why the client may not be written to for this purpose; nothing when they may.

    A word about the client's own order needs no consent; advertising needs a live one
    [law: 38-ФЗ, art. 18; 152-ФЗ].
    """
    if purpose != Purpose.ADVERTISING:
        return ""
    if customer.consents.live(purpose=Consent.Purpose.ADVERTISING).exists():
        return ""
    return _("The client has not agreed to advertising, or has withdrawn the consent.")
