"""The plain JSON of our own, for whichever PBX can be taught to send it."""

import hashlib
import hmac
from datetime import datetime

from customers.telephony.sent import Sent, is_fresh, is_same, text_of
from customers.telephony.story import Unreadable, What, Word


def is_signed(sent: Sent, secret: str, at: datetime) -> bool:
    """X-Signature is the HMAC of «X-Timestamp.body», and the timestamp is of these minutes."""
    timestamp = sent.headers.get("x-timestamp", "")
    expected = signature_of(sent.body, timestamp, secret)
    given = sent.headers.get("x-signature", "").removeprefix("sha256=")
    return is_same(given, expected) and is_fresh(timestamp, at)


def signature_of(body: bytes, timestamp: str, secret: str) -> str:
    signed = timestamp.encode() + b"." + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def words(sent: Sent) -> list[Word]:
    told = sent.json
    try:
        what, at = What(text_of(told, "event")), datetime.fromisoformat(text_of(told, "at"))
    except ValueError as error:
        raise Unreadable("event or at is not of their form") from error
    return [
        Word(
            call=text_of(told, "id"),
            what=what,
            at=at,
            direction=text_of(told, "direction"),
            number=text_of(told, "number"),
            line=text_of(told, "line"),
            line_to=text_of(told, "to"),
            recording=text_of(told, "recording"),
        )
    ]
