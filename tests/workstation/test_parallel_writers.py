"""Two people write about the same thing at once: nothing is lost, nothing is given twice."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError

from armclients.kit.refusals import RefusedError
from armclients.models import JumpLink
from customers.models import Contact, Counterparty, Event
from orders.actions import reserves
from orders.actions import stock as moves
from orders.models import CustomerOrder, Document, Reserve, Slot, Stock, VatRate, WorkOrder
from tests import make
from tests.workstation import search_rows
from tests.workstation.writers import at_once, one_during_the_other
from vehicles.models import Vehicle

pytestmark = pytest.mark.django_db(transaction=True)

FACTS = {
    "event": lambda client: make.event(client, processed_at=None),
    "contact": make.contact,
    "card": make.card,
    "work order": make.work_order,
    "car": lambda client: make.vehicle(client, plate="А001АА77"),
    "name": lambda client: Counterparty.objects.filter(pk=client.pk).update(name="Новый"),
}


@pytest.fixture
def client():
    make.branch()
    make.model()
    return make.client("Зубков")


class TestSearchRow:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("event", "work order"),
            ("work order", "event"),
            ("contact", "card"),
            ("car", "event"),
            ("name", "contact"),
            ("event", "event"),
            ("contact", "car"),
        ],
    )
    def test_keeps_both_of_two_facts(self, client, one, other):
        refusals = one_during_the_other(lambda: FACTS[one](client), lambda: FACTS[other](client))

        assert refusals == (None, None)
        search_rows.assert_true()

    def test_follows_a_closing_order_and_a_new_event(self, client):
        order = make.customer_order(client)

        refusals = one_during_the_other(
            lambda: CustomerOrder.objects.filter(pk=order.pk).update(state="closed"),
            lambda: make.event(client, processed_at=None),
        )

        assert refusals == (None, None)
        search_rows.assert_true()

    def test_sets_of_clients_are_locked_in_one_order(self, client):
        crowd = [client, *(make.client() for _ in range(30))]
        for one in crowd:
            make.event(one)
        for one in reversed(crowd):
            make.contact(one)

        refusals = at_once(
            lambda: Event.objects.update(processed_at=None),
            lambda: Contact.objects.update(value="+7 900 1112233"),
            lambda: Counterparty.objects.update(full_name="x"),
        )

        assert refusals == [None, None, None]
        search_rows.assert_true()


class TestVehicle:
    def test_keeps_both_of_two_plates(self, client):
        car = make.vehicle(client)

        refusals = one_during_the_other(
            lambda: make.plate_of(car, "А001АА77", until=make.day(-1)),
            lambda: make.plate_of(car, "В002ВВ77", since=make.day()),
        )

        assert refusals == (None, None)
        assert sorted(Vehicle.objects.get().lookup.split()) == ["A001AA77", "B002BB77"]
        search_rows.assert_true()

    def test_keeps_a_new_vin_and_a_new_plate(self, client):
        car = make.vehicle(client)

        refusals = one_during_the_other(
            lambda: Vehicle.objects.filter(pk=car.pk).update(vin="NEWVIN"),
            lambda: make.plate_of(car, "А001АА77"),
        )

        assert refusals == (None, None)
        assert sorted(Vehicle.objects.get().lookup.split()) == ["A001AA77", "NEWV1N"]
        search_rows.assert_true()

    def test_is_not_sold_twice(self, client):
        car = make.vehicle()

        _first, second = one_during_the_other(
            lambda: make.ownership(car, client), lambda: make.ownership(car, make.client())
        )

        assert isinstance(second, IntegrityError)
        assert car.ownerships.get().counterparty == client
        search_rows.assert_true()

    def test_wears_one_plate(self, client):
        car = make.vehicle(client)

        _first, second = one_during_the_other(
            lambda: make.plate_of(car, "А001АА77"), lambda: make.plate_of(car, "В002ВВ77")
        )

        assert isinstance(second, IntegrityError)
        search_rows.assert_true()


class TestSums:
    def test_a_total_has_both_of_two_lines(self, client):
        order = make.work_order(client)
        part = make.part()

        refusals = one_during_the_other(
            lambda: make.work(order, price=100), lambda: make.goods(order, part, price=20)
        )

        assert refusals == (None, None)
        assert Document.objects.get().total == Decimal(120)

    def test_what_was_paid_has_both_of_two_payments(self, client):
        order = make.work_order(client)
        make.work(order, price=100)

        refusals = one_during_the_other(
            lambda: make.payment(order, 60), lambda: make.payment(order, 30)
        )

        assert refusals == (None, None)
        assert (Document.objects.get().paid, Document.objects.get().due) == (90, 10)

    def test_a_line_and_a_payment_meet(self, client):
        order = make.work_order(client)

        refusals = one_during_the_other(
            lambda: make.work(order, price=100), lambda: make.payment(order, 30)
        )

        assert refusals == (None, None)
        assert Document.objects.get().due == 70


class TestStock:
    def test_the_last_piece_goes_to_one_clerk(self, client):
        stock = make.stock(quantity=1)
        lines = [make.goods(make.customer_order(client), stock.part) for _ in range(2)]

        first, second = one_during_the_other(
            *((lambda line=line: make.reserve(line, of=stock)) for line in lines)
        )

        assert first is None
        assert isinstance(second, IntegrityError)
        assert Stock.objects.get().reserved == 1
        search_rows.assert_true()

    def test_a_piece_given_back_is_free_for_the_other(self, client):
        stock = make.stock(quantity=1)
        lines = [make.goods(make.customer_order(client), stock.part) for _ in range(2)]
        held = make.reserve(lines[0], of=stock)

        refusals = one_during_the_other(held.delete, lambda: make.reserve(lines[1], of=stock))

        assert refusals == (None, None)
        assert Reserve.objects.get().line == lines[1]

    def test_an_order_that_is_being_closed_takes_no_reserve(self, client):
        line = make.goods(make.work_order(client))
        stock = make.stock(line.part)

        _closing, reserving = one_during_the_other(
            lambda: WorkOrder.objects.update(state="closed"),
            lambda: make.reserve(line, of=stock),
        )

        assert isinstance(reserving, IntegrityError)
        assert not Reserve.objects.exists()

    def test_a_reserve_just_made_is_released_by_the_closing(self, client):
        line = make.goods(make.work_order(client))
        stock = make.stock(line.part)

        refusals = one_during_the_other(
            lambda: make.reserve(line, of=stock),
            lambda: WorkOrder.objects.update(state="closed"),
        )

        assert refusals == (None, None)
        assert not Reserve.objects.exists()
        assert Stock.objects.get().reserved == 0
        search_rows.assert_true()

    def test_the_last_piece_goes_to_one_of_fifty(self, client):
        stock = make.stock(quantity=1)
        vera = make.user(role="parts")
        lines = [make.goods(make.customer_order(client), stock.part) for _ in range(50)]
        told: list[str] = []

        def buy(line):
            try:
                reserves.reserve(line.pk, by=vera)
            except RefusedError as refusal:
                told.append(str(refusal))

        refusals = at_once(*((lambda line=line: buy(line)) for line in lines))

        assert refusals == [None] * 50
        assert len(told) == 49
        assert Reserve.objects.get().quantity == 1
        assert Stock.objects.get().reserved == 1
        search_rows.assert_true()

    def test_what_is_issued_twice_at_once_is_issued_once(self, client):
        stock = make.stock(quantity=2)
        vera = make.user(role="parts")
        line = make.goods(make.work_order(client), stock.part)
        told: list[str] = []

        def issue():
            try:
                moves.issue(line.pk, quantity=1, by=vera)
            except RefusedError as refusal:
                told.append(str(refusal))

        refusals = one_during_the_other(issue, issue)

        assert refusals == (None, None)
        assert len(told) == 1
        assert Stock.objects.get().quantity == 1


class TestBay:
    def test_holds_one_vehicle_at_a_time(self, client):
        bay = make.bay()
        requests = [make.request(client) for _ in range(2)]

        first, second = one_during_the_other(
            lambda: make.slot_of(requests[0], make.at(9), bay=bay),
            lambda: make.slot_of(requests[1], make.at(9, 30), bay=bay),
        )

        assert first is None
        assert isinstance(second, IntegrityError)
        assert Slot.objects.get().request == requests[0]

    def test_a_cancelled_booking_makes_room_for_the_other(self, client):
        bay = make.bay()
        cancelled, wanted = (make.request(client) for _ in range(2))
        make.slot_of(cancelled, make.at(9), bay=bay)

        refusals = one_during_the_other(
            lambda: Document.objects.filter(pk=cancelled.pk).update(state="cancelled"),
            lambda: make.slot_of(wanted, make.at(9, 30), bay=bay),
        )

        assert refusals == (None, None)


def test_what_migrations_brought_survives_all_this(client):
    roles = {"advisor", "operator", "parts", "master", "manager", "admin"}

    assert roles <= set(Group.objects.values_list("name", flat=True))
    assert Group.objects.get(name="advisor").permissions.exists()
    assert JumpLink.objects.count() >= 6
    assert VatRate.objects.filter(percent=22, is_standard=True).exists()
