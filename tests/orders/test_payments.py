"""Money for a document: what is due, what is too much, and never twice."""

import uuid
from decimal import Decimal

import pytest

from armclients.kit.refusals import RefusedError
from orders.actions.payments import register
from orders.models import Document, Payment
from tests import make
from tests.contract import page
from tests.workstation.writers import at_once

PAID_IN_CASH = {"amount": "1500", "method": "cash"}


@pytest.fixture
def order(db):
    order = make.work_order(state="completed")
    make.work(order, price=1500)
    return order


def address(document: Document) -> str:
    return f"/documents/{document.pk}/pay/"


def paid(document: Document) -> Decimal:
    return Document.objects.values_list("paid", flat=True).get(pk=document.pk)


def form(**facts: str) -> dict[str, str]:
    return PAID_IN_CASH | {"key": str(uuid.uuid4())} | facts


class TestPaying:
    def test_what_is_due_is_filled_in(self, web, order):
        answer = page.parse(web.get(address(order)))

        assert answer.one("input", name="amount")["value"] == "1500.00"

    def test_the_debt_is_gone_and_the_payer_is_named(self, htmx, anna, order):
        answer = htmx.post(address(order), form(receipt_number="№ 17"))

        payment = Payment.objects.get()
        assert answer.status_code == 204
        assert "documents-changed" in answer["HX-Trigger"]
        assert (payment.counterparty, payment.author, payment.date) == (
            order.payer,
            anna,
            make.TODAY,
        )
        assert (paid(order), payment.receipt_number) == (1500, "№ 17")

    def test_without_scripts_one_is_back_at_the_client(self, web, order):
        answer = web.post(address(order), form(), follow=True)

        assert "Оплата записана" in answer.content.decode()
        assert paid(order) == 1500

    @pytest.mark.parametrize("amount", ["", "0", "-1", "сто", "1500.001", "1e30", "1501"])
    def test_a_wrong_sum_is_refused_at_its_field(self, htmx, order, amount):
        answer = htmx.post(address(order), form(amount=amount))

        assert answer.status_code == 422
        assert page.parse(answer).one("input", name="amount")["aria-invalid"] == "true"
        assert not Payment.objects.exists()

    def test_more_than_is_due_is_an_advance_when_it_is_called_so(self, htmx, order):
        htmx.post(address(order), form(amount="2000", rest_is_advance="on"))

        assert paid(order) == 2000

    def test_a_refused_order_takes_no_money(self, htmx):
        order = make.work_order(state="refused")

        assert htmx.post(address(order), form()).status_code == 422

    def test_sent_twice_it_is_one_payment(self, htmx, order):
        sent = form(amount="700")

        for _time in range(2):
            assert htmx.post(address(order), sent).status_code == 204

        assert paid(order) == 700


class TestRefunding:
    def test_is_for_managers(self, client_of, order, anna, dina):
        make.payment(order, 1500)
        back = form(amount="500", direction="out")

        assert "direction" not in client_of(anna).get(address(order)).content.decode()
        client_of(dina).post(address(order), back)

        assert paid(order) == 1000

    def test_no_more_is_given_back_than_was_paid(self, order, dina):
        make.payment(order, 100)

        with pytest.raises(RefusedError):
            register(
                order.pk,
                key=uuid.uuid4(),
                amount=Decimal(101),
                method="cash",
                direction="out",
                by=dina,
                on=make.TODAY,
            )


@pytest.mark.django_db(transaction=True)
def test_two_cashiers_do_not_take_the_same_debt_twice():
    anna, order = make.user("anna", role="advisor"), make.work_order(state="completed")
    make.work(order, price=1500)
    refused = []

    def take() -> None:
        try:
            register(
                order.pk,
                key=uuid.uuid4(),
                amount=Decimal(1500),
                method="cash",
                by=anna,
                on=make.TODAY,
            )
        except RefusedError as refusal:
            refused.append(refusal)

    at_once(*[take] * 4)

    assert len(refused) == 3
    assert paid(order) == 1500
