"""Links by which whoever has one may pay for a document: only this shop can have made them."""

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from orders import states
from orders.models import Document

SALT = "pay"
VALID_FOR = 30 * 24 * 60 * 60  # seconds


def url_for(document: Document) -> str:
    """Where the document is paid; nothing when there is nothing to pay, or nowhere to."""
    own = document.organisation
    if not (document.due and own and own.can_be_paid_by_bank) or document.state in states.VOID:
        return ""
    token = TimestampSigner(salt=SALT).sign(str(document.pk))
    return f"{settings.PUBLIC_URL}{reverse('pay', args=[token])}"


def document_of(token: str) -> int | None:
    """The document whose link it is; nothing for a link that is too old, or that nobody made."""
    try:
        return int(TimestampSigner(salt=SALT).unsign(token, max_age=VALID_FOR))
    except (BadSignature, ValueError):
        return None
