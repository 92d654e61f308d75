"""SMSC over HTTPS. It keeps our name of a message, so that it can be asked about it."""

import hashlib
import hmac
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

NOT_FOUND = -3
ARRIVED = {1, 2}
ON_THE_WAY = {-1, 0}
# Of a sending that failed: the message itself is to blame.
HOPELESS = {1, 6, 7, 8}


class Gateway(Provider):
    name = "smsc"
    asks = tells = True
    answer = "OK"

    def __init__(self, address: Address) -> None:
        self.address = address

    def send(self, message: OutgoingMessage, hand_over: Callable[[], None]) -> str:
        form = {"phones": message.recipient, "mes": message.text, "id": message.uid.hex}
        if self.address.sender:
            form["sender"] = self.address.sender
        hand_over()
        said = self._ask("send", form)
        if "error" not in said:
            return str(said.get("id", message.uid.hex))
        words = _("The gateway refuses it: %(words)s (code %(code)s).") % {
            "words": said["error"],
            "code": said.get("error_code"),
        }
        raise (RefusedError if said.get("error_code") in HOPELESS else NotNowError)(words)

    def status(self, message: OutgoingMessage) -> Report | None:
        said = self._ask("status", {"phone": message.recipient, "id": message.uid.hex})
        if "status" not in said:
            raise NotNowError(_("The gateway does not say what became of the message."))
        code = int(said["status"])
        return None if code == NOT_FOUND else reported(code, message.uid.hex)

    def parse(self, posted: QueryDict) -> list[Report | Reply]:
        phone, text = posted.get("phone", ""), posted.get("mes")
        if text is not None:
            self._prove(posted, phone, text, posted.get("to", ""))
            return [Reply(phone, text)]
        uid, status = posted.get("id", ""), posted.get("status", "")
        self._prove(posted, uid, phone, status)
        try:
            return [reported(int(status), uid)]
        except ValueError:
            return []

    def _prove(self, posted: QueryDict, *signed: str) -> None:
        """Raises UnsignedError unless the shop's secret word went into the signature."""
        if not self.address.secret:
            raise UnsignedError
        text = ":".join((*signed, self.address.secret)).encode()
        for name, given in (("sha1", posted.get("sha1", "")), ("md5", posted.get("md5", ""))):
            if given:
                wanted = hashlib.new(name, text, usedforsecurity=False).hexdigest()
                if hmac.compare_digest(wanted.encode(), given.lower().encode()):
                    return
        raise UnsignedError

    def _ask(self, what: str, form: dict[str, Any]) -> dict[str, Any]:
        login = {"login": self.address.user, "psw": self.address.password}
        url = f"{self.address.base}/sys/{what}.php"
        return http.posted(url, {**login, **form, "charset": "utf-8", "fmt": 3})


def reported(code: int, uid: str) -> Report:
    return http.reported(code, arrived=ARRIVED, on_the_way=ON_THE_WAY, uid=uid)
