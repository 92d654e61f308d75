"""payments.csv and balances.csv: what documents were paid, and what clients owed before them."""

from decimal import Decimal

import pytest

from customers.models import Counterparty
from orders.models import Document, OpeningBalance, Payment
from orders.queries import settlements
from tests import make

pytestmark = pytest.mark.django_db

CUSTOMERS = "id,name\n1,Зубков\n2,Иванов\n"
ORDERS = "id,customer,date,state,total,paid\n"
PAYMENTS = "document,date,amount,method\n"


@pytest.fixture
def shop(files):
    """Two clients, an order of 1000 each, and a work order that has an order's id."""

    def write(**texts):
        there = {
            "customers": CUSTOMERS,
            "orders": f"{ORDERS}o1,1,2024-05-01,issued,1000,\n7,2,2024-05-01,issued,1000,",
            "work_orders": f"{ORDERS}7,1,2024-05-01,completed,500,\nw1,2,2024-05-01,closed,90,",
            "requests": "id,customer,date,state\nr1,1,2024-05-01,new",
        }
        return files(**there | texts)

    return write


def paid(kind: str, source_id: str) -> Decimal:
    return Document.objects.get(kind=kind, source_id=source_id).paid


def money_of(name: str) -> tuple:
    client = Counterparty.objects.annotate(
        owed=settlements.receivable(), ahead=settlements.advance()
    ).get(name=name)
    return client.owed, client.ahead


class TestPayments:
    def test_are_received_and_given_back(self, shop, bring):
        ran = bring(
            shop(
                payments=f"{PAYMENTS}o1,2024-05-02,700,card\no1,2024-05-03,-200,\n"
                'w1,03.05.2024,"90,00",sbp\nr1,2024-05-01,10,bank'
            )
        )

        assert ran["payments"]["new"] == 4, ran.complained
        assert paid("customer_order", "o1") == 500
        assert paid("work_order", "w1") == 90
        assert paid("repair_request", "r1") == 10
        refund = Payment.objects.get(direction="out")
        assert (refund.amount, refund.method, str(refund.counterparty)) == (200, "cash", "Зубков")
        assert money_of("Зубков")[0] == 500 + 500

    def test_a_first_import_writes_no_history(self, shop, bring):
        bring(shop(payments=f"{PAYMENTS}o1,2024-05-02,700,card"))

        assert not Document.objects.get(source_id="o1").document_history.exists()

    def test_again_change_nothing_even_when_two_are_alike(self, shop, bring, versions):
        directory = shop(payments=f"{PAYMENTS}" + "o1,2024-05-02,100,\n" * 2)
        bring(directory)
        before = versions()

        ran = bring(directory)

        assert ran["payments"] == {
            "read": 2, "new": 0, "changed": 0, "unchanged": 2, "rejected": 0
        }  # fmt: skip
        assert versions() == before
        assert paid("customer_order", "o1") == 200

    def test_add_up_for_a_document_that_came_before(self, shop, bring, files):
        bring(shop(payments=f"{PAYMENTS}o1,2024-05-02,100,"))

        bring(files(folder="later", payments=f"{PAYMENTS}o1,2024-06-02,250,"))

        order = Document.objects.get(source_id="o1")
        assert (order.paid, order.total) == (350, 1000)

    def test_an_id_of_two_documents_needs_the_name_of_its_file(self, shop, bring):
        ran = bring(shop(payments=f"{PAYMENTS}7,2024-05-02,100,"))

        assert ran.status == 1
        assert "orders:7, work_orders:7" in ran.complained

        bring(shop(payments=f"{PAYMENTS}orders:7,2024-05-02,100,\nwork_orders:7,2024-05-02,30,"))

        assert paid("customer_order", "7") == 100
        assert paid("work_order", "7") == 30

    def test_of_no_document_are_refused(self, shop, bring):
        ran = bring(
            shop(
                orders=f"{ORDERS}bad,1,когда-то,issued,,",
                payments=f"{PAYMENTS}nowhere,2024-05-02,100,\nbad,2024-05-02,100,\n"
                "w1,2024-05-02,0,",
            ),
            skip_bad=True,
        )

        assert ran["payments"]["rejected"] == 3
        assert not Payment.objects.exists()

    def test_are_not_counted_twice_with_the_column_paid(self, shop, bring, files):
        ran = bring(
            shop(
                orders=f"{ORDERS}o1,1,2024-05-01,issued,1000,400",
                payments=f"{PAYMENTS}o1,2024-05-02,400,",
            )
        )
        assert ran.status == 1
        assert "payments.csv" in ran.complained

        bring(shop(orders=f"{ORDERS}o1,1,2024-05-01,issued,1000,400", payments=PAYMENTS))
        assert bring(files(folder="later", payments=f"{PAYMENTS}o1,2024-05-02,400,")).status == 1
        assert paid("customer_order", "o1") == 400

        bring(
            shop(
                orders=f"{ORDERS}o1,1,2024-05-01,issued,1000,",
                payments=f"{PAYMENTS}o1,2024-05-02,300,\no1,2024-05-03,100,",
            )
        )
        order = Document.objects.get(source_id="o1")
        assert (order.paid, order.payments.count(), order.total) == (400, 2, 1000)


class TestBalances:
    def test_above_zero_are_owed_and_below_zero_paid_in_advance(self, shop, bring):
        ran = bring(
            shop(orders=ORDERS, work_orders=ORDERS, balances="customer,amount\n1,1500\n2,-300,50")
        )
        assert ran.status == 1  # a comma too many

        bring(
            shop(orders=ORDERS, work_orders=ORDERS, balances="customer;amount\n1;1500\n2;-300,50")
        )

        assert money_of("Зубков") == (1500, 0)
        assert money_of("Иванов") == (0, Decimal("300.50"))

    def test_again_change_nothing_or_what_the_file_changed(self, shop, bring, versions):
        bring(shop(balances="customer,amount\n1,1500"))
        before = versions()

        assert bring(shop(balances="customer,amount\n1,1500"))["balances"]["unchanged"] == 1
        assert versions() == before

        assert bring(shop(balances="customer,amount\n1,0"))["balances"]["changed"] == 1
        assert OpeningBalance.objects.get().amount == 0

    def test_of_a_client_stand_once(self, shop, bring):
        assert bring(shop(balances="customer,amount\n1,1500\n1,20")).status == 1


class TestWhatIsOwedWithoutADocument:
    def test_is_settled_by_payments_without_one(self):
        client = make.client("Должников")
        OpeningBalance.objects.create(counterparty=client, amount=1000)
        make.payment(None, 400, counterparty=client)
        make.payment(None, 5000, counterparty=client, state="cancelled")
        assert money_of("Должников") == (600, 0)

        make.payment(None, 900, counterparty=client)
        make.payment(None, 100, counterparty=client, direction="out")

        assert money_of("Должников") == (0, 200)

    def test_an_advance_hides_no_debt_of_a_document(self):
        client = make.client("Авансов")
        make.work(make.work_order(client, state="completed"), price=700)
        make.payment(None, 1000, counterparty=client)

        assert money_of("Авансов") == (700, 1000)
