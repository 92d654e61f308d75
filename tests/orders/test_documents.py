"""What all documents share: totals, payments, «unfinished», the log of states."""

from decimal import Decimal

import pghistory
import pytest
from django.db import IntegrityError, connection

from customers.models import Counterparty
from orders import states
from orders.models import Document, PartLine, StateChange, VatRate, WorkLine
from orders.queries import documents, settlements
from tests import make
from tests.contract import page

pytestmark = pytest.mark.django_db

MAKE = {
    "repair_request": make.request,
    "customer_order": make.customer_order,
    "work_order": make.work_order,
    "estimate": make.estimate,
    "sale": make.sale,
    "invoice": make.invoice,
    "visit": make.visit,
}
OF_EACH_KIND = [(kind, state) for kind, known in states.OF_KIND.items() for state in known]
FINISHED = {
    ("repair_request", ""),
    ("repair_request", "arrived"),
    ("repair_request", "no_show"),
    ("repair_request", "cancelled"),
    ("customer_order", "closed"),
    ("customer_order", "cancelled"),
    ("work_order", "closed"),
    ("work_order", "refused"),
    *(
        (paper, state)
        for paper in ("estimate", "sale", "invoice", "visit")
        for state in states.OF_KIND[paper]
    ),
}


def again(document) -> Document:
    return Document.objects.get(pk=document.pk)


class TestState:
    @pytest.mark.parametrize(("kind", "state"), OF_EACH_KIND)
    def test_says_whether_the_document_is_unfinished(self, kind, state):
        document = MAKE[kind](make.client(), state=state)

        assert again(document).is_open is ((kind, state) not in FINISHED)

    def test_of_work_orders_stand_in_the_order_of_the_field(self):
        assert list(states.WORK_ORDER) == [
            *("request", "reserved", "in_progress", "approval", "waiting", "parked"),
            *("completed", "closed", "refused"),
        ]

    @pytest.mark.parametrize(
        ("kind", "state"),
        [
            ("work_order", "new"),
            ("work_order", ""),
            ("customer_order", "in_progress"),
            ("repair_request", "completed"),
            ("repair_request", "nonsense"),
        ],
    )
    def test_of_another_kind_is_refused(self, kind, state):
        with pytest.raises(IntegrityError, match="document_state_of_its_kind"):
            MAKE[kind](make.client(), state=state)

    def test_changes_are_logged_by_whoever_makes_them(self, anna):
        order = make.work_order(state="request")
        order.state = "in_progress"
        with pghistory.context(user=anna.pk, why="клиент согласен"):
            order.save()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE orders_document SET state = 'completed'")
        Document.objects.update(comment="no change of state")

        log = StateChange.objects.order_by("pk").values_list("from_state", "to_state", "by", "why")
        assert next(iter(log)) == ("request", "in_progress", anna.pk, "клиент согласен")
        assert list(log)[1][:2] == ("in_progress", "completed")
        assert len(log) == 2


class TestTotal:
    def test_is_the_sum_of_the_lines(self):
        order = make.work_order()
        work = make.work(order, price="1500.50", quantity="1.5")
        make.goods(order, price=333, quantity=3)
        assert again(order).total == Decimal("3249.75")

        work.price = 1000
        work.save()
        assert again(order).total == 2499

        WorkLine.objects.all().delete()
        assert again(order).total == 999

    def test_follows_bulk_writes_and_sql(self):
        order, part = make.customer_order(), make.part()
        PartLine.objects.bulk_create(
            [PartLine(document=order, part=part, price=10, quantity=n) for n in (1, 2, 3)]
        )
        assert again(order).total == 60
        with connection.cursor() as cursor:
            cursor.execute("UPDATE orders_partline SET price = 1")

        assert again(order).total == 6

    def test_of_both_documents_follows_a_line_that_moves(self):
        first, second = make.work_order(), make.work_order()
        line = make.work(first, price=100)
        line.document = second
        line.save()

        assert (again(first).total, again(second).total) == (0, 100)

    @pytest.mark.parametrize("facts", [{"quantity": 0}, {"quantity": -1}, {"price": -1}])
    def test_has_no_negative_lines(self, facts):
        with pytest.raises(IntegrityError):
            make.work(make.work_order(), **facts)


class TestPaid:
    def test_is_what_was_received_less_what_was_given_back(self):
        order = make.work_order()
        make.work(order, price=1000)
        make.payment(order, 700)
        make.payment(order, 200, direction="out")
        make.payment(order, 50, state="cancelled")
        assert (again(order).paid, again(order).due) == (500, 500)

        make.payment(order, 800)
        assert (again(order).paid, again(order).due) == (1300, 0)

    def test_follows_a_payment_that_is_cancelled_moved_or_deleted(self):
        first, second = make.work_order(), make.work_order()
        payment = make.payment(first, 100)
        payment.document = second
        payment.save()
        assert (again(first).paid, again(second).paid) == (0, 100)
        payment.state = "cancelled"
        payment.save()
        assert again(second).paid == 0
        make.payment(second, 30).delete()

        assert again(second).paid == 0

    @pytest.mark.parametrize("amount", [0, -5])
    def test_no_payment_is_zero_or_negative(self, amount):
        with pytest.raises(IntegrityError, match="payment_amount_positive"):
            make.payment(make.work_order(), amount)


