"""Who may be written to or called, and what for. The only place that decides it."""

from django.utils.translation import gettext as _

from customers.models import Counterparty
from customers.models.message import Purpose
from customers.models.privacy import Consent


def advertising(customer: int) -> bool:
    """Whether the client agreed to advertising, and still does [law: 38-ФЗ, art. 18; 152-ФЗ]."""
    live = Consent.objects.live(purpose=Consent.Purpose.ADVERTISING)
    return live.filter(counterparty=customer).exists()


def why_not(customer: Counterparty, *, purpose: str) -> str:
    """The reason why the client may not be written to for this purpose; nothing when they may.

    A word about the client's own order needs no consent; advertising needs a live one.
    """
    if purpose != Purpose.ADVERTISING or advertising(customer.pk):
        return ""
    return _("The client has not agreed to advertising, or has withdrawn the consent.")
