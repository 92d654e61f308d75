"""History, works and goods of a vehicle, each with a filter of its own."""

import pytest

from tests import make
from tests.contract import page


@pytest.fixture
def car(db):
    """Pads were changed a year ago, oil yesterday; a third order was refused."""
    client = make.client()
    car = make.vehicle(client)
    old = make.work_order(
        client, vehicle=car, date=make.day(-365), state="closed", number="ЦОА0000007"
    )
    make.work(old, "Замена колодок", norm_hours=1)
    make.work(old, "Проточка дисков", position=2)
    make.work(old, "Мойка", position=3)
    make.goods(old, make.part("GDB1044", manufacturer="TRW", name="Колодки передние"))
    new = make.work_order(client, vehicle=car, date=make.day(-1), number="ЦОА0000008")
    make.work(new, "Замена масла", price=1500)
    refused = make.work_order(client, vehicle=car, state="refused", number="ЦОА0000009")
    make.work(refused, "Замена колодок задних")
    make.goods(refused)
    order = make.customer_order(client, vehicle=car, date=make.day(-30), number="ЦОА0000010")
    make.goods(order, make.part("W712", manufacturer="MANN", name="Фильтр масляный"))
    make.work(make.work_order(client, vehicle=make.vehicle(client)), "Чужая работа")
    return car


def rows(htmx, car, list_of: str, **query: str) -> list[str]:
    root = page.parse(htmx.get(f"/vehicles/{car.pk}/{list_of}/", query))
    bodies = root.all("tbody")
    return [row.text for row in bodies[0].all("tr")] if bodies else []


class TestHistory:
    def test_is_newest_first_with_what_was_done(self, htmx, car):
        listed = rows(htmx, car, "history")

        numbers = ("ЦОА0000009", "ЦОА0000008", "ЦОА0000010", "ЦОА0000007")
        assert len(listed) == 4
        assert all(number in row for number, row in zip(numbers, listed, strict=True))
        assert "Замена колодок, Проточка дисков" in listed[3]
        assert "Мойка" not in listed[3]

    @pytest.mark.parametrize(
        ("asked", "numbers"),
        [
            ("колодк", ["ЦОА0000009", "ЦОА0000007"]),
            ("КОЛОДКИ передние", ["ЦОА0000007"]),
            ("масл", ["ЦОА0000008", "ЦОА0000010"]),
            ("0000010", ["ЦОА0000010"]),
            ("нет такого", []),
            ("%", []),
        ],
    )
    def test_answers_when_the_pads_were_changed(self, htmx, car, asked, numbers):
        listed = rows(htmx, car, "history", q=asked)

        assert len(listed) == len(numbers)
        assert all(number in row for number, row in zip(numbers, listed, strict=True))


class TestWorks:
    def test_are_of_work_orders_that_were_not_refused(self, htmx, car):
        listed = rows(htmx, car, "works")

        assert len(listed) == 4
        assert "Замена масла" in listed[0]
        assert "1 500,00" in listed[0]
        assert not any("задних" in row or "Чужая" in row for row in listed)

    def test_are_filtered(self, htmx, car):
        assert len(rows(htmx, car, "works", q="колод")) == 1


class TestGoods:
    def test_are_of_orders_and_work_orders_that_were_not_refused(self, htmx, car):
        listed = rows(htmx, car, "goods")

        assert len(listed) == 2
        assert "Фильтр масляный W712 · MANN" in listed[0]
        assert "GDB1044" in listed[1]

    @pytest.mark.parametrize("asked", ["gdb", "trw", "колодки"])
    def test_are_filtered_by_article_maker_and_name(self, htmx, car, asked):
        listed = rows(htmx, car, "goods", q=asked)

        assert len(listed) == 1
        assert "GDB1044" in listed[0]


@pytest.mark.parametrize("list_of", ["history", "works", "goods"])
def test_a_page_of_a_filtered_list_keeps_the_filter(htmx, list_of):
    client = make.client()
    car = make.vehicle(client)
    order = make.work_order(client, vehicle=car)
    part = make.part(name="Свеча & провод")
    for n in range(55):
        if list_of == "history":
            make.work(make.work_order(client, vehicle=car), "Свеча & провод")
        elif list_of == "works":
            make.work(order, "Свеча & провод", position=n)
        else:
            make.goods(order, part, position=n)
    make.work(order, "Мойка")

    first = page.parse(htmx.get(f"/vehicles/{car.pk}/{list_of}/", {"q": "Свеча & п"}))
    second = page.parse(htmx.get(first.one("a", rel="next")["href"], target="more"))

    assert len(list(second.all("tr"))) == 5
    assert "Мойка" not in second.text
