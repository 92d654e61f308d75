"""The only place that reads the clock."""

import datetime

from django.utils import timezone


def now() -> datetime.datetime:
    """This moment, in UTC."""
    return timezone.now()


def today(zone: datetime.tzinfo | None = None) -> datetime.date:
    """«Сегодня» where the clock on the wall shows `zone`, or else where the user works."""
    return timezone.localdate(timezone=zone)
