"""Отложенные работы: noted, taken, dropped, and shown wherever they matter."""

import pytest

from armclients.kit.refusals import RefusedError
from orders.actions import deferred
from orders.models import DeferredWork
from orders.queries import deferred as queries
from orders.queries import warnings
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return make.client("Зубков Алексей")


@pytest.fixture
def car(client):
    return make.vehicle(client, plate="А123ВС77")


@pytest.fixture
def order(client, car):
    return make.work_order(client, vehicle=car)


class TestRecommend:
    def test_stays_with_the_vehicle(self, web, order, car, anna):
        web.post(
            f"/documents/{order.pk}/recommend/",
            {"name": "Заменить ремень", "quantity": "1", "price": "5400", "due_km": "90000"},
        )

        work = DeferredWork.objects.get()
        assert (work.vehicle, work.document.pk, work.author) == (car, order.pk, anna)
        assert (work.name, work.price, work.due_km) == ("Заменить ремень", 5400, 90000)

    def test_a_part_lends_its_name_and_price(self, web, order):
        pads = make.part("GDB-1", name="Колодки", price=2300)

        web.post(f"/documents/{order.pk}/recommend/", {"article": "gdb-1", "quantity": "2"})

        work = DeferredWork.objects.get()
        assert (work.part, work.name, work.amount) == (pads, "Колодки", 4600)

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"quantity": "1"}, "name"),
            ({"name": "x", "quantity": "0"}, "quantity"),
            ({"article": "NO-SUCH", "quantity": "1"}, "article"),
            ({"name": "x", "quantity": "1", "due_km": "-5"}, "due_km"),
            ({"name": "x" * 301, "quantity": "1"}, "name"),
        ],
    )
    def test_says_what_is_wrong_at_its_field(self, htmx, order, given, field):
        answer = htmx.post(f"/documents/{order.pk}/recommend/", given, target="dialog")

        assert answer.status_code == 422
        assert f'id="ask-{field}_error"' in answer.content.decode()
        assert not DeferredWork.objects.exists()


class TestTake:
    def take(self, browser, order, *works):
        return browser.post(
            f"/documents/{order.pk}/deferred/take/", {"work": [work.pk for work in works]}
        )

    def test_becomes_a_line_and_waits_no_more(self, web, order, car):
        pads = make.part(name="Колодки")
        work = make.deferred(car, "Замена ремня", norm_hours="1.5", price=3000)
        part = make.deferred(car, "Колодки", part=pads, quantity=2, price=900)

        self.take(web, order, work, part)

        line = order.works.get()
        assert (line.name, line.norm_hours, line.amount) == ("Замена ремня", 1.5, 3000)
        assert line.vat_percent == 22
        assert order.goods.get().amount == 1800
        assert queries.of_vehicle(car) == []

    def test_not_twice(self, web, order, car):
        work = make.deferred(car)
        self.take(web, order, work)

        self.take(web, order, work)

        assert order.works.count() == 1

    def test_all_or_none(self, web, order, car):
        taken, free = make.deferred(car, "Раз"), make.deferred(car, "Два")
        self.take(web, order, taken)

        self.take(web, order, taken, free)

        assert order.works.get().name == "Раз"

    def test_none_of_another_vehicle(self, web, order):
        self.take(web, order, make.deferred(make.vehicle()))

        assert not order.works.exists()
        with pytest.raises(RefusedError):
            deferred.take_into(DeferredWork.objects.get().pk, order.pk, by=None)

    def test_none_into_what_is_over(self, web, car):
        closed = make.work_order(vehicle=car, state="closed")

        self.take(web, closed, make.deferred(car))

        assert not closed.works.exists()

    @pytest.mark.parametrize("nonsense", ["", "x", "-1", "9" * 40, "1;2"])
    def test_nonsense_takes_nothing(self, web, order, nonsense):
        answer = web.post(f"/documents/{order.pk}/deferred/take/", {"work": nonsense})

        assert answer.status_code == 302
        assert not order.works.exists()

    @pytest.mark.parametrize(("state", "waits"), [("refused", True), ("closed", False)])
    def test_follows_what_becomes_of_the_document(self, web, order, car, state, waits):
        work = make.deferred(car)
        self.take(web, order, work)

        type(order).objects.filter(pk=order.pk).update(state=state)

        assert (queries.of_vehicle(car) == [work]) == waits

    def test_a_line_taken_out_again_leaves_it_waiting(self, web, order, car):
        work = make.deferred(car)
        self.take(web, order, work)

        order.works.get().delete()

        assert queries.of_vehicle(car) == [work]


