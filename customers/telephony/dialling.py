"""Click to call: the PBX is asked to ring our line, and then the number."""

import logging
import re
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any

import httpx
from django.conf import settings
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

PATIENCE = 5  # seconds a PBX is given to say that it rings
NUMBER = re.compile(r"\+?\d{2,20}")


class CannotDial(Exception):  # noqa: N818 — reads like a sentence where it is caught
    """The PBX rings nobody; says why, and what to do."""


@dataclass(frozen=True)
class Wish:
    """Who wants to be connected to which number, and what it is signed with."""

    line: str
    number: str
    at: datetime
    secret: str


def is_possible(line: str) -> bool:
    """Whether there is a PBX to be asked, and a telephone of the user for it to ring."""
    return bool(settings.PBX_URL and line)


def connect(line: str, number: str, *, at: datetime) -> None:
    """The telephone on `line` rings; whoever lifts it is connected to `number`.

    Raises CannotDial.
    """
    if not is_possible(line):
        raise CannotDial(_("You have no telephone at the PBX: dial the number yourself."))
    if not NUMBER.fullmatch(number):
        raise CannotDial(_("This is no number that can be dialled."))
    provider, address = settings.PBX_URL.split("+", 1)
    dial: Any = import_module(f"customers.telephony.providers.{provider}.dial")
    wish = Wish(line, number, at, settings.PBX_SECRET)
    try:
        with httpx.Client(timeout=PATIENCE, trust_env=False) as pbx:
            answer = pbx.send(dial.request(httpx.URL(address), wish))
        is_taken = answer.is_success and dial.is_taken(answer)
    except (httpx.HTTPError, ValueError) as error:
        logger.warning("PBX «%s»: no answer to a wish to dial, %s", provider, type(error).__name__)
        raise CannotDial(_("The PBX does not answer: dial the number yourself.")) from error
    if not is_taken:
        logger.warning("PBX «%s»: a wish to dial was refused, %s", provider, answer.status_code)
        raise CannotDial(_("The PBX refused: dial the number yourself."))