class TestMoneyOfAClient:
    def of(self, client) -> tuple:
        facts = Counterparty.objects.annotate(
            debt=settlements.debt_on_open_work_orders(),
            owed=settlements.receivable(),
            ahead=settlements.advance(),
        ).get(pk=client.pk)
        return facts.debt, facts.owed, facts.ahead

    def test_debt_is_of_open_work_orders_that_the_client_pays_for(self):
        client, firm = make.client(), make.client()
        for state in ("in_progress", "completed", "closed", "refused"):
            make.work(make.work_order(client, state=state), price=1000)
        make.work(make.work_order(client, payer=firm), price=500)
        make.goods(make.customer_order(client, payer=client), price=300)

        assert self.of(client)[0] == 2000
        assert self.of(firm)[0] == 500

    def test_what_was_overpaid_hides_no_debt(self):
        client = make.client()
        paid, unpaid = make.work_order(client), make.work_order(client)
        make.work(unpaid, price=1000)
        make.payment(paid, 5000)

        assert self.of(client) == (1000, 0, 5000)

    def test_receivable_is_of_work_that_is_done(self):
        client = make.client()
        for state in ("in_progress", "completed", "closed"):
            make.work(make.work_order(client, state=state), price=100)
        make.goods(make.customer_order(client, payer=client, state="issued"), price=30)

        assert self.of(client)[1] == 230

    def test_of_a_client_without_documents_is_nothing(self):
        assert self.of(make.client()) == (0, 0, 0)


class TestLists:
    def test_unfinished_begin_with_the_earliest_promise(self):
        client = make.client()
        late = make.work_order(client, planned_handover_at=make.at(18))
        soon = make.request(client, slot=make.at(12))
        never = make.customer_order(client)
        make.work_order(client, state="closed")
        make.work_order(make.client())

        assert [d.pk for d in documents.unfinished_of(client)] == [soon.pk, late.pk, never.pk]

    def test_the_promise_of_goods_counts_too(self):
        client = make.client()
        handover = make.work_order(client, planned_handover_at=make.at(18, days=5))
        goods = make.customer_order(client, expected_on=make.day(-3))

        unfinished = documents.unfinished_of(client)

        assert [d.pk for d in unfinished] == [goods.pk, handover.pk]
        assert [d.is_late for d in unfinished] == [True, False]

    @pytest.mark.parametrize(
        ("state", "late"), [("in_progress", True), ("waiting", True), ("completed", False)]
    )
    def test_late_is_what_was_promised_and_is_not_done(self, state, late):
        client = make.client()
        make.work_order(client, state=state, planned_handover_at=make.at(11))

        (order,) = documents.unfinished_of(client)

        assert order.is_late is late

    def test_masters_are_the_latest_first_with_the_number_of_orders(self, htmx, gleb, dina):
        client = make.client()
        make.work_order(client, master=dina, date=make.day(-5))
        make.work_order(client, master=dina, date=make.day(-4))
        make.work_order(client, master=gleb, date=make.day(-1))
        make.work_order(client)

        panel = page.parse(htmx.get(f"/customers/{client.pk}/info/"))

        assert "Котов Г. Ю. (1), Гордеева Д. П. (2)" in panel.one(id="client-facts").text


class TestNumber:
    def test_is_given_once_a_year_branch_and_kind(self):
        make.work_order(number="ЦОА0000001")
        make.customer_order(number="ЦОА0000001")
        make.work_order(number="ЦОА0000001", date=make.day(-400))
        make.work_order(number="ЦОА0000001", branch=make.branch("Второй"))

        with pytest.raises(IntegrityError, match="document_number_once"):
            make.work_order(number="ЦОА0000001")


class TestVat:
    @pytest.mark.parametrize(
        ("day", "percent"),
        [("2018-12-31", 18), ("2019-01-01", 20), ("2025-12-31", 20), ("2026-01-01", 22)],
    )
    def test_one_standard_rate_is_in_force_on_each_day(self, day, percent):
        """[law: НК РФ ст. 164]"""
        standard = VatRate.objects.filter(is_standard=True, valid_from__lte=day)

        assert [r.percent for r in standard.exclude(valid_until__lt=day)] == [percent]

    def test_the_other_rates_may_be_chosen(self):
        rates = set(VatRate.objects.values_list("percent", flat=True))

        assert rates >= {None, 0, 5, 7, 10, 20, 22}
