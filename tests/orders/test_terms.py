"""Companies pay later: closing unpaid is normal within the delay and the limit of a contract."""

import datetime

import pytest

from armclients.kit.refusals import RefusedError
from armclients.templatetags import arm
from orders.actions import terms
from orders.actions.states import change_state
from orders.models import Contract, Document, StateChange
from tests import agreed, make
from tests.workstation.writers import at_once


@pytest.fixture
def firm(db):
    return make.client("Рога и копыта", legal_form="company")


def unpaid(firm, contract, *, price: int = 1000, state: str = "completed") -> Document:
    order = make.work_order(firm, state=state, contract=contract)
    make.work(order, price=price)
    return order


def closed(order: Document) -> bool:
    return Document.objects.get(pk=order.pk).state == "closed"


def close(order: Document, by, **facts) -> None:
    change_state(order.pk, seen="completed", to="closed", by=by, on=make.TODAY, **facts)


class TestClosingUnpaid:
    def test_is_normal_within_the_terms(self, firm, anna):
        order = unpaid(firm, agreed.contract(firm, payment_delay_days=14, credit_limit=5000))

        close(order, anna)

        assert closed(order)

    @pytest.mark.parametrize(
        ("given", "because"),
        [
            ({}, "отсрочк"),
            ({"payment_delay_days": 14, "credit_limit": 999}, "999"),
            ({"payment_delay_days": 14, "valid_until": make.day(-1)}, "не действует"),
            ({"payment_delay_days": 14, "date": make.day(1)}, "не действует"),
        ],
    )
    def test_is_refused_outside_them(self, firm, anna, given, because):
        order = unpaid(firm, agreed.contract(firm, **given))

        with pytest.raises(RefusedError, match=because):
            close(order, anna)

        assert not closed(order)

    def test_is_refused_while_another_order_is_overdue(self, firm, anna):
        contract = agreed.contract(firm, payment_delay_days=14)
        late = unpaid(firm, contract)
        change_state(late.pk, seen="completed", to="closed", by=anna, on=make.TODAY)
        ages_ago = make.NOW - datetime.timedelta(days=15)
        StateChange.objects.filter(document=late).update(at=ages_ago)

        with pytest.raises(RefusedError, match=late.number):
            close(unpaid(firm, contract), anna)

    def test_counts_what_is_owed_already(self, firm, anna):
        contract = agreed.contract(firm, payment_delay_days=14, credit_limit=1500)
        close(unpaid(firm, contract), anna)
        StateChange.objects.update(at=make.NOW)

        with pytest.raises(RefusedError, match=arm.money(2000)):
            close(unpaid(firm, contract), anna)

    def test_outside_them_takes_the_right(self, firm, dina):
        order = unpaid(firm, agreed.contract(firm))

        close(order, dina)

        assert closed(order)


class TestAgreeing:
    def test_on_the_screen(self, web, firm):
        contract = agreed.contract(firm, number="17-О")
        order = make.work_order(firm)

        web.post(f"/documents/{order.pk}/terms/", {"contract": contract.pk, "representative": ""})

        assert Document.objects.get(pk=order.pk).contract == contract
        assert "17-О" in web.get(f"/documents/{order.pk}/payments/").content.decode()

    def test_the_card_names_the_contract_that_is_valid(self, web, firm):
        agreed.contract(firm, number="прошлый", valid_until=make.day(-1))
        agreed.contract(firm, number="17-О", payment_delay_days=14, credit_limit=300_000)

        card = web.get(f"/?customer={firm.pk}").content.decode()

        assert "№ 17-О" in card
        assert "прошлый" not in card

    def test_another_clients_contract_is_refused(self, htmx, firm):
        order, strange = make.work_order(firm), agreed.contract(make.client())

        answer = htmx.post(f"/documents/{order.pk}/terms/", {"contract": strange.pk})

        assert answer.status_code == 422
        assert Document.objects.get(pk=order.pk).contract is None

    def test_a_settled_document_keeps_its_terms(self, firm, anna):
        order = make.work_order(firm, state="closed")

        with pytest.raises(RefusedError):
            terms.agree(order.pk, contract=agreed.contract(firm), representative=None, by=anna)


@pytest.mark.django_db(transaction=True)
def test_two_orders_closed_at_once_do_not_exceed_the_limit_together():
    firm, anna = make.client("Рога"), make.user("anna", role="advisor")
    contract = agreed.contract(firm, payment_delay_days=14, credit_limit=1500)
    orders, refused = [unpaid(firm, contract) for _ in range(4)], []

    def closing(order):
        def act() -> None:
            try:
                close(order, anna)
            except RefusedError as refusal:
                refused.append(refusal)

        return act

    at_once(*(closing(order) for order in orders))

    assert len(refused) == 3
    assert Document.objects.filter(state="closed").count() == 1
    assert Contract.objects.count() == 1
