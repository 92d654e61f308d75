"""A document of the wrong client or car is put right, with a reason that the history keeps."""

import pytest
from django.apps import apps

from orders.queries import deferred
from tests import make
from vehicles.models import OdometerReading

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(dina, client_of):
    return client_of(dina)


@pytest.fixture
def wrong():
    return make.client("Не тот")


@pytest.fixture
def right():
    return make.client("Зубков Алексей")


@pytest.fixture
def order(wrong):
    return make.work_order(wrong, payer=wrong, vehicle=make.vehicle(wrong, plate="А111АА77"))


def reassign(browser, order, **given):
    return browser.post(f"/documents/{order.pk}/reassign/", {"why": "ошибся строкой"} | given)


class TestReassign:
    def test_the_client_and_whoever_pays_for_themselves(self, manager, order, wrong, right):
        payment = make.payment(order, 100, counterparty=wrong)

        reassign(manager, order, client="Зубков")

        order.refresh_from_db()
        payment.refresh_from_db()
        assert (order.counterparty, order.payer, payment.counterparty) == (right, right, right)

    def test_another_payer_stays(self, manager, order, right):
        firm = make.client("Фирма")
        type(order).objects.filter(pk=order.pk).update(payer=firm)

        reassign(manager, order, client="Зубков")

        order.refresh_from_db()
        assert (order.counterparty, order.payer) == (right, firm)

    def test_the_vehicle_takes_along_what_was_noted(self, manager, order, right):
        car = make.vehicle(right, plate="В222ВВ77")
        noted = make.deferred(order.vehicle, document=order)
        make.deferred(order.vehicle, "Своё")
        former = order.vehicle
        OdometerReading.objects.create(vehicle=former, taken_on=make.TODAY, km=100, document=order)

        reassign(manager, order, vehicle="в222вв77")

        order.refresh_from_db()
        assert order.vehicle == car
        assert deferred.of_vehicle(car) == [noted]
        assert [work.name for work in deferred.of_vehicle(former)] == ["Своё"]
        assert car.odometer.get().km == 100

    def test_the_history_says_who_it_was_and_why(self, manager, order, wrong, right, dina):
        reassign(manager, order, client="Зубков")

        was = apps.get_model("orders.DocumentHistory").objects.filter(pgh_obj=order).latest("pk")
        assert was.counterparty == wrong
        assert was.pgh_context.metadata["why"] == "ошибся строкой"
        assert was.pgh_context.metadata["user"] == dina.pk

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"client": "Зубков", "why": " "}, "why"),
            ({"client": "Никого такого"}, "client"),
            ({"vehicle": "Я999ЯЯ99"}, "vehicle"),
            ({"vehicle": "А1"}, "vehicle"),
        ],
    )
    def test_says_what_is_wrong_at_its_field(self, manager, order, right, given, field):
        answer = reassign(manager, order, **given)

        assert answer.status_code == 422
        assert f'id="ask-{field}_error"' in answer.content.decode()

    def test_to_nobody_else_is_refused(self, manager, order):
        assert reassign(manager, order).status_code == 422

    @pytest.mark.parametrize("state", ["closed", "refused"])
    def test_what_is_over_stays(self, manager, order, wrong, right, state):
        type(order).objects.filter(pk=order.pk).update(state=state)

        assert reassign(manager, order, client="Зубков").status_code == 422
        order.refresh_from_db()
        assert order.counterparty == wrong

    def test_takes_a_right(self, web, order):
        assert reassign(web, order, client="Зубков").status_code == 403
