"""Money paid ahead is taken for a document: never more than there is, by however many at once."""

from decimal import Decimal

import pytest

from armclients.kit.refusals import RefusedError
from orders.actions import payments
from orders.models import Document, OpeningBalance, Payment
from orders.queries import settlements
from tests import make
from tests.workstation.writers import at_once


def owing(client, price: int = 1000, **facts) -> Document:
    order = make.work_order(client, state="completed", **facts)
    make.work(order, price=price)
    return order


def paid(document: Document) -> Decimal:
    return Document.objects.get(pk=document.pk).paid


@pytest.fixture
def client(db):
    return make.client("Зубков")


class TestAdvance:
    def test_a_payment_that_is_larger_is_split(self, client, anna):
        advance = make.payment(None, 1500, counterparty=client, method="card")
        order = owing(client)

        payments.allocate(order.pk, amount=Decimal(600), by=anna)

        advance.refresh_from_db()
        taken = Payment.objects.get(document=order)
        assert (advance.amount, advance.document) == (900, None)
        assert (taken.amount, taken.method, taken.date) == (600, "card", advance.date)
        assert paid(order) == 600
        assert settlements.advance_of(client.pk) == 900

    def test_the_oldest_money_goes_first_and_whole(self, client, anna):
        old = make.payment(None, 400, counterparty=client, date=make.day(-9))
        new = make.payment(None, 400, counterparty=client)
        order = owing(client)

        payments.allocate(order.pk, amount=Decimal(500), by=anna)

        old.refresh_from_db()
        new.refresh_from_db()
        assert (old.document_id, old.amount) == (order.pk, 400)
        assert (new.document_id, new.amount) == (None, 300)

    @pytest.mark.parametrize("amount", [501, 1001])
    def test_is_never_more_than_there_is_or_is_due(self, client, anna, amount):
        make.payment(None, 500, counterparty=client)
        order = owing(client)

        with pytest.raises(RefusedError):
            payments.allocate(order.pk, amount=Decimal(amount), by=anna)

        assert paid(order) == 0

    def test_money_given_back_and_old_debts_are_not_there(self, client, anna):
        make.payment(None, 500, counterparty=client)
        make.payment(None, 100, counterparty=client, direction="out")
        OpeningBalance.objects.create(counterparty=client, amount=150)
        order = owing(client)

        with pytest.raises(RefusedError, match="250"):
            payments.allocate(order.pk, amount=Decimal(251), by=anna)
        payments.allocate(order.pk, amount=Decimal(250), by=anna)

        assert paid(order) == 250

    def test_on_the_screen(self, web, client):
        make.payment(None, 500, counterparty=client)
        order = owing(client)

        offered = web.get(f"/documents/{order.pk}/payments/").content.decode()
        window = web.get(f"/documents/{order.pk}/payments/advance/").content.decode()
        web.post(f"/documents/{order.pk}/payments/advance/", {"amount": "500"})

        assert f"/documents/{order.pk}/payments/advance/" in offered
        assert 'value="500.00"' in window
        assert paid(order) == 500


class TestCarryingOver:
    def test_a_prepayment_goes_from_the_order_to_the_work_order(self, web, client):
        base = make.customer_order(client, payer=client, state="arrived")
        make.goods(base, price=800)
        make.payment(base, 800)
        order = owing(client, base=base)

        offered = web.get(f"/documents/{order.pk}/payments/").content.decode()
        web.post(f"/documents/{order.pk}/payments/base/", {"amount": "500"})

        assert f"/documents/{order.pk}/payments/base/" in offered
        assert (paid(base), paid(order)) == (300, 500)

    def test_what_was_handed_over_keeps_its_money(self, client, anna):
        base = make.customer_order(client, payer=client, state="issued")
        make.goods(base, price=800)
        make.payment(base, 800)

        with pytest.raises(RefusedError):
            payments.carry_over(owing(client, base=base).pk, amount=Decimal(1), by=anna)

    def test_no_more_than_was_paid(self, client, anna):
        base = make.customer_order(client, payer=client, state="arrived")
        make.payment(base, 100)

        with pytest.raises(RefusedError, match="100"):
            payments.carry_over(owing(client, base=base).pk, amount=Decimal(101), by=anna)


@pytest.mark.django_db(transaction=True)
def test_one_advance_is_not_taken_twice():
    client, anna = make.client("Зубков"), make.user("anna", role="advisor")
    make.payment(None, 1000, counterparty=client)
    orders, refused = [owing(client, 700) for _ in range(4)], []

    def taking(order):
        def act() -> None:
            try:
                payments.allocate(order.pk, amount=Decimal(700), by=anna)
            except RefusedError as refusal:
                refused.append(refusal)

        return act

    at_once(*(taking(order) for order in orders))

    assert len(refused) == 3
    assert sum(paid(order) for order in orders) == 700
    assert settlements.advance_of(client.pk) == 300
