"""How a client says «no more advertising»: a word, or a link that only this shop can have made."""

import re

from django.utils.translation import gettext as _

from armclients.kit.links import Links

WORDS = re.compile(r"\W*(?:стоп|stop|отписаться|unsubscribe)\W*", re.IGNORECASE)
# Where this client, and nobody else, can withdraw the consent.
LINKS = Links("unsubscribe", salt="unsubscribe")


def is_meant(text: str) -> bool:
    """Whether a client's SMS is the word that ends advertising."""
    return bool(WORDS.fullmatch(text))


def tail_for(customer: int) -> str:
    """What stands under every advertisement."""
    return "\n" + _("Unsubscribe: %(url)s") % {"url": LINKS.url_for(customer)}
