"""E-mail: by Django's backend, which EMAIL_URL names."""

import smtplib
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.core import mail
from django.core.mail.backends.smtp import EmailBackend
from django.utils.translation import gettext as _

from customers.messaging import optout
from customers.messaging.providers import NotNowError, Provider, RefusedError
from customers.models import OutgoingMessage

SMTP = "django.core.mail.backends.smtp.EmailBackend"
HOPELESS = 500


class Watched:
    """Calls `hand_over` after the server has agreed to everything, right before the letter."""

    hand_over: Callable[[], None]

    def send(self, said: str | bytes) -> None:
        # Commands are text; bytes are the letter itself, which `data` alone sends.
        if isinstance(said, bytes):
            self.hand_over()
        super().send(said)  # type: ignore[misc]


class Plain(Watched, smtplib.SMTP):  # type: ignore[misc]
    pass


class Secure(Watched, smtplib.SMTP_SSL):  # type: ignore[misc]
    pass


class CarefulBackend(EmailBackend):
    """Django's SMTP, which says when there is no way back."""

    def __init__(self, hand_over: Callable[[], None]) -> None:
        super().__init__(fail_silently=False)
        self.hand_over = hand_over

    @property
    def connection_class(self) -> Any:
        return partial(self._watched, Secure if self.use_ssl else Plain)

    def _watched(self, kind: type[Watched], *args: Any, **options: Any) -> Watched:
        connection = kind(*args, **options)
        connection.hand_over = self.hand_over
        return connection


class Post(Provider):
    name = "email"

    def send(self, message: OutgoingMessage, hand_over: Callable[[], None]) -> str:
        letter = letter_of(message)
        try:
            if settings.EMAIL_BACKEND == SMTP:
                CarefulBackend(hand_over).send_messages([letter])
            else:
                hand_over()
                letter.send()
        except smtplib.SMTPRecipientsRefused as error:
            raise _refusal(next(iter(error.recipients.values()))[0]) from error
        except smtplib.SMTPAuthenticationError as error:
            raise NotNowError(_("The mail server does not let us in.")) from error
        except smtplib.SMTPResponseException as error:
            raise _refusal(error.smtp_code) from error
        return str(letter.extra_headers["Message-ID"])


def _refusal(code: int) -> RefusedError | NotNowError:
    words = _("The mail server refuses it (code %(code)s).") % {"code": code}
    return RefusedError(words) if code >= HOPELESS else NotNowError(words)


def letter_of(message: OutgoingMessage) -> mail.EmailMessage:
    """The letter, whose Message-ID is the same however often it is sent."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    headers = {"Message-ID": f"<{message.uid.hex}@{domain}>"}
    if message.is_advertising:
        url = optout.LINKS.url_for(message.counterparty_id)
        headers["List-Unsubscribe"] = f"<{url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return mail.EmailMessage(
        message.subject, message.text, None, [message.recipient], headers=headers
    )
