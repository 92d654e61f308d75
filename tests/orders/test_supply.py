"""The state of a customer order follows from its goods."""

from decimal import Decimal

import pytest

from orders.actions import reserves, states, stock, work_orders
from orders.models import CustomerOrder, Document, StateChange
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def vera():
    return make.user("vera", role="parts")


@pytest.fixture
def line():
    shelf = make.stock(quantity=2)
    return make.goods(make.customer_order(state="approved"), shelf.part, quantity=2)


def state() -> str:
    return Document.objects.get().state


def expect(line, ordered, by):
    stock.expect(line.pk, ordered=Decimal(ordered), expected_on=make.day(3), by=by)


class TestSupply:
    def test_goes_the_whole_way_with_the_goods(self, vera, line):
        expect(line, 1, vera)
        assert state() == "in_supply"
        reserves.reserve(line.pk, by=vera)
        assert state() == "arrived"
        stock.issue(line.pk, quantity=Decimal(1), by=vera)
        assert state() == "arrived"
        stock.issue(line.pk, by=vera)

        assert state() == "issued"

    def test_goes_back_with_them(self, vera, line):
        stock.issue(line.pk, by=vera)
        stock.take_back(line.pk, by=vera)

        assert state() == "approved"

    def test_says_in_the_log_that_it_came_from_the_goods(self, vera, line):
        reserves.reserve(line.pk, by=vera)

        change = StateChange.objects.get()
        assert (change.from_state, change.to_state) == ("approved", "arrived")
        assert change.from_goods
        assert change.by == vera

    def test_waits_for_the_approval_and_then_counts_what_is_there(self, vera, line):
        Document.objects.update(state="new")
        reserves.reserve(line.pk, by=vera)
        assert state() == "new"

        order = states.change_state(line.document_id, seen="new", to="approved", by=vera)

        assert order.state == state() == "arrived"
        assert [c.from_goods for c in StateChange.objects.order_by("pk")][-2:] == [False, True]

    def test_lets_the_client_be_told_once(self, vera, line):
        assert not work_orders.note_told(line.document_id, at=make.NOW)
        reserves.reserve(line.pk, by=vera)

        assert work_orders.note_told(line.document_id, at=make.NOW)
        assert not work_orders.note_told(line.document_id, at=make.NOW)
        assert CustomerOrder.objects.get().notified_at == make.NOW

    def test_is_not_there_while_one_line_lacks(self, vera, line):
        make.goods(line.document)

        reserves.reserve(line.pk, by=vera)

        assert state() == "approved"

    def test_of_an_ended_order_stays(self, line):
        make.reserve(line, 2, of=line.part.stock.get())
        Document.objects.update(state="cancelled")

        assert state() == "cancelled"

    def test_of_a_work_order_is_no_matter_of_goods(self, vera):
        shelf = make.stock()
        line = make.goods(make.work_order(), shelf.part)

        stock.issue(line.pk, by=vera)

        assert state() == "in_progress"
