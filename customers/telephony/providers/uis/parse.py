"""UIS (CoMagic): notifications whose body is the template of this folder's README."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from customers.telephony.sent import Sent, is_same, text_of
from customers.telephony.story import Unreadable, What, Word

ZONE = ZoneInfo("Europe/Moscow")  # of UIS's times, unless the cabinet was set otherwise


def is_signed(sent: Sent, secret: str, at: datetime) -> bool:  # noqa: ARG001 — it signs nothing
    """UIS cannot sign; it sends the secret itself, so only an https:// address may be given it."""
    return is_same(sent.headers.get("authorization", ""), f"Bearer {secret}")


def words(sent: Sent) -> list[Word]:
    told = sent.json
    if told.get("is_internal") in {True, "true"}:
        return []
    try:
        what = What(text_of(told, "event"))
    except ValueError as error:
        raise Unreadable("event is none of those we know") from error
    return [
        Word(
            call=text_of(told, "call_session_id"),
            what=what,
            at=_moment(told),
            direction=text_of(told, "direction"),
            number=text_of(told, "contact_phone_number"),
            line=text_of(told, "extension_phone_number"),
            recording=text_of(told, "file_link"),
        )
    ]


def _moment(told: dict[str, Any]) -> datetime:
    try:
        at = datetime.fromisoformat(text_of(told, "notification_time"))
    except ValueError as error:
        raise Unreadable("notification_time is no time") from error
    return at if at.tzinfo else at.replace(tzinfo=ZONE)
