"""Машинозаезд: a car is taken in, marked, signed for, worked on and given back."""

import pytest

from orders.models import Document, Visit, WorkOrder
from tests import make
from tests.contract.page import parse

pytestmark = pytest.mark.django_db

SEEN = {
    "brought_by": "Жена, Мария",
    "mileage_km": "84200",
    "fuel": "3",
    "keys": "2",
    "things": ["spare", "jack"],
    "lights": ["engine"],
    "reasons": "Стучит спереди «как молотком»",
    "belongings": "Коляска в багажнике",
}


@pytest.fixture
def zubkov():
    make.branch()
    return make.client("Зубков")


@pytest.fixture
def car(zubkov):
    return make.vehicle(zubkov, plate="А123ВС77")


def post(web, url: str, **given):
    """Where a form that was accepted leads, or the page that says why not."""
    answer = web.post(url, given)
    if answer.status_code == 302:
        return answer["Location"]
    assert answer.status_code == 422
    return parse(answer).text


class TestCheckIn:
    def test_keeps_what_was_seen_and_reads_the_odometer(self, web, zubkov, car, anna):
        where = post(web, f"/visits/new/?customer={zubkov.pk}&car={car.pk}", **SEEN)

        visit = Visit.objects.get()
        assert where == f"/visits/{visit.pk}/"
        assert (visit.counterparty, visit.vehicle, visit.author) == (zubkov, car, anna)
        assert (visit.state, visit.arrived_at, visit.number) == ("open", make.NOW, "ЦОА0000001")
        assert (visit.mileage_km, visit.fuel, visit.keys) == (84200, 3, 2)
        assert (visit.things, visit.lights) == (["spare", "jack"], ["engine"])
        assert car.odometer.get().km == 84200

    def test_warns_of_a_mileage_that_runs_back(self, web, zubkov, car):
        make.odometer(car, 90_000, taken_on=make.day(-30))
        address = f"/visits/new/?customer={zubkov.pk}&car={car.pk}"

        said = post(web, address, **SEEN)
        assert "90000" in said
        assert "Стучит спереди" in said
        post(web, address, **SEEN, is_sure="on")

        assert Visit.objects.get().mileage_km == 84200

    def test_of_a_booking_says_that_the_client_has_arrived(self, web, zubkov, car):
        booked = make.request(zubkov, vehicle=car, slot=make.at(11), reason="Гул")

        page = parse(web.get(f"/visits/new/?booking={booked.pk}"))
        assert "Гул" in page.text
        post(web, f"/visits/new/?booking={booked.pk}", **SEEN)

        booked.refresh_from_db()
        assert booked.state == "arrived"
        assert Visit.objects.get().base_id == booked.pk

    def test_is_once_while_the_car_is_here(self, web, zubkov, car):
        visit = make.visit(zubkov, vehicle=car)

        assert visit.number in post(web, f"/visits/new/?car={car.pk}", **SEEN)

    @pytest.mark.parametrize("query", ["", "?car=0", "?customer=9&car=9", "?booking=x"])
    def test_without_a_car_and_its_owner_says_what_to_do(self, web, zubkov, query):
        assert "Выберите автомобиль" in parse(web.get(f"/visits/new/{query}")).text

    @pytest.mark.parametrize(
        "wrong",
        [
            {"mileage_km": "-1"},
            {"mileage_km": "9" * 30},
            {"fuel": "9"},
            {"keys": "x"},
            {"things": ["wings"]},
        ],
    )
    def test_says_what_is_wrong(self, web, zubkov, car, wrong):
        answer = web.post(f"/visits/new/?car={car.pk}", SEEN | wrong)

        assert answer.status_code == 422
        assert parse(answer).has("p", class_="error")


class TestDamage:
    def test_is_marked_where_the_drawing_was_pointed_at(self, web):
        visit = make.visit()

        post(
            web,
            f"/visits/{visit.pk}/mark/",
            **{"kind": "dent", "note": "5 см", "at.x": "120", "at.y": "60"},
        )

        mark = visit.damages.get()
        assert (mark.kind, mark.x, mark.y, mark.note) == ("dent", 120, 60, "5 см")
        page = parse(web.get(f"/visits/{visit.pk}/"))
        assert page.has("circle", cx="120", cy="60")
        assert "Вмятина, 5 см" in page.text or "вмятина, 5 см" in page.text

    def test_is_marked_by_the_name_of_a_part(self, web):
        visit = make.visit()

        post(web, f"/visits/{visit.pk}/mark/", kind="scratch", zone="roof")

        assert (visit.damages.get().x, visit.damages.get().y) == (330, 160)

    @pytest.mark.parametrize("at", [("", ""), ("0", "0"), ("9999", "1"), ("x", "1"), ("-1", "5")])
    def test_beside_the_drawing_is_nowhere(self, web, at):
        visit = make.visit()

        said = post(
            web, f"/visits/{visit.pk}/mark/", **{"kind": "dent", "at.x": at[0], "at.y": at[1]}
        )

        assert "Покажите на схеме" in said
        assert not visit.damages.exists()

    def test_is_taken_away(self, web):
        mark = make.visit().damages.create(x=1, y=1)

        post(web, f"/visits/marks/{mark.pk}/remove/")

        assert not mark.visit.damages.exists()


