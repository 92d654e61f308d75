"""What the dialplan of an Asterisk posts by CURL(): a form, signed by SHA1() over its fields."""

import hashlib
from datetime import datetime

from customers.telephony.sent import Sent, is_fresh, is_same, moment
from customers.telephony.story import Unreadable, What, Word

SIGNED = ("id", "event", "at", "number", "line")


def is_signed(sent: Sent, secret: str, at: datetime) -> bool:
    """The secret stands at both ends of what is hashed: SHA1() of a dialplan knows no HMAC."""
    fields = [sent.form.get(name, "") for name in SIGNED]
    text = ":".join([secret, *fields, secret])
    expected = hashlib.sha1(text.encode()).hexdigest()  # noqa: S324 — all that a dialplan has
    is_right = is_same(sent.form.get("sign", "").lower(), expected)
    return is_right and is_fresh(sent.form.get("at", ""), at)


def words(sent: Sent) -> list[Word]:
    form = sent.form
    try:
        what = What(form.get("event", ""))
    except ValueError as error:
        raise Unreadable("event is none of those we know") from error
    return [
        Word(
            call=form.get("id", ""),
            what=what,
            at=moment(form.get("at", "")),
            direction=form.get("direction", ""),
            number=form.get("number", ""),
            line=form.get("line", ""),
            line_to=form.get("to", ""),
            recording=form.get("recording", ""),
        )
    ]
