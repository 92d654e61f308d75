"""The contact log and the to-do list of a client."""

import pytest

from customers import event_queries
from customers.models import Event
from tests import make
from tests.contract import page

pytestmark = pytest.mark.django_db


def test_new_is_what_is_not_processed():
    new = make.event(kind="call_missed", processed_at=None)
    make.event()

    assert list(Event.objects.new()) == [new]
    assert new.is_new


def test_the_feed_is_newest_first_and_shows_what_was_said(htmx, anna):
    client = make.client()
    old = make.event(client, occurred_at=make.at(9), subject="Колодки", author=anna)
    new = make.event(client, occurred_at=make.at(10), text="Спрашивал цену", processed_at=None)
    make.event(make.client())

    rows = page.parse(htmx.get(f"/customers/{client.pk}/events/")).all(data_event=True)

    assert [row["data-event"] for row in rows] == [str(new.pk), str(old.pk)]
    assert "Спрашивал цену" in rows[0].text
    assert "Колодки" in rows[1].text
    assert "Белова А. И." in rows[1].text


def test_last_contacts_leave_tasks_out():
    client = make.client()
    call = make.event(client, kind="call_in")
    make.event(client, kind="task", processed_at=None)

    assert list(event_queries.contacts_of(client)) == [call]


def test_a_call_of_somebody_unknown_is_kept():
    assert make.event(None, kind="call_missed", processed_at=None).counterparty is None


def test_the_header_counts_the_user_s_own_new_events(web, anna, boris):
    make.event(make.client(), manager=anna, processed_at=None)
    make.event(None, manager=anna, processed_at=None)
    make.event(make.client(), manager=boris, processed_at=None)
    make.event(make.client(), manager=anna)

    header = page.parse(web.get("/")).one("header", class_="bar")

    assert header.one(class_="count").text == "2"
    assert header.one("a", class_="link")["href"] == "/tasks/"
