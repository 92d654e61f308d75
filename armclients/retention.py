"""How long is remembered who looked and who changed what."""

import datetime

from django.apps import apps
from django.conf import settings

from customers.models import AccessLogEntry


def forget(*, at: datetime.datetime) -> int:
    """Access log and history older than the shop keeps are gone; how many rows. 0 days keep all."""
    if not settings.KEEP_HISTORY_DAYS:
        return 0
    before = at - datetime.timedelta(days=settings.KEEP_HISTORY_DAYS)
    forgotten, _ = AccessLogEntry.objects.filter(at__lt=before).delete()
    for model in apps.get_models():
        if hasattr(model, "pgh_tracked_model"):
            rows, _ = model._default_manager.filter(pgh_created_at__lt=before).delete()
            forgotten += rows
    return forgotten
