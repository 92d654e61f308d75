"""What the background worker does by the clock."""

import logging
from datetime import timedelta

from axes.models import AccessAttempt, AccessLog
from django.core.management import call_command
from django.utils import timezone
from procrastinate.contrib.django import app

from armclients import retention
from armclients.backups import nightly
from armclients.call_list import building
from armclients.kit import clock
from armclients.kit.dictionaries import admin as dictionaries
from armclients.workstation import reminders
from customers.actions import counterparties
from customers.messaging import outbox
from orders.suppliers.price_list import loading as price_lists

log = logging.getLogger(__name__)
KEEP_ATTEMPTS = timedelta(days=1)
KEEP_LOGINS = timedelta(days=90)


@app.periodic(cron="23 * * * *")
@app.task
def sweep(timestamp: int) -> None:  # noqa: ARG001 — the scheduler passes the hour it is for
    """Ended sessions, old log-in attempts and tables nobody confirmed are gone.

    Hourly and not at night, because a shop's computer is switched off at night.
    """
    call_command("clearsessions")
    now = timezone.now()
    AccessAttempt.objects.filter(attempt_time__lt=now - KEEP_ATTEMPTS).delete()
    AccessLog.objects.filter(attempt_time__lt=now - KEEP_LOGINS).delete()
    dictionaries.sweep(now)


@app.periodic(cron="7 * * * *")
@app.task
def unflag(timestamp: int) -> None:  # noqa: ARG001
    """Attention flags whose last day has passed are taken away."""
    counterparties.unflag_expired(today=clock.today())


@app.periodic(cron="31 5,10 * * *")
@app.task
def find_whom_to_call(timestamp: int) -> None:  # noqa: ARG001
    """The call list is of today: before work, and once more for shops that switch off at night."""
    building.build(today=clock.today())


@app.periodic(cron="*/10 * * * *")
@app.task
def read_price_lists(timestamp: int) -> None:  # noqa: ARG001
    """Suppliers' lists that were put into the data folder are what they offer."""
    for supplier, came in price_lists.load_dropped(at=clock.now()).items():
        log.warning("The price list of %s: %s", supplier, came)


@app.periodic(cron="41 * * * *")
@app.task
def back_up(timestamp: int) -> None:  # noqa: ARG001
    """There is a fresh backup: at night, or within an hour of work after a day without one."""
    nightly.keep_up(clock.now())


@app.periodic(cron="17 11 * * *")
@app.task
def forget(timestamp: int) -> None:  # noqa: ARG001
    """Who looked and who changed what is forgotten after the time the shop keeps it."""
    retention.forget(at=clock.now())


@app.periodic(cron="* * * * *")
@app.task
async def bury_stalled_sending(timestamp: int) -> None:  # noqa: ARG001
    """Jobs of a killed worker do not lie about as if somebody did them."""
    await outbox.bury_stalled()


@app.periodic(cron="* * * * *")
@app.task
def wake_messages(timestamp: int) -> None:  # noqa: ARG001
    """No message that is due is forgotten."""
    outbox.sweep(at=clock.now())


@app.periodic(cron="* * * * *")
@app.task
def collect_reports(timestamp: int) -> None:  # noqa: ARG001
    """What became of messages is known, where the gateway keeps it for us."""
    outbox.collect(at=clock.now())


@app.periodic(cron="*/5 * * * *")
@app.task
def remind(timestamp: int) -> None:  # noqa: ARG001
    """Clients are told what the shop has switched on: of a booking tomorrow, of finished work."""
    reminders.remind(at=clock.now())
