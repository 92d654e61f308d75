"""How long a message may be. What is longer is refused where it is typed."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.messaging.segments import measure

MOST_SEGMENTS = 10
LONGEST_LETTER = 20_000


def check_length(text: str, *, is_sms: bool) -> None:
    """The text can be sent.

    Raises ValidationError that says how long it is and how long it may be.
    """
    if not is_sms:
        if len(text) > LONGEST_LETTER:
            raise ValidationError(
                _("The letter has %(length)s characters; %(most)s are possible.")
                % {"length": len(text), "most": LONGEST_LETTER}
            )
        return
    segments = measure(text).segments
    if segments > MOST_SEGMENTS:
        raise ValidationError(
            ngettext(
                "The text comes to %(segments)s SMS; at most %(most)s can be sent at once. "
                "Shorten it, or write a letter.",
                "The text comes to %(segments)s SMS; at most %(most)s can be sent at once. "
                "Shorten it, or write a letter.",
                segments,
            )
            % {"segments": segments, "most": MOST_SEGMENTS}
        )
