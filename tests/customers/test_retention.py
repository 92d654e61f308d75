"""What the shop no longer keeps is gone, and nothing else."""

import datetime

import pytest
from django.apps import apps

from armclients import retention
from customers.models import AccessLogEntry
from tests import make

HISTORY = apps.get_model("customers.CounterpartyHistory")


@pytest.fixture
def remembered(anna):
    """A card opened and renamed long ago, and again just now."""
    client = make.client("Иванов")
    for days, name in ((400, "Петров"), (0, "Сидоров")):
        then = make.NOW - datetime.timedelta(days=days)
        AccessLogEntry.objects.create(counterparty=client, user=anna, why="info", at=then)
        client.name = name
        client.save()
        latest = HISTORY.objects.latest("pgh_id")
        HISTORY.objects.filter(pk=latest.pk).update(pgh_created_at=then)
    return client


def test_forgets_what_is_older_than_the_shop_keeps(remembered, settings):
    settings.KEEP_HISTORY_DAYS = 365

    assert retention.forget(at=make.NOW) == 2
    assert AccessLogEntry.objects.count() == 1
    assert HISTORY.objects.get().name == "Петров"


def test_keeps_everything_where_no_period_is_set(remembered, settings):
    settings.KEEP_HISTORY_DAYS = 0

    assert retention.forget(at=make.NOW) == 0
    assert AccessLogEntry.objects.count() == HISTORY.objects.count() == 2
