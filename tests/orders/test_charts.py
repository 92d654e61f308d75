"""Mileage, visits and spending over time: drawn, and told in words and tables as well."""

import datetime
from decimal import Decimal

import pytest

from armclients.kit import clock
from orders import charts
from tests import make
from tests.contract import page
from vehicles.models import OdometerReading


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda zone=None: make.TODAY)


@pytest.fixture
def car(db):
    return make.vehicle(make.client())


def read(car, *readings: tuple[int, int]) -> None:
    OdometerReading.objects.bulk_create(
        OdometerReading(vehicle=car, taken_on=make.day(days), km=km) for days, km in readings
    )


class TestMileage:
    @pytest.fixture
    def shown(self, htmx, car):
        return lambda: page.parse(htmx.get(f"/vehicles/{car.pk}/mileage/"))

    def rows(self, root) -> list[list[str]]:
        return [[cell.text for cell in row.all("td")] for row in root.all("tbody")[0].all("tr")]

    def test_says_the_same_in_words_and_by_years(self, car, shown):
        read(car, (-400, 70_000), (-30, 84_200))
        make.work_order(vehicle=car, date=make.day(-400), state="closed")
        make.work_order(vehicle=car, date=make.day(-30), state="completed")
        make.work_order(vehicle=car, date=make.day(-30))

        root = shown()

        assert "84 200 км на 10.02.2041. Визитов: 2." in root.one("desc").text
        assert self.rows(root) == [["2041", "84 200", "1"], ["2040", "70 000", "1"]]

    def test_counts_only_work_that_has_begun(self, car, shown):
        for state in ("refused", "request", "reserved", "parked"):
            make.work_order(vehicle=car, date=make.day(-len(state)), state=state)

        assert "Визитов: 1." in shown().text

    def test_shows_a_year_without_visits(self, car, shown):
        read(car, (-700, 50_000))
        make.work_order(vehicle=car, date=make.day(-700), state="closed")

        years = [(year, visits) for year, _km, visits in self.rows(shown())]
        assert years == [("2041", "0"), ("2040", "0"), ("2039", "1")]

    def test_is_drawn_from_a_single_reading(self, car, shown):
        read(car, (0, 84_000))

        root = shown()

        (dot,) = root.all("circle")
        assert 0 < float(dot["cx"]) < charts.CHART[0]
        assert 0 < float(dot["cy"]) < charts.CHART[1]

    def test_points_out_a_reading_lower_than_the_one_before(self, car, shown):
        read(car, (-60, 90_000), (-30, 80_000), (0, 81_000))

        root = shown()

        assert len(root.all("circle", class_="lower")) == 1
        assert "80 000 км — меньше, чем раньше" in root.text

    def test_of_a_thousand_readings_is_small(self, htmx, car, statements):
        read(car, *((-n, 100_000 - 40 * n) for n in range(1000)))

        with statements(at_most=4):
            answer = htmx.get(f"/vehicles/{car.pk}/mileage/")

        assert len(answer.content) < 30_000

    def test_of_a_car_that_was_never_here_says_so(self, shown):
        root = shown()

        assert "ещё не был" in root.text
        assert not root.all("svg", role="img")

    def test_is_a_page_of_its_own_too(self, web, car):
        assert "<html" in web.get(f"/vehicles/{car.pk}/mileage/").content.decode()


class TestSpending:
    @pytest.fixture
    def client_(self, db):
        return make.client()

    def shown(self, htmx, client):
        return page.parse(htmx.get(f"/customers/{client.pk}/spending/"))

    def test_agrees_with_what_was_done_and_handed_over(self, htmx, client_):
        for days, state, price in (
            (-5, "completed", 1500),
            (-5, "refused", 700),
            (-5, "in_progress", 4000),
            (-500, "closed", 9),
            (-800, "closed", 5000),
        ):
            order = make.work_order(client_, date=make.day(days), state=state)
            make.work(order, price=price)

        root = self.shown(htmx, client_)

        assert "За последние 12 месяцев — 1 500,00 ₽" in root.one("desc").text
        assert "до них — 9,00 ₽" in root.one("desc").text
        assert [row.text for row in root.one("tfoot").all("td")] == ["1 509,00"]

    def test_is_what_the_client_pays_for(self, htmx, client_):
        other = make.client()
        done = {"state": "completed", "date": make.day(-5)}
        make.work(make.work_order(other, payer=client_, **done), price=300)
        make.work(make.work_order(client_, payer=other, **done), price=400)

        spent = self.shown(htmx, client_).text

        assert "300,00" in spent
        assert "400,00" not in spent

    def test_of_nothing_says_so(self, htmx, client_):
        root = self.shown(htmx, client_)

        assert "трат не было" in root.text
        assert not root.all("svg", role="img")

    def test_is_written_down_as_an_opening_of_the_card(self, htmx, client_, statements):
        with statements(at_most=4):
            self.shown(htmx, client_)

        assert client_.access_log.count() == 1


class TestDrawing:
    @pytest.mark.parametrize("most", [0, 1, 7, 999, 12_345, 10**9])
    def test_keeps_bars_inside(self, most):
        drawn = charts.spending({(2041, 3): (Decimal(most), 1)}, today=make.TODAY)

        assert len(drawn.months) == charts.MONTHS
        assert 2 <= len(drawn.scale) <= charts.LINES + 2
        assert all(charts.TOP <= month.y <= charts.LOWEST for month in drawn.months)
        assert drawn.total == most

    def test_names_few_of_many_years(self):
        drawn = charts.mileage([(datetime.date(1990, 5, 1), 5)], [], today=make.TODAY)

        assert len(drawn.years) == 52
        assert sum(year.is_named for year in drawn.years) <= charts.YEARS
