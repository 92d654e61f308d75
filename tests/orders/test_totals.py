"""What lines come to: the pure rule, and the database that follows it."""

from decimal import Decimal

import pytest

from orders import totals
from tests import make

LINES = [
    # quantity, price, discount, VAT
    ("1", "1220.00", "0", 22),
    ("0.333", "10.00", "0", 22),
    ("3", "9.99", "5", 20),
    ("2.5", "0.01", "0", None),
    ("7", "143.57", "12.5", 10),
    ("1", "100.00", "0", 0),
]


@pytest.fixture
def order(db):
    order = make.work_order()
    for quantity, price, discount, vat in LINES:
        make.work(order, quantity=quantity, price=price, discount_percent=discount, vat_percent=vat)
    order.refresh_from_db()
    return order


def test_the_database_and_the_rule_agree_line_by_line(order):
    for line in order.works.all():
        amount = totals.line_amount(line.quantity, line.price, line.discount_percent)

        assert line.amount == amount
        assert line.vat_amount == totals.vat_within(amount, line.vat_percent)


def test_a_document_is_the_sum_of_its_lines(order):
    total = totals.of(order.works.all())

    assert total.amount == order.total
    assert total.vat == sum(each.vat for each in total.by_rate)
    assert total.without_vat + total.vat == total.amount
    assert total.full - total.discount == total.amount


def test_rates_stand_apart_the_highest_first_and_none_last(order):
    total = totals.of(order.works.all())

    assert [each.percent for each in total.by_rate] == [22, 20, 10, 0, None]
    assert [each.percent for each in total.taxed] == [22, 20, 10, 0]
    assert total.by_rate[0].vat == Decimal("220.60")


def test_nothing_comes_to_nothing():
    total = totals.of([])

    assert (total.amount, total.vat, total.by_rate) == (0, 0, ())
