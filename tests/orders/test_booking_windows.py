"""«Ближайшее окно»: the soonest free time, within hours, on the branch's clock."""

import datetime

import pytest

from orders.models import DayOff, WorkingHours
from orders.queries import calendar
from tests import make

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def soonest(hours: float = 2, **asked) -> list[tuple[datetime.datetime, str]]:
    found = calendar.soonest(make.branch(), length=hours * HOUR, since=make.NOW, **asked)
    return [(window.at.astimezone(make.MOSCOW), window.on.name) for window in found]


def test_is_now_to_the_next_quarter_where_nothing_is_booked():
    make.bay()

    assert soonest() == [(make.at(11, 30), "Пост 1")]
    found = calendar.soonest(
        make.branch(), length=HOUR, since=make.NOW + datetime.timedelta(seconds=1)
    )
    assert found[0].at == make.at(11, 45)


def test_is_between_bookings_only_where_it_fits():
    bay = make.bay()
    for hour in (11, 13, 16):
        make.request(make.client(), slot=make.at(hour), bay=bay)

    assert soonest(1) == [(make.at(12), "Пост 1")]
    assert soonest(2) == [(make.at(14), "Пост 1")]
    assert soonest(3) == [(make.at(17), "Пост 1")]
    assert soonest(4) == [(make.at(9, days=1), "Пост 1")]


def test_is_on_whichever_bay_is_free_first():
    make.request(make.client(), slot=make.at(11), bay=make.bay())
    make.bay("Пост 2")

    assert soonest(limit=2) == [(make.at(11, 30), "Пост 2"), (make.at(12), "Пост 1")]


def test_does_not_mind_who_does_not_come():
    make.request(make.client(), slot=make.at(11), bay=make.bay(), state="cancelled")

    assert soonest() == [(make.at(11, 30), "Пост 1")]


def test_waits_for_the_master_too(gleb):
    make.bay()
    make.request(make.client(), slot=make.at(11), end_at=make.at(15), master=gleb)

    assert soonest(master=gleb.pk) == [(make.at(15), "Пост 1")]


def test_keeps_to_hours_breaks_and_days_off():
    branch = make.branch()
    make.bay()
    for weekday in (2, 4):
        for opens, closes in ((9, 12), (13, 18)):
            WorkingHours.objects.create(
                branch=branch,
                weekday=weekday,
                opens=datetime.time(opens),
                closes=datetime.time(closes),
            )

    assert soonest(1) == [(make.at(13), "Пост 1")]
    assert soonest(5) == [(make.at(13), "Пост 1")]
    DayOff.objects.create(branch=branch, since=make.TODAY, until=make.TODAY)
    assert soonest(1) == [(make.at(9, days=2), "Пост 1")]


def test_is_none_where_nothing_is_so_long():
    make.bay()

    assert soonest(12) == []


def test_is_found_in_few_statements(gleb, statements):
    for number in range(12):
        make.bay(f"Пост {number}")

    branch = make.branch()
    with statements(at_most=3):
        calendar.soonest(branch, length=HOUR, since=make.NOW, master=gleb.pk, limit=6)
