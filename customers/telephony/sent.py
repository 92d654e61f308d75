"""What a PBX sent, as its provider's parser reads it."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs

from customers.telephony.story import Unreadable

# How far the clocks of PBX and product may differ; what is older may be somebody's recording.
FRESH_FOR = timedelta(minutes=5)


@dataclass(frozen=True)
class Sent:
    """A webhook: its body, its headers in lower case, and what follows the provider's address."""

    body: bytes
    headers: Mapping[str, str]
    path: str = ""

    @cached_property
    def form(self) -> dict[str, str]:
        """The fields of a form, the last of each name; none of anything else."""
        fields = parse_qs(self.body.decode(errors="replace"), keep_blank_values=True)
        return {name: values[-1] for name, values in fields.items()}

    @cached_property
    def json(self) -> dict[str, Any]:
        return as_object(self.body)


def as_object(text: bytes | str) -> dict[str, Any]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable("this is no JSON") from error
    if not isinstance(read, dict):
        raise Unreadable("this is no JSON object")
    return read


def text_of(fields: Mapping[str, Any], name: str) -> str:
    """A field as text; numbers count as text, and what is missing as empty."""
    value = fields.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise Unreadable(f"{name} is no text")
    return str(value).strip()


def moment(seconds: str) -> datetime:
    """Seconds since 1970, as PBXs count."""
    try:
        return datetime.fromtimestamp(float(seconds), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Unreadable("the time is no number of seconds") from error


def is_fresh(seconds: str, at: datetime) -> bool:
    try:
        return abs(moment(seconds) - at) <= FRESH_FOR
    except Unreadable:
        return False


def is_same(given: str, expected: str) -> bool:
    """Compared in a time that tells nothing about how much of it is right."""
    return hmac.compare_digest(given.encode(errors="replace"), expected.encode())
