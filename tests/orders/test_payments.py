"""Money for a document: what is due, what is too much, and never twice."""

import uuid
from decimal import Decimal

import pytest

from armclients.kit.refusals import RefusedError
from armclients.templatetags import arm
from orders.actions.payments import register
from orders.actions.states import change_state
from orders.models import Document, Payment
from tests import agreed, make
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


class TestSums:
    """Sentences write them as the screens beside them do."""

    @pytest.fixture
    def dear(self, db):
        order = make.work_order(make.client(), state="completed")
        make.work(order, price=12_000)
        make.payment(order, 1_000)
        return Document.objects.get(pk=order.pk)

    def test_in_refusals_of_the_form(self, htmx, dear):
        answer = htmx.post(address(dear), form(amount="99999"))

        assert "11 000,00 ₽" in page.parse(answer).one("p", class_="error").text

    def test_in_what_the_window_says(self, htmx, dear):
        said = page.parse(htmx.get(address(dear))).text

        assert "1 000,00 ₽ из 12 000,00 ₽" in said

    def test_in_the_refusal_to_close(self, anna, dear):
        with pytest.raises(RefusedError, match=f"{arm.money(11_000)} ₽"):
            change_state(dear.pk, seen="completed", to="closed", by=anna, on=make.TODAY)

    def test_in_the_limit_of_a_contract(self, anna, dear):
        contract = agreed.contract(dear.payer, payment_delay_days=14, credit_limit=2_500)
        Document.objects.filter(pk=dear.pk).update(contract=contract)

        with pytest.raises(RefusedError, match=f"{arm.money(11_000)} ₽.*{arm.money(2_500)} ₽"):
            change_state(dear.pk, seen="completed", to="closed", by=anna, on=make.TODAY)
