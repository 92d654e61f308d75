"""How a client says «no more advertising»: a word, or a link that only this shop can have made."""

import re

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import gettext as _

WORDS = re.compile(r"\W*(?:стоп|stop|отписаться|unsubscribe)\W*", re.IGNORECASE)
SALT = "unsubscribe"


def is_meant(text: str) -> bool:
    """Whether a client's SMS is the word that ends advertising."""
    return bool(WORDS.fullmatch(text))


def url_for(customer: int) -> str:
    """Where this client, and nobody else, can withdraw the consent."""
    token = Signer(salt=SALT).sign(str(customer))
    return f"{settings.PUBLIC_URL}{reverse('unsubscribe', args=[token])}"


def customer_of(token: str) -> int | None:
    """The client whose link it is; nothing for a link that nobody made."""
    try:
        return int(Signer(salt=SALT).unsign(token))
    except (BadSignature, ValueError):
        return None


def tail_for(customer: int) -> str:
    """What stands under every advertisement."""
    return "\n" + _("Unsubscribe: %(url)s") % {"url": url_for(customer)}
