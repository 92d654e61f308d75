"""Sends what waits. What it may rely on, and what it may not, is told in decision 13."""

import datetime
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.db import connection
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from armclients.kit import clock
from armclients.kit.again import once_more
from customers.actions import messages
from customers.messaging.bell import ATTEND, ring
from customers.messaging.letters import Post
from customers.messaging.providers import (
    NotNowError,
    Provider,
    RefusedError,
    Reply,
    Report,
    UnclearError,
    sms,
)
from customers.models import OutgoingMessage

logger = logging.getLogger(__name__)

# After each attempt that certainly failed; then it is given up.
PAUSES = tuple(
    datetime.timedelta(seconds=s) for s in (15, 60, 5 * 60, 20 * 60, 60 * 60, 3 * 60 * 60)
)
# A provider may still be writing down what it was given; before that it is not asked for it.
SETTLES = datetime.timedelta(seconds=10)
ASKED_FOR = datetime.timedelta(days=1)
# After it was sent, where the provider can be asked whether it has arrived.
GLANCES = tuple(
    datetime.timedelta(seconds=s)
    for s in (5, 60, 5 * 60, 30 * 60, 3 * 3600, 12 * 3600, 24 * 3600, 48 * 3600)
)
AT_ONCE = 500
MESSAGE_LOCK = 1601  # the class of its advisory locks; the object is the message


@app.task(name=ATTEND)
def attend(message: int) -> None:
    """The next step of this message is made, unless somebody is making it."""
    with alone_with(message) as is_mine:
        if is_mine:
            step(message)


@contextmanager
def alone_with(message: int) -> Iterator[bool]:
    """Nobody else works on the message meanwhile. The lock ends with its holder, however killed."""
    name = [MESSAGE_LOCK, message % 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", name)
        is_mine = cursor.fetchone()[0]
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", name)


def step(pk: int) -> None:
    message = OutgoingMessage.objects.filter(pk=pk).first()
    if message is None:  # erased together with its client
        return
    carrier = sms() if message.is_sms else Post()
    if message.state == OutgoingMessage.State.SENT:
        look(message, carrier)
    elif message.state == OutgoingMessage.State.SENDING and message.handed_at:
        settle(message, carrier)
    else:
        send(pk, carrier)


def send(pk: int, carrier: Provider) -> None:
    """An attempt is made; its outcome is written down."""
    message = messages.begin(pk, provider=carrier.name, at=clock.now())
    if message is None:
        return
    is_handed = False

    def hand_over() -> None:
        nonlocal is_handed
        messages.hand_over(pk, at=clock.now())
        is_handed = True

    try:
        name = carrier.send(message, hand_over)
    except RefusedError as error:
        messages.give_up(pk, str(error), at=clock.now())
    except NotNowError as error:
        later(message, str(error))
    except UnclearError as error:
        doubt(message, carrier, str(error))
    except Exception as error:
        logger.warning("A message could not be sent: %s", type(error).__name__)
        words = _("The line failed (%(kind)s).") % {"kind": type(error).__name__}
        if is_handed:
            doubt(message, carrier, words)
        else:
            later(message, words)
    else:
        now = clock.now()
        ask_at = now + GLANCES[0] if carrier.tells else None
        messages.taken(pk, provider_id=name, at=now, ask_at=ask_at)


def later(message: OutgoingMessage, words: str) -> None:
    """It was certainly not sent: after a pause again, up to the limit."""
    now = clock.now()
    if message.attempts > len(PAUSES):
        messages.give_up(message.pk, words, at=now)
        return
    until = now + PAUSES[message.attempts - 1]
    messages.postpone(message.pk, words, until=until, may_be_out=False)


def doubt(message: OutgoingMessage, carrier: Provider, words: str) -> None:
    """It may have been sent: the provider is asked, or, where it cannot be, a person has to."""
    now = clock.now()
    if carrier.asks:
        messages.postpone(message.pk, words, until=now + SETTLES, may_be_out=True)
        return
    unknown = _("It is not known whether it went out. %(why)s") % {"why": words}
    messages.give_up(message.pk, unknown.strip(), at=now)


def settle(message: OutgoingMessage, carrier: Provider) -> None:
    """A message that may have gone out is known to have, or goes out now."""
    now = clock.now()
    if not carrier.asks or message.provider != carrier.name:
        doubt_for_good = _("It is not known whether it went out. %(why)s")
        why = message.error or _("The worker was stopped in the middle.")
        messages.give_up(message.pk, doubt_for_good % {"why": why}, at=now)
        return
    if message.handed_at and now < message.handed_at + SETTLES:
        ring(message.pk, at=message.handed_at + SETTLES)
        return
    try:
        report = carrier.status(message)
    except Exception as error:
        words = _("The gateway cannot be asked (%(kind)s).") % {"kind": type(error).__name__}
        if now > message.created_at + ASKED_FOR:
            messages.give_up(message.pk, words, at=now)
        else:
            messages.postpone(message.pk, words, until=now + PAUSES[1], may_be_out=True)
        return
    if report is None:
        send(message.pk, carrier)
        return
    messages.taken(message.pk, provider_id=report.provider_id, at=now, ask_at=now + GLANCES[0])
    messages.reported([report], provider=carrier.name, at=now)


def look(message: OutgoingMessage, carrier: Provider) -> None:
    """What became of a message that was sent is asked, ever more seldom, for two days."""
    now = clock.now()
    sent_at = message.sent_at or now
    if message.provider != carrier.name:
        messages.ask_again(message.pk, at=None)
        return
    try:
        report = carrier.status(message)
    except Exception as error:
        logger.info("A gateway was asked in vain: %s", type(error).__name__)
        report = None
    if report and report.state != OutgoingMessage.State.SENT:
        messages.reported([report], provider=carrier.name, at=now)
        return
    following = (sent_at + pause for pause in GLANCES if sent_at + pause > now)
    messages.ask_again(message.pk, at=next(following, None))


def sweep(*, at: datetime.datetime) -> int:
    """Whatever is due and has no job that would wake anybody gets one; how many messages.

    A worker that was killed leaves such messages, and a database brought back from a backup.
    """
    due = OutgoingMessage.objects.filter(next_attempt_at__lte=at).order_by("next_attempt_at", "pk")
    keys = list(due.values_list("pk", flat=True)[:AT_ONCE])
    for key in keys:
        ring(key)
    return len(keys)


async def bury_stalled() -> None:
    """Jobs that died with their worker are gone; `sweep` wakes somebody for their messages."""
    for job in await app.job_manager.get_stalled_jobs(task_name=ATTEND):
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)


def collect(*, at: datetime.datetime) -> None:
    """Reports that wait at the gateway are fetched, while any message waits for one."""
    gateway = sms()
    since = at - datetime.timedelta(days=3)
    waits = OutgoingMessage.objects.filter(
        provider=gateway.name, state=OutgoingMessage.State.SENT, sent_at__gt=since
    )
    if gateway.collects and waits.exists():
        take_in(gateway.collect(), gateway, at=at)


def take_in(found: list[Report | Reply], gateway: Provider, *, at: datetime.datetime) -> None:
    """What a gateway has brought is written down."""
    reports = [each for each in found if isinstance(each, Report)]
    once_more(partial(messages.reported, reports, provider=gateway.name, at=at))
    for reply in found:
        if isinstance(reply, Reply):
            once_more(partial(messages.received, reply.phone, reply.text, at=at))
