"""What the shop no longer keeps is gone, and nothing else."""

import datetime

import pytest
from django.apps import apps

from armclients import retention
from customers.models import AccessLogEntry, Call, Event
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


class TestCalls:
    @pytest.fixture
    def old(self, db):
        """Ended calls of long ago: of a client, and of a stranger; and one of today."""
        client = make.client("Зубков")
        then = make.NOW - datetime.timedelta(days=400)
        ended = {"state": "ended", "recording_url": "https://pbx.example.com/1"}
        for at, of in ((then, client), (then, None), (make.NOW, None)):
            said = make.event(of, kind="call_in", occurred_at=at, subject="" if of else "+7 908")
            make.call(**ended, number="+7 908", started_at=at, ended_at=at, event=said)

    def test_of_long_ago_are_forgotten_and_what_was_said_is_not(self, old, settings):
        settings.KEEP_CALLS_DAYS = 365

        assert retention.forget(at=make.NOW) == 2
        assert Call.objects.get().started_at == make.NOW
        kept, latest = Event.objects.order_by("occurred_at")
        assert kept.counterparty.name == "Зубков"
        assert latest.occurred_at == make.NOW

    def test_that_wait_to_be_returned_keep_their_event(self, old, settings):
        Event.objects.filter(counterparty=None).update(processed_at=None)

        retention.forget(at=make.NOW)

        assert Event.objects.filter(counterparty=None).count() == 2

    def test_are_kept_where_no_period_is_set(self, old, settings):
        settings.KEEP_CALLS_DAYS = 0

        assert retention.forget(at=make.NOW) == 0
        assert Call.objects.count() == 3
