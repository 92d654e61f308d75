"""How the worker learns that a message waits: a job that only wakes it up."""

import datetime
from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

ATTEND = "customers.messaging.attend"


def ring(message: int, *, at: datetime.datetime | None = None) -> None:
    """The worker attends to the message, now or then; a job that waits already is enough."""
    job = app.configure_task(ATTEND, queueing_lock=f"message-{message}", schedule_at=at)
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(message=message)
