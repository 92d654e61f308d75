"""A gateway that is spoken to over HTTP, patiently but not for ever."""

from collections.abc import Container
from typing import Any

import httpx
from django.utils.translation import gettext as _

from customers.messaging.providers import NotNowError, Report, UnclearError

PATIENCE = httpx.Timeout(15, connect=5)  # seconds
OK = 200


def posted(url: str, form: dict[str, Any]) -> dict[str, Any]:
    """The gateway's answer. Secrets travel in the body, which no log keeps.

    Raises NotNowError when nothing can have reached it, UnclearError when its answer is none.
    """
    try:
        answer = httpx.post(url, data=form, timeout=PATIENCE)
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise NotNowError(_("The gateway cannot be reached.")) from error
    except httpx.HTTPError as error:
        raise UnclearError(_("The gateway does not answer.")) from error
    try:
        said = answer.json() if answer.status_code == OK else None
    except ValueError:
        said = None
    if not isinstance(said, dict):
        raise UnclearError(
            _("The gateway answers what nobody understands (HTTP %(code)s).")
            % {"code": answer.status_code}
        )
    return said


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
