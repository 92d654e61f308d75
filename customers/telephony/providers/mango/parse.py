"""Mango Office: forms whose field `json` is signed with the key and the salt of its API."""

import hashlib
from datetime import datetime
from typing import Any

from customers.telephony.sent import Sent, as_object, is_same, moment, text_of
from customers.telephony.story import Unreadable, What, Word

STATES = {"Appeared": What.RINGING, "Connected": What.ANSWERED}
DIRECTIONS = {"1": "in", "2": "out"}
SUCCESS = "1"


def is_signed(sent: Sent, secret: str, at: datetime) -> bool:  # noqa: ARG001 — it signs no time
    key, is_pair, salt = secret.partition(":")
    if not (key and is_pair and salt):
        return False
    form = sent.form
    expected = sign(key, form.get("json", ""), salt)
    return is_same(form.get("vpbx_api_key", ""), key) and is_same(form.get("sign", ""), expected)


def sign(key: str, text: str, salt: str) -> str:
    return hashlib.sha256(f"{key}{text}{salt}".encode()).hexdigest()


def words(sent: Sent) -> list[Word]:
    """Of a leg of the call, or of all of it; other events say nothing that is kept."""
    told = as_object(sent.form.get("json", ""))
    if sent.path.rstrip("/") == "events/call":
        return _leg(told)
    if sent.path.rstrip("/") == "events/summary":
        return _summary(told)
    return []


def _leg(told: dict[str, Any]) -> list[Word]:
    """A leg rings or is answered. Where it ends the call may go on; the summary says when not."""
    what = STATES.get(text_of(told, "call_state"))
    caller, called = _side(told, "from"), _side(told, "to")
    ours, theirs = text_of(caller, "extension"), text_of(called, "extension")
    if what is None or (ours and theirs) or text_of(told, "location") not in {"", "abonent"}:
        return []
    outgoing = bool(ours)
    return [
        Word(
            call=text_of(told, "entry_id"),
            what=what,
            at=moment(text_of(told, "timestamp")),
            direction="out" if outgoing else "in",
            number=text_of(called if outgoing else caller, "number"),
            line=ours or theirs,
        )
    ]


def _summary(told: dict[str, Any]) -> list[Word]:
    direction = DIRECTIONS.get(text_of(told, "call_direction"))
    if direction is None:
        return []
    caller, called = _side(told, "from"), _side(told, "to")
    ours, theirs = (called, caller) if direction == "in" else (caller, called)
    facts = {
        "call": text_of(told, "entry_id"),
        "direction": direction,
        "number": text_of(theirs, "number"),
        "line": text_of(ours, "extension"),
    }
    is_success = text_of(told, "entry_result") == SUCCESS
    happened = {What.RINGING: "create_time"}
    happened |= (
        {What.ANSWERED: "talk_time", What.ENDED: "end_time"}
        if is_success
        else {What.MISSED: "end_time"}
    )
    return [
        Word(what=what, at=moment(text_of(told, time)), **facts) for what, time in happened.items()
    ]


def _side(told: dict[str, Any], name: str) -> dict[str, Any]:
    side = told.get(name) or {}
    if not isinstance(side, dict):
        raise Unreadable(f"{name} is no object")
    return side
