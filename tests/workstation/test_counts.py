"""The numbers beside the boxes: what each would leave of the present search."""

import pytest
from django.db import connection

from armclients.workstation import counts as counting
from armclients.workstation.criteria import BOXES, Asking
from armclients.workstation.filters import ClientFilter
from tests import make
from tests.contract.page import parse

HTMX = {"HX-Request": "true"}


@pytest.fixture
def shop(anna) -> None:
    """Two Ivanovs in service, one of them Anna's, and a Petrov who waits for his car."""
    first, second = make.client("Иванов Иван"), make.client("Иванова Анна")
    make.work_order(first, state="in_progress", manager=anna)
    make.work_order(second, state="in_progress")
    make.work_order(make.client("Петров Пётр"), state="completed")


def counted(query: dict[str, str], user) -> dict[str, str]:
    search = ClientFilter(query, asking=Asking(user))
    assert search.form.is_valid()
    return {slug: count for slug, count in counting.counts(search).items() if count != "0"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"mine": "1", "in_service": "2", "awaiting_pickup": "1"}),
        ({"client": "иванов"}, {"mine": "1", "in_service": "2"}),
        ({"client": "иванов", "mine": "on"}, {"mine": "1", "in_service": "1"}),
        ({"client": "п"}, {"awaiting_pickup": "1"}),
        ({"client": "никто"}, {}),
        ({"client": "%%"}, {}),
        ({"kind": "supplier"}, {}),
    ],
    ids=str,
)
def test_counts_what_each_box_would_leave(shop, anna, query, found):
    assert counted(query, anna) == found


def test_says_what_a_search_with_the_box_would_find(shop, anna):
    for box in BOXES:
        search = ClientFilter({"client": "иванов", box.slug: "on"}, asking=Asking(anna))
        with_box = search.qs.count()
        assert counted({"client": "иванов"}, anna).get(box.slug, "0") == str(with_box)


def test_is_one_statement_besides_folding_and_the_day_of_the_branch(shop, htmx, statements):
    with statements(at_most=3):
        htmx.get("/counts/", {"client": "иванов"})


def test_fills_the_places_beside_the_boxes(shop, web):
    page = parse(web.get("/", {"client": "иванов"}))
    (asks,) = [element for element in page.walk() if "/counts/" in element["hx-get"]]

    answer = web.get(asks["hx-get"], headers=HTMX)

    numbers = {each["data-count"]: each["value"] for each in parse(answer).all("data")}
    assert set(numbers) == {box.slug for box in BOXES}
    assert all(page.has(id=f"count-{slug}") for slug in numbers)
    assert numbers["in_service"] == "2"


def test_counts_what_was_understood(shop, web):
    page = parse(web.get("/", {"client": "bdfyjd"}))
    (asks,) = [element for element in page.walk() if "/counts/" in element["hx-get"]]

    answer = web.get(asks["hx-get"], headers=HTMX)

    assert parse(answer).one("data", data_count="in_service")["value"] == "2"


def test_nonsense_counts_nothing(web):
    answer = web.get("/counts/", {"year": "x"}, headers=HTMX)

    assert answer.status_code == 200
    assert "data-count" not in answer.content.decode()


def test_without_htmx_it_is_the_search_itself(web):
    answer = web.get("/counts/", {"client": "иванов"})

    assert answer.headers["Location"].startswith("/?client=")


@pytest.mark.django_db(transaction=True)
def test_is_left_out_where_it_takes_too_long(shop, anna, monkeypatch):
    def slow(sql, params):
        return real(f"SELECT pg_sleep(2) FROM ({sql}) AS counted", params, limit=20)

    real = counting.rows_in_time
    monkeypatch.setattr(counting, "rows_in_time", slow)

    assert counted({}, anna) == {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