class TestDrop:
    def test_takes_a_reason(self, web, car, anna):
        work = make.deferred(car)

        refused = web.post(f"/inspection/deferred/{work.pk}/drop/", {"why": " "})
        web.post(f"/inspection/deferred/{work.pk}/drop/", {"why": "сделано в другом месте"})

        assert refused.status_code == 422
        work.refresh_from_db()
        assert (work.dropped_by, work.why) == (anna, "сделано в другом месте")
        assert queries.of_vehicle(car) == []

    def test_whoever_comes_second_is_told(self, web, car):
        work = make.deferred(car, dropped_at=make.NOW, why="не нужно")

        answer = web.post(f"/inspection/deferred/{work.pk}/drop/", {"why": "ещё раз"})

        assert answer.status_code == 422
        assert "не нужно" in answer.content.decode()


class TestShown:
    def test_on_the_vehicles_page_with_what_became_of_the_rest(self, web, car, order):
        make.deferred(car, "Ждёт")
        make.deferred(car, "Сделано", done_by=make.work_order(vehicle=car, state="closed"))
        make.deferred(car, "Брошено", dropped_at=make.NOW, why="продал")

        text = web.get(f"/vehicles/{car.pk}/deferred/").content.decode()

        assert all(word in text for word in ("Ждёт", "Сделано", "Брошено", "продал"))

    def test_on_the_documents_page(self, web, car, order):
        make.deferred(car, "Ждёт")

        assert "Ждёт" in web.get(f"/documents/{order.pk}/deferred/").content.decode()

    def test_on_the_clients_card(self, web, client, car):
        make.deferred(car, "Замена ремня ГРМ")

        assert "Замена ремня ГРМ" in web.get(f"/?customer={client.pk}").content.decode()

    def test_with_whom_the_vehicle_is_now(self, web, client, car):
        make.deferred(car, "Замена ремня ГРМ")
        car.ownerships.update(until=make.day(-1))

        assert "Замена ремня ГРМ" not in web.get(f"/?customer={client.pk}").content.decode()


class TestBeforeAWorkOrder:
    def slugs(self, *about):
        return [warning.slug for warning in warnings.before_work_order(*about)]

    def test_says_nothing_where_there_is_nothing(self, client, car):
        assert self.slugs(client, car) == []
        assert self.slugs(None, None) == []

    def test_says_all_that_matters_the_grave_first(self, client, car, statements):
        client.attention, client.attention_text = "stop", "Не платит"
        make.deferred(car)
        make.work_order(client, vehicle=car, payer=client)
        make.request(client, vehicle=car, slot=make.at(9, days=2))
        make.work(make.work_order(client, payer=client, state="closed"), price=100)

        with statements(at_most=4):
            found = self.slugs(client, car)

        assert set(found) == {"attention", "debt", "open_order", "booking", "deferred"}
        assert set(found[:2]) == {"attention", "open_order"}

    def test_a_dangerous_defect_is_grave(self, client, car, order):
        work = make.deferred(car)
        make.defect(order, severity="dangerous", deferred=work)

        [warning] = [w for w in warnings.before_work_order(client, car) if w.works]

        assert warning.is_grave
        assert warning.works == [work]
