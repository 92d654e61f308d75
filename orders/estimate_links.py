"""The link by which a client answers an estimate: only this shop can have made it.

It names the estimate and nothing else. Whether it still opens anything is asked of the estimate, so
that a longer validity needs no new link, and a withdrawn estimate closes the one that is out.
"""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

SALT = "estimate"
LONGEST = 100


def token_of(estimate: int) -> str:
    return Signer(salt=SALT).sign(str(estimate))


def estimate_of(token: str) -> int | None:
    """The estimate whose link it is; nothing for a link that nobody made."""
    if len(token) > LONGEST:
        return None
    try:
        return int(Signer(salt=SALT).unsign(token))
    except (BadSignature, ValueError):
        return None


def url_for(estimate: int) -> str:
    """What is sent to the client."""
    return f"{settings.PUBLIC_URL}{reverse('answer_estimate', args=[token_of(estimate)])}"
