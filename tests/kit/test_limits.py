"""A statement that takes too long is cut, and leaves nothing behind."""

import pghistory
import pytest
from django.db import connection

from armclients.kit.limits import TooLongError, rows_in_time


def limit_now() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_cuts_what_takes_too_long():
    with pytest.raises(TooLongError):
        rows_in_time("SELECT pg_sleep(%(seconds)s)", {"seconds": 20}, limit=50)

    assert rows_in_time("SELECT 1, %(two)s", {"two": 2}) == [(1, 2)]


@pytest.mark.django_db(transaction=True)
def test_is_the_limit_of_one_statement_alone():
    before = limit_now()
    assert rows_in_time("SHOW statement_timeout", {}) == [("300ms",)]
    assert limit_now() == before


@pytest.mark.django_db
def test_does_not_stay_in_a_longer_transaction():
    before = limit_now()
    rows_in_time("SELECT 1", {})
    assert limit_now() == before


@pytest.mark.django_db
def test_answers_in_requests_that_write_too():
    before = limit_now()

    with pghistory.context(user=1):
        assert rows_in_time("SELECT 1, %(two)s", {"two": 2}) == [(1, 2)]

    assert limit_now() == before


@pytest.mark.django_db(transaction=True)
def test_cuts_in_requests_that_write_too():
    with pghistory.context(user=1), pytest.raises(TooLongError):
        rows_in_time("SELECT pg_sleep(%(seconds)s)", {"seconds": 20}, limit=50)
