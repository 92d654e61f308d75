"""When the last backup was taken, for the administrator."""

import datetime
from dataclasses import dataclass

from django import template
from django.conf import settings

from armclients.backups import nightly
from armclients.kit import clock

register = template.Library()


@dataclass(frozen=True)
class LastBackup:
    at: datetime.datetime | None
    is_old: bool
    is_our_care: bool


@register.simple_tag
def last_backup() -> LastBackup:
    last = nightly.last()
    return LastBackup(
        at=last,
        is_old=nightly.is_old(clock.now(), last),
        is_our_care=not settings.DATABASE_URL,
    )
