"""A PBX that tells everything at once, several times: each call is one, and so is its event."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
from django.db import connection

from customers.models import Call, Event
from tests import make
from tests.customers import pbx
from tests.workstation import search_rows

pytestmark = pytest.mark.django_db(transaction=True)
PARALLEL = 8


@pytest.fixture(autouse=True)
def secret(settings):
    settings.PBX_SECRET = pbx.SECRET


def all_at_once(words: list[dict]) -> list[int]:
    def tell(word: dict) -> int:
        try:
            return pbx.post(word).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(PARALLEL) as pbxs:
        return list(pbxs.map(tell, words))


def test_the_same_word_ten_times_is_one(anna):
    client = make.client()
    make.contact(client, pbx.NUMBER)
    word = pbx.told("c1", "missed")

    assert set(all_at_once([word] * 10)) == {204}

    assert Call.objects.get().event == Event.objects.get()
    assert Event.objects.get().counterparty == client


def test_a_storm_loses_nothing():
    """250 calls from 20 lines within some seconds, in no order and some words twice."""
    people = [make.user(phone_line=str(101 + n)) for n in range(20)]
    clients = [make.client() for _ in range(50)]
    for number, client in enumerate(clients):
        make.contact(client, f"+7 900 555-{number:04}")
    words = []
    for number in range(250):
        facts = {"line": str(101 + number % 20), "number": f"+7 900 555-{number % 60:04}"}
        end = ["answered", "ended"] if number % 3 else ["missed"]
        words += [
            pbx.told(f"c{number}", event, after=after, **facts)
            for after, event in enumerate(["ringing", *end])
        ] * (2 if number % 5 == 0 else 1)
    Random(1).shuffle(words)

    assert set(all_at_once(words)) == {204}

    assert Call.objects.count() == Event.objects.count() == 250
    assert Call.objects.filter(state="missed", event__kind="call_missed").count() == 84
    assert Call.objects.filter(state="ended", event__kind="call_in").count() == 166
    assert Event.objects.filter(counterparty=None).count() == 40
    assert not Call.objects.exclude(user__in=people).exists()
    assert all(
        call.ended_at - call.started_at >= datetime.timedelta(seconds=1)
        for call in Call.objects.all()
    )
    search_rows.assert_true()
