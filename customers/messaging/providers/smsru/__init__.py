"""SMS.RU over HTTPS. It names messages itself, and knows none of our names."""

import hashlib
import hmac
import re
from collections.abc import Callable
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from customers.messaging.address import Address
from customers.messaging.providers import (
    NotNowError,
    Provider,
    RefusedError,
    Reply,
    Report,
    UnsignedError,
    http,
)
from customers.models import OutgoingMessage

FINE = 100
NOT_FOUND = -1
ARRIVED = {103, 110}
ON_THE_WAY = {100, 101, 102}
# Of a sending that failed: the message or its recipient is to blame.
HOPELESS = {202, 203, 204, 205, 207, 209, 212, 213, 233}
REPORT = re.compile(r"sms_status\n(?P<name>\S+)\n(?P<code>-?\d{1,4})(\n|$)", re.ASCII)


class Gateway(Provider):
    name = "smsru"
    tells = True
    answer = "100"

    def __init__(self, address: Address) -> None:
        self.address = address

    def send(self, message: OutgoingMessage, hand_over: Callable[[], None]) -> str:
        form = {"to": message.recipient, "msg": message.text}
        if self.address.sender:
            form["from"] = self.address.sender
        hand_over()
        said = self._ask("send", form)
        each = said.get("sms")
        one = next(iter(each.values()), said) if isinstance(each, dict) else said
        if one.get("status_code") == FINE and one.get("sms_id"):
            return str(one["sms_id"])
        code = one.get("status_code")
        words = _("The gateway refuses it: %(words)s (code %(code)s).") % {
            "words": one.get("status_text", ""),
            "code": code,
        }
        raise (RefusedError if code in HOPELESS else NotNowError)(words)

    def status(self, message: OutgoingMessage) -> Report | None:
        said = self._ask("status", {"sms_id": message.provider_id})
        one = (said.get("sms") or {}).get(message.provider_id) or {}
        code = one.get("status_code")
        if code is None:
            raise NotNowError(_("The gateway does not say what became of the message."))
        return None if code == NOT_FOUND else reported(int(code), message.provider_id)

    def parse(self, posted: QueryDict) -> list[Report | Reply]:
        entries = [
            str(posted[name]) for name in sorted(posted, key=_place) if name.startswith("data[")
        ]
        signed = (self.address.user + "".join(entries)).encode()
        wanted = hashlib.sha256(signed).hexdigest()
        if not hmac.compare_digest(wanted.encode(), posted.get("hash", "").encode()):
            raise UnsignedError
        found = filter(None, map(REPORT.match, entries))
        return [reported(int(each["code"]), each["name"]) for each in found]

    def _ask(self, what: str, form: dict[str, Any]) -> dict[str, Any]:
        url = f"{self.address.base}/sms/{what}"
        return http.posted(url, {"api_id": self.address.user, **form, "json": 1})


def _place(name: str) -> int:
    """The number of `data[7]`."""
    digits = name.removeprefix("data[").removesuffix("]")
    return int(digits) if digits.isdigit() else 0


def reported(code: int, name: str) -> Report:
    return http.reported(code, arrived=ARRIVED, on_the_way=ON_THE_WAY, provider_id=name)
