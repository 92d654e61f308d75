"""The rate of VAT is that of the day of performance; the price that was agreed stays."""

import datetime
from decimal import Decimal

import pytest

from orders.actions import states
from orders.models import Branch, TaxRegime
from orders.queries import vat
from tests import agreed, make

DECEMBER, JANUARY = datetime.date(2025, 12, 29), datetime.date(2026, 1, 12)


@pytest.fixture
def shop(db):
    branch, own = make.branch(), agreed.organisation()
    Branch.objects.filter(pk=branch.pk).update(organisation=own)
    branch.refresh_from_db()
    return branch


@pytest.fixture
def order(shop):
    """Opened in December at the rate of that year; one line is at a rate of its own."""
    order = make.work_order(date=DECEMBER, branch=shop)
    make.work(order, "Ремонт", price=1220, vat_percent=20)
    make.goods(order, price=610, vat_percent=20)
    make.work(order, "Льготная", price=110, vat_percent=10, position=2)
    make.work(order, "Без налога", price=100, vat_percent=None, position=3)
    return order


def rates(order) -> list[int | None]:
    works = order.works.order_by("position").values_list("vat_percent", flat=True)
    return [*works, *order.goods.values_list("vat_percent", flat=True)]


def regime(shop, name: str, since: datetime.date) -> TaxRegime:
    return TaxRegime.objects.create(organisation=shop.organisation, regime=name, valid_from=since)


class TestTheUsualRate:
    @pytest.mark.parametrize(
        ("name", "on", "rate"),
        [
            ("general", DECEMBER, 20),
            ("general", JANUARY, 22),
            ("usn", JANUARY, None),
            ("usn_5", JANUARY, 5),
            ("usn_7", JANUARY, 7),
        ],
    )
    def test_follows_the_regime_and_the_day(self, shop, name, on, rate):
        regime(shop, name, datetime.date(2020, 1, 1))

        assert vat.standard(organisation=shop.organisation_id, on=on) == rate

    def test_of_an_organisation_that_changed_its_regime_is_dated(self, shop):
        regime(shop, "general", datetime.date(2020, 1, 1))
        regime(shop, "usn_5", datetime.date(2026, 1, 1))

        usual = [vat.standard(organisation=shop.organisation_id, on=d) for d in (DECEMBER, JANUARY)]

        assert usual == [20, 5]

    def test_without_an_organisation_is_the_general_one(self, db):
        assert vat.standard(organisation=None, on=JANUARY) == 22


class TestPerformance:
    def test_an_order_of_december_completed_in_january_is_taxed_as_in_january(self, order, anna):
        total = type(order).objects.get(pk=order.pk).total

        states.change_state(order.pk, seen="in_progress", to="completed", by=anna, on=JANUARY)

        order.refresh_from_db()
        repair = order.works.get(name="Ремонт")
        assert rates(order) == [22, 10, None, 22]
        assert (repair.amount, repair.vat_amount) == (1220, Decimal("220.00"))
        assert order.total == total

    def test_until_then_the_rate_is_provisional(self, order, anna):
        states.change_state(order.pk, seen="in_progress", to="waiting", by=anna, on=JANUARY)

        assert rates(order) == [20, 10, None, 20]

    def test_what_was_completed_in_december_stays_when_it_is_closed_in_january(self, order, dina):
        states.change_state(order.pk, seen="in_progress", to="completed", by=dina, on=DECEMBER)

        states.change_state(
            order.pk, seen="completed", to="closed", by=dina, leaves_goods=True, on=JANUARY
        )

        assert rates(order) == [20, 10, None, 20]

    def test_reopening_what_was_closed_performs_nothing(self, order, dina):
        type(order).objects.filter(pk=order.pk).update(state="closed")

        states.change_state(
            order.pk, seen="closed", to="completed", by=dina, why="ошибка", on=JANUARY
        )

        assert rates(order) == [20, 10, None, 20]

    def test_a_new_regime_counts_too(self, shop, order, anna):
        regime(shop, "usn_5", datetime.date(2026, 1, 1))

        states.change_state(order.pk, seen="in_progress", to="completed", by=anna, on=JANUARY)

        assert rates(order) == [5, 10, None, 5]

    def test_a_posted_sale_is_performed(self, shop, anna):
        sale = make.sale(date=DECEMBER, branch=shop, state="draft")
        make.goods(sale, price=122, vat_percent=20)

        states.change_state(sale.pk, seen="draft", to="posted", by=anna, on=JANUARY)

        assert rates(sale) == [22]
