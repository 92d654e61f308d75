"""The background worker alone; `serve` runs one beside the web server."""

import logging
import signal
import time
from typing import Any, cast

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout

from armclients.kit import clock
from customers.messaging import outbox

logger = logging.getLogger(__name__)
ASK_EVERY = 1  # seconds


class Command(BaseCommand):
    help = _("Runs the background worker: what is due by the clock, and what waits.")
    requires_system_checks: list[str] = []

    def handle(self, **_options: Any) -> None:
        wait_for_the_database()
        try:
            # What a worker that was killed has left is gone on with at once.
            outbox.sweep(at=clock.now())
            work()
        except (ConnectorException, DatabaseError, PoolTimeout) as error:
            raise CommandError(_("The database went away.")) from error


def wait_for_the_database() -> None:
    """It answers: a worker that is started again while it is away does not end again and again."""
    is_told = False
    while True:
        try:
            connection.ensure_connection()
        except DatabaseError:
            if not is_told:
                logger.warning(_("The database is away; the background worker waits for it."))
            is_told = True
            time.sleep(ASK_EVERY)
        else:
            return


def work() -> None:
    """What is due is done, until a signal ends it or the database goes away."""
    connector = cast(DjangoConnector, app.connector).get_worker_connector()
    # Until the worker listens to it, SIGTERM ends it outright: nothing has begun, and an
    # exception in the middle of opening its connections would hang it.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with app.replace_connector(connector):
        app.run_worker()
