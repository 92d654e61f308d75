"""How long is remembered who looked, who changed what, and what the PBX said of calls."""

import datetime

from django.apps import apps
from django.conf import settings

from customers.models import AccessLogEntry, Call, Event


def forget(*, at: datetime.datetime) -> int:
    """What is older than the shop keeps is gone; how many rows. 0 days keep all."""
    forgotten = 0
    if days := settings.KEEP_HISTORY_DAYS:
        forgotten += _forget_history(at - datetime.timedelta(days=days))
    if days := settings.KEEP_CALLS_DAYS:
        forgotten += _forget_calls(at - datetime.timedelta(days=days))
    return forgotten


def _forget_history(before: datetime.datetime) -> int:
    forgotten, _ = AccessLogEntry.objects.filter(at__lt=before).delete()
    for model in apps.get_models():
        if hasattr(model, "pgh_tracked_model"):
            rows, _ = model._default_manager.filter(pgh_created_at__lt=before).delete()
            forgotten += rows
    return forgotten


def _forget_calls(before: datetime.datetime) -> int:
    """Of a client's call the event stays; of a stranger's it is nothing but the number."""
    old = Call.objects.filter(started_at__lt=before)
    of_strangers = Event.objects.filter(call__in=old, counterparty=None)
    of_strangers.exclude(processed_at=None).delete()
    # Calls alone are counted, without the rows that say whose they were.
    return old.delete()[1].get(Call._meta.label, 0)
