"""The background worker alone; `serve` runs one beside the web server."""

import signal
from typing import Any, cast

from django.core.management import BaseCommand
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector


class Command(BaseCommand):
    help = _("Runs the background worker: what is due by the clock, and what waits.")
    requires_system_checks: list[str] = []

    def handle(self, **_options: Any) -> None:
        connector = cast(DjangoConnector, app.connector).get_worker_connector()
        # Until the worker listens to it, SIGTERM ends it outright: nothing has begun, and an
        # exception in the middle of opening its connections would hang it.
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        with app.replace_connector(connector):
            app.run_worker()
