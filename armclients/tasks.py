"""What the background worker does by the clock."""

from datetime import timedelta

from axes.models import AccessAttempt, AccessLog
from django.core.management import call_command
from django.utils import timezone
from procrastinate.contrib.django import app

KEEP_ATTEMPTS = timedelta(days=1)
KEEP_LOGINS = timedelta(days=90)


@app.periodic(cron="23 * * * *")
@app.task
def sweep(timestamp: int) -> None:  # noqa: ARG001 — the scheduler passes the hour it is for
    """Ended sessions and old log-in attempts are gone.

    Hourly and not at night, because a shop's computer is switched off at night.
    """
    call_command("clearsessions")
    now = timezone.now()
    AccessAttempt.objects.filter(attempt_time__lt=now - KEEP_ATTEMPTS).delete()
    AccessLog.objects.filter(attempt_time__lt=now - KEEP_LOGINS).delete()
