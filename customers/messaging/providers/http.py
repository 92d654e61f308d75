"""A gateway that is spoken to over HTTP, patiently but not for ever."""

import json
import time
from collections.abc import Container
from typing import Any

import httpx
from django.utils.translation import gettext as _

from customers.messaging.providers import NotNowError, Report, UnclearError

PATIENCE = httpx.Timeout(15, connect=5)  # seconds, of each piece of an answer
WHOLE = 30  # seconds, of all its pieces
LARGEST = 1_000_000  # bytes
OK = 200


def posted(url: str, form: dict[str, Any]) -> dict[str, Any]:
    """The gateway's answer. Secrets travel in the body, which no log keeps.

    Raises NotNowError when nothing can have reached it, UnclearError when its answer is none.
    """
    try:
        code, body = _answer(url, form)
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise NotNowError(_("The gateway cannot be reached.")) from error
    except httpx.HTTPError as error:
        raise UnclearError(_("The gateway does not answer.")) from error
    try:
        said = json.loads(body) if code == OK else None
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise UnclearError(
            _("The gateway answers what nobody understands (HTTP %(code)s).") % {"code": code}
        )
    return said


def _answer(url: str, form: dict[str, Any]) -> tuple[int, bytes]:
    """Code and body; a gateway that trickles, or does not stop, is as good as a silent one."""
    until, body = time.monotonic() + WHOLE, b""
    with httpx.stream("POST", url, data=form, timeout=PATIENCE) as answer:
        for piece in answer.iter_bytes():
            body += piece
            if len(body) > LARGEST or time.monotonic() > until:
                raise httpx.ReadTimeout("the answer has no end")
        return answer.status_code, body


def reported(
    code: int, *, arrived: Container[int], on_the_way: Container[int], **name: str
) -> Report:
    """What a number means that the gateway gives for a message of this name."""
    if code in arrived:
        return Report("delivered", **name)
    if code in on_the_way:
        return Report("sent", **name)
    error = _("The gateway could not deliver it (status %(code)s).") % {"code": code}
    return Report("failed", error, **name)