class TestSignature:
    PATH = "M10.0 20.5L10.0 20.5L30.0 40.0M50.0 60.0L50.0 60.0"

    def test_is_kept_as_it_was_drawn(self, web):
        visit = make.visit()

        post(web, f"/visits/{visit.pk}/sign/", signature=self.PATH)

        visit.refresh_from_db()
        assert (visit.signature, visit.signed_at) == (self.PATH, make.NOW)
        assert parse(web.get(f"/visits/{visit.pk}/print/")).has("path", d=self.PATH)

    @pytest.mark.parametrize("nonsense", ["", "x", 'M1 1"/><script>', "M1 1\n", "L" * 50_000])
    def test_is_nothing_but_moves_of_a_pen(self, web, nonsense):
        visit = make.visit()

        post(web, f"/visits/{visit.pk}/sign/", signature=nonsense)

        visit.refresh_from_db()
        assert visit.signature == ("M1 1" if nonsense == "M1 1\n" else "")

    def test_is_void_when_something_is_changed(self, web):
        for change in ("mark", "edit"):
            visit = make.visit(signature=self.PATH, signed_at=make.NOW)

            given = SEEN if change == "edit" else {"kind": "dent", "zone": "roof"}
            post(web, f"/visits/{visit.pk}/{change}/", **given)

            visit.refresh_from_db()
            assert (visit.signature, visit.signed_at) == ("", None)


class TestWorkOrders:
    def test_are_several_and_the_first_has_what_was_booked(self, web, zubkov, car, gleb):
        booked = make.request(zubkov, vehicle=car, slot=make.at(11), master=gleb)
        make.work(booked, "Диагностика")
        visit = make.visit(zubkov, vehicle=car, base=booked, mileage_km=84200, reasons="Стук")

        where = [post(web, f"/visits/{visit.pk}/work-order/") for _ in range(2)]

        first, second = WorkOrder.objects.order_by("pk")
        assert where == [first.url, second.url]
        assert (first.base_id, first.master, first.mileage_km) == (visit.pk, gleb, 84200)
        assert first.works.get().name == "Диагностика"
        assert not second.works.exists()

    def test_stand_on_the_page_with_what_was_done(self, web):
        visit = make.visit()
        make.work(make.work_order(visit.counterparty, base=visit), "Замена свечей")

        assert "Замена свечей" in parse(web.get(f"/visits/{visit.pk}/")).text


class TestCheckOut:
    def test_ends_the_visit(self, web, anna):
        visit = make.visit()

        post(web, f"/visits/{visit.pk}/check-out/")

        visit.refresh_from_db()
        assert (visit.state, visit.left_at) == ("closed", make.NOW)
        assert visit.state_changes.get().by == anna

    @pytest.mark.parametrize("act", ["check-out", "work-order"])
    def test_is_the_end_of_all(self, web, act):
        visit = make.visit(state="closed")

        assert "уехал" in post(web, f"/visits/{visit.pk}/{act}/")

    def test_leaves_what_was_seen_as_it_is(self, web):
        visit = make.visit(state="closed")

        assert "уехал" in post(web, f"/visits/{visit.pk}/mark/", kind="dent", zone="roof")
        assert "уехал" in post(web, f"/visits/{visit.pk}/edit/", **SEEN)


class TestList:
    def test_has_the_cars_that_are_here(self, web, statements):
        visits = [make.visit() for _ in range(3)]
        make.visit(state="closed")

        with statements(at_most=4):
            page = parse(web.get("/visits/"))

        assert {row["data-visit"] for row in page.all(data_visit=True)} == {
            str(visit.pk) for visit in visits
        }


def test_the_history_of_a_car_costs_the_same_with_visits(web, statements):
    car = make.vehicle(make.client())
    address = f"/vehicles/{car.pk}/history/"
    make.visit(vehicle=car)
    with statements() as one:
        web.get(address)
    for _ in range(5):
        make.visit(vehicle=car, state="closed")

    with statements() as six:
        web.get(address)

    assert len(six) == len(one)
    assert Document.objects.filter(kind="visit").count() == 6


def test_the_jump_button_leads_here(web):
    client = make.client()
    car = make.vehicle(client)

    page = parse(web.get(f"/?customer={client.pk}&car={car.pk}"))

    assert page.one(data_jump="visit")["href"] == f"/visits/new/?customer={client.pk}&car={car.pk}"
