"""The links by which clients answer an estimate, and pay.

Whether a link still opens anything is asked of the document, so that a longer validity of an
estimate needs no new link, and a withdrawn estimate closes the one that is out.
"""

from armclients.kit.links import Links
from orders import states
from orders.models import Document

ESTIMATES = Links("answer_estimate", salt="estimate")
PAYMENTS = Links("pay", salt="pay", valid_for=30 * 24 * 60 * 60)


def to_pay(document: Document) -> str:
    """Where the document is paid; nothing when there is nothing to pay, or nowhere to."""
    own = document.organisation
    if not (document.due and own and own.can_be_paid_by_bank) or document.state in states.VOID:
        return ""
    return PAYMENTS.url_for(document.pk)
