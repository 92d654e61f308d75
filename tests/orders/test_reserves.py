"""Reserves: never more than there is, and gone with their reason."""

import pytest
from django.db import IntegrityError

from orders import states
from orders.models import Document, Reserve, Stock
from tests import make

pytestmark = pytest.mark.django_db

HELD = [(kind, state) for kind, known in states.RESERVABLE.items() for state in known]
MAKE = {"customer_order": make.customer_order, "work_order": make.work_order}
ENDED = {"customer_order": ["issued", "closed", "cancelled"], "work_order": ["closed", "refused"]}


def reserved() -> int:
    return Stock.objects.get().reserved


class TestReserve:
    @pytest.mark.parametrize(("kind", "state"), HELD)
    def test_is_possible_while_goods_are_still_to_be_handed_over(self, kind, state):
        make.reserve(make.goods(MAKE[kind](state=state)), 2)

        assert reserved() == 2

    @pytest.mark.parametrize(
        ("kind", "state"), [(kind, state) for kind, ended in ENDED.items() for state in ended]
    )
    def test_is_impossible_when_they_are_not(self, kind, state):
        line = make.goods(MAKE[kind](state=state))

        with pytest.raises(IntegrityError, match="neither handed over nor ended"):
            make.reserve(line)

    @pytest.mark.parametrize(
        ("kind", "state"), [(kind, state) for kind, ended in ENDED.items() for state in ended]
    )
    def test_is_released_when_the_document_ends(self, kind, state):
        document = MAKE[kind]()
        make.reserve(make.goods(document), 3)
        Document.objects.update(state=state)

        assert not Reserve.objects.exists()
        assert reserved() == 0

    def test_of_a_plan_or_a_booking_is_impossible(self):
        line = make.goods(make.request(make.client()))

        with pytest.raises(IntegrityError):
            make.reserve(line)

    def test_is_not_above_what_there_is(self):
        stock = make.stock(quantity=5)
        lines = [make.goods(make.customer_order(), stock.part) for _ in range(2)]
        make.reserve(lines[0], 3, of=stock)

        with pytest.raises(IntegrityError, match="stock_reserve_not_above_quantity"):
            make.reserve(lines[1], 3, of=stock)

    def test_keeps_the_stock_from_shrinking_under_it(self):
        make.reserve(make.goods(make.customer_order()), 3)

        with pytest.raises(IntegrityError, match="stock_reserve_not_above_quantity"):
            Stock.objects.update(quantity=2)

    def test_is_of_the_line_s_own_part(self):
        line = make.goods(make.customer_order())

        with pytest.raises(IntegrityError, match="same part"):
            make.reserve(line, of=make.stock())

    def test_follows_its_quantity_and_its_end(self):
        reserve = make.reserve(make.goods(make.customer_order()), 3)
        reserve.quantity = 5
        reserve.save()
        assert reserved() == 5
        reserve.line.delete()

        assert reserved() == 0

    def test_is_of_one_line_once(self):
        line = make.goods(make.customer_order())
        make.reserve(line)

        with pytest.raises(IntegrityError):
            make.reserve(line, of=Stock.objects.get())

    def test_does_not_move_with_its_line_to_a_document_that_has_ended(self):
        line = make.goods(make.customer_order())
        make.reserve(line)
        line.document = make.customer_order(state="closed")

        with pytest.raises(IntegrityError):
            line.save()
