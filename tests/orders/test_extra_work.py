"""What the client said in advance about extra works decides when they have to be asked."""

from decimal import Decimal

import pytest

from orders.actions import approvals
from tests import make

pytestmark = pytest.mark.django_db
WARNING = 'role="alert"'


def approve(order, amount, *, is_firm=True, at=make.NOW):
    told = {"who": "Зубков", "how": "phone", "what": "работы"}
    approvals.approve(order, amount=Decimal(amount), is_firm=is_firm, by=None, at=at, **told)


def costs(order, total):
    """The page of the order, which was agreed to at 1000 ₽ and comes to this by now."""
    make.work(order, price=Decimal(total))
    return order.url


class TestWhenToAsk:
    @pytest.mark.parametrize("is_firm", [True, False])
    @pytest.mark.parametrize("policy", ["ask", "refuse"])
    @pytest.mark.parametrize(("total", "warns"), [("1000.00", False), ("1000.01", True)])
    def test_about_anything_above(self, web, policy, is_firm, total, warns):
        order = make.work_order(extra_work_policy=policy)
        approve(order, 1000, is_firm=is_firm)

        page = web.get(costs(order, total)).content.decode()

        assert (WARNING in page) == warns

    @pytest.mark.parametrize("is_firm", [True, False])
    @pytest.mark.parametrize(
        ("allowed", "total", "warns"),
        [
            ("300.00", "1300.00", False),
            ("300.00", "1300.01", True),
            ("50.00", "1050.00", False),
            ("50.00", "1050.01", True),
            ("0.00", "1000.01", True),
            (None, "1000.00", False),
            (None, "1000.01", True),
        ],
    )
    def test_about_more_than_they_allowed(self, web, allowed, is_firm, total, warns):
        order = make.work_order(extra_work_policy="within", extra_work_limit=allowed)
        approve(order, 1000, is_firm=is_firm)

        page = web.get(costs(order, total)).content.decode()

        assert (WARNING in page) == warns

    @pytest.mark.parametrize(
        ("is_firm", "total", "warns"),
        [
            (True, "1000.00", False),
            (True, "1000.01", True),
            (False, "1100.00", False),
            (False, "1100.01", True),
        ],
    )
    def test_of_whoever_was_not_asked_in_advance(self, web, is_firm, total, warns):
        order = make.work_order()
        approve(order, 1000, is_firm=is_firm)

        page = web.get(costs(order, total)).content.decode()

        assert (WARNING in page) == warns

    def test_a_sum_from_before_they_changed_their_mind_allows_nothing(self, web):
        order = make.work_order(extra_work_policy="ask", extra_work_limit=300)
        approve(order, 1000)

        assert WARNING in web.get(costs(order, 1200)).content.decode()

    def test_the_sum_is_counted_from_the_latest_approval(self, web):
        order = make.work_order(extra_work_policy="within", extra_work_limit=300)
        approve(order, 1000, at=make.at(10))
        before = web.get(costs(order, 1700)).content.decode()

        approve(order, 1500)

        assert WARNING in before
        assert WARNING not in web.get(order.url).content.decode()

    def test_about_nothing_while_no_price_was_agreed_upon(self, web):
        order = make.work_order(extra_work_policy="ask")

        assert WARNING not in web.get(costs(order, 1200)).content.decode()


@pytest.mark.parametrize(
    ("policy", "total", "said"),
    [
        ("within", 1200, "в пределах 300,00 ₽, разрешённых клиентом"),
        ("within", 1400, "Без согласования разрешено не больше 300,00 ₽ сверху."),
        ("within", 900, "без согласования ещё до 300,00 ₽"),
        ("ask", 1200, "Клиент просил согласовывать любые дополнительные работы."),
        ("refuse", 1200, "Клиент просил не делать ничего сверх заказ-наряда."),
    ],
)
def test_the_page_says_what_they_said(web, policy, total, said):
    order = make.work_order(extra_work_policy=policy, extra_work_limit=300)
    approve(order, 1000)

    page = web.get(f"{costs(order, total)}approvals/").content.decode()

    assert page.count(said) == 1


def test_an_approval_is_proposed_at_the_total(web):
    order = make.work_order(extra_work_policy="within", extra_work_limit=300)
    approve(order, 1000)

    window = web.get(f"{costs(order, 1400)}approvals/add/").content.decode()

    assert 'value="1400.00"' in window
