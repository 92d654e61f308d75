"""The calendar page: what it shows, in few statements and few bytes, and on whose clock."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from armclients.kit import clock
from orders.models import RepairRequest, WorkingHours
from tests import make
from tests.contract.page import Element, found, parse

pytestmark = pytest.mark.django_db


def page(web, **asked) -> Element:
    answer = web.get("/booking/", asked)
    assert answer.status_code == 200
    return parse(answer)


def free(calendar: Element) -> list[Element]:
    return [link for link in calendar.all("a") if "free" in link["class"].split()]


class TestDay:
    def test_shows_who_comes_where_and_when(self, web):
        make.request(
            make.client("Зубков"), slot=make.at(9, 30), bay=make.bay(), vehicle=make.vehicle()
        )

        column = page(web).one("div", data_bay=make.bay().pk)
        book = column.one(data_slot=True)
        assert book["data-start"] == "2041-03-12T09:30"
        assert "Зубков" in book.text
        assert "COROLLA" in book.text
        assert {"f3", "s4"} <= set(book["class"].split())

    def test_by_masters_has_them_as_columns(self, web, gleb):
        make.request(make.client("Зубков"), slot=make.at(9), master=gleb)

        calendar = page(web, by="master")

        assert calendar.one("div", data_master=gleb.pk).has(data_slot=True)

    def test_says_how_much_is_booked(self, web):
        make.request(make.client(), slot=make.at(9), end_at=make.at(14, 30), bay=make.bay())

        assert "50" in page(web).one("section", aria_label="Пост 1").text

    def test_offers_free_half_hours_that_lie_ahead(self, web):
        make.request(make.client(), slot=make.at(13), bay=make.bay())

        times = [link.text for link in free(page(web))]
        assert times[:4] == ["11:30", "12:00", "12:30", "14:00"]
        assert times[-1] == "19:30"

    def test_has_nothing_to_offer_outside_hours(self, web):
        make.bay()
        WorkingHours.objects.create(
            branch=make.branch(), weekday=1, opens=datetime.time(9), closes=datetime.time(18)
        )

        assert free(page(web)) == []

    def test_shows_apart_who_has_no_bay_who_waits_and_who_did_not_come(self, web):
        make.bay()
        make.request(make.client("Беспостный"), slot=make.at(12))
        make.request(make.client("Ждущий"), state="new")
        make.request(make.client("Пропавший"), slot=make.at(9), bay=make.bay(), state="no_show")
        make.request(make.client("Отменённый"), slot=make.at(9), bay=make.bay(), state="cancelled")

        aside = page(web).one("aside").text

        assert all(name in aside for name in ("Беспостный", "Ждущий", "Пропавший"))
        assert "Отменённый" not in aside

    @pytest.mark.parametrize(
        "nonsense",
        [
            *({"day": day} for day in ("2041-13-45", "0001-01-01", "9999-12-31", "завтра", "")),
            *({"branch": "9" * 30}, {"branch": "x"}, {"by": "x"}, {"view": "x"}, {"car": "0"}),
        ],
    )
    def test_takes_nonsense_for_nothing(self, web, nonsense):
        make.branch()

        page(web, **nonsense)

    def test_of_an_empty_shop_says_what_is_missing(self, web):
        assert "администратор" in page(web).text


class TestWhom:
    def test_is_booked_is_said_with_what_should_be_known(self, web):
        client = make.client("Зубков", attention="warning", attention_text="Платит вперёд")
        car = make.vehicle(client)
        make.work_order(client, vehicle=car, number="ЦОА0000077")
        make.request(client, vehicle=car, slot=make.at(9, days=1), number="ЦОА0000078")
        make.request(client, state="no_show")

        said = page(web, customer=client.pk, car=car.pk).text

        for word in ("Платит вперёд", "ЦОА0000077", "ЦОА0000078", "Не приехал 1 раз"):
            assert word in said

    def test_goes_along_into_every_link(self, web):
        client = make.client()
        make.bay()

        calendar = page(web, customer=client.pk)
        links = [*free(calendar), calendar.one(id="new-booking")]

        assert len(links) > 1
        assert all(f"customer={client.pk}" in link["href"] for link in links)


class TestWeek:
    def test_of_three_hundred_bookings_on_twelve_bays_is_quick_and_small(self, web, statements):
        bays = [make.bay(f"Пост {n}") for n in range(1, 13)]
        clients = [make.client(f"Константинопольский Константин {n}") for n in range(20)]
        cars = [make.vehicle(client) for client in clients]
        for n in range(300):
            day, hour, bay = n // 60, n // 12 % 5, n % 12
            make.request(
                clients[n % 20],
                vehicle=cars[n % 20],
                slot=make.at(9 + 2 * hour, days=day - 1),
                bay=bays[bay],
                reason="Стучит спереди справа на кочках",
            )

        with statements(at_most=10):
            answer = web.get("/booking/", {"view": "week"})

        assert answer.content.count(b"data-slot=") == 300
        assert len(answer.content) <= 150_000

    def test_shows_each_booking_on_its_day(self, web):
        make.request(make.client("Зубков"), slot=make.at(9, days=2), bay=make.bay())

        (cell,) = [
            cell
            for cell in page(web, view="week").all("td", data_day=True)
            if cell.has(data_slot=True)
        ]

        assert cell["data-day"] == "2041-03-14"


class TestToday:
    """«Записанные на сегодня» and the calendar of today name the same clients, to the minute."""

    @pytest.mark.parametrize("zone", ["Europe/Moscow", "Asia/Yekaterinburg", "Asia/Kamchatka"])
    @pytest.mark.parametrize("minute", [-1, 0, 1])
    def test_agrees_at_midnight_in_every_zone(self, web, monkeypatch, zone, minute):
        branch = make.branch("Филиал", prefix="Ф", timezone=zone)
        here = ZoneInfo(zone)
        midnight = datetime.datetime(2041, 3, 13, tzinfo=here)
        for name, start in {
            "Вечерний": midnight - datetime.timedelta(minutes=1),
            "Полночный": midnight,
            "Завтрашний": midnight + datetime.timedelta(hours=23, minutes=59),
            "Послезавтрашний": midnight + datetime.timedelta(hours=24),
        }.items():
            make.request(
                make.client(name), branch=branch, slot=start, bay=make.bay(name, branch=branch)
            )
        now = midnight + datetime.timedelta(minutes=minute)
        monkeypatch.setattr(clock, "now", lambda: now)
        monkeypatch.setattr(clock, "today", lambda zone=None: now.astimezone(zone or here).date())

        in_calendar = {
            int(book["data-customer"])
            for book in page(web, branch=branch.pk).all(data_customer=True)
            if book["data-start"].startswith(f"{now:%Y-%m-%d}")
        }
        on_desk = set(found(web.get("/", {"booked_today": "on"})))

        assert in_calendar == on_desk
        assert len(on_desk) == (1 if minute < 0 else 2)

    def test_agrees_about_those_who_did_not_come(self, web):
        make.request(make.client("Пропавший"), slot=make.at(9), bay=make.bay(), state="no_show")
        make.request(make.client("Отменивший"), slot=make.at(9), bay=make.bay(), state="cancelled")

        on_desk = set(found(web.get("/", {"booked_today": "on"})))
        in_calendar = {int(book["data-customer"]) for book in page(web).all(data_customer=True)}

        assert in_calendar == on_desk
        assert RepairRequest.objects.filter(state="no_show").count() == len(on_desk) == 1
