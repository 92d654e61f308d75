"""Who carries messages: each provider in a folder of its own, all with the same four words."""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import QueryDict

    from customers.messaging.address import Address
    from customers.models import OutgoingMessage


class RefusedError(Exception):
    """The provider will never take this message: the sentence says why."""


class NotNowError(Exception):
    """The message was certainly not taken; later it may be."""


class UnclearError(Exception):
    """Nobody can tell whether the message was taken."""


class UnsignedError(Exception):
    """What came is not from the provider."""


@dataclass(frozen=True)
class Report:
    """What became of a message, named by our `uid` or by the provider's own name for it."""

    state: str  # "sent", "delivered" or "failed"
    error: str = ""
    uid: str = ""
    provider_id: str = ""


@dataclass(frozen=True)
class Reply:
    """An SMS that a client has written."""

    phone: str
    text: str


class Provider(ABC):
    """What the outbox asks of whoever carries messages."""

    name: str
    # Whether it can be asked about a message by our name for it, even when we never heard its own.
    asks = False
    # Whether it can be asked what became of a message that it has taken.
    tells = False
    # Whether its reports wait to be fetched.
    collects = False
    # What it wants to hear when it brings a report.
    answer = ""

    @abstractmethod
    def send(self, message: OutgoingMessage, hand_over: Callable[[], None]) -> str:
        """The message is taken; the provider's name for it.

        `hand_over()` is called immediately before what cannot be taken back. Raises RefusedError,
        NotNowError or UnclearError; any other exception is the second before that call and the
        third after it.
        """

    def status(self, message: OutgoingMessage) -> Report | None:
        """What became of the message; nothing when the provider was never given it."""
        raise NotImplementedError

    def parse(self, posted: QueryDict) -> list[Report | Reply]:
        """What a webhook brings. Raises UnsignedError."""
        raise NotImplementedError

    def collect(self) -> list[Report | Reply]:
        """The reports that wait at the provider."""
        return []


@cache
def made_for(address: Address) -> Provider:
    module = importlib.import_module(f"customers.messaging.providers.{address.provider}")
    provider: Provider = module.Gateway(address)
    return provider


def sms() -> Provider:
    """The gateway that SMS_URL names."""
    return made_for(settings.SMS_ADDRESS)
