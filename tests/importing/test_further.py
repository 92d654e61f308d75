"""Further files and columns: slots, carts, works of orders, and documents that others mention."""

import pytest

from customers.models import Event
from orders.models import Cart, Document, Payment, Slot
from tests import make
from vehicles.models import OdometerReading, Vehicle

pytestmark = pytest.mark.django_db

THERE = {
    "users": "username\ngleb",
    "customers": "id,name\n1,Зубков",
    "vehicles": "id,model\nv,Vesta",
    "parts": "id,article,name,price\noil,A1,Фильтр,100",
    "orders": "id,customer,date,state\n7,1,2024-05-01,new",
    "work_orders": "id,customer,date,state,vehicle,mileage\n7,1,2024-05-01,closed,v,500",
    "requests": "id,date,customer,start\nr,2024-05-01,1,\nalone,2024-05-01,1,2024-05-02 09:00",
}
SLOTS = "request,start,end,bay,master\n"


@pytest.fixture
def shop(files):
    return lambda **texts: files(**THERE | texts)


class TestSlots:
    def test_are_as_many_as_the_request_needs(self, shop, bring, versions):
        directory = shop(
            slots=f"{SLOTS}r,2024-05-02 09:00,2024-05-02 10:00,Пост 1,gleb\n"
            "r,2024-05-03 09:00,,Пост 1,\n"
        )
        assert bring(directory)["slots"]["new"] == 2
        held = Slot.objects.filter(request__source_id="r").order_by("pk")
        assert [(str(slot.bay), str(slot.master)) for slot in held] == [
            ("Пост 1", "gleb"),
            ("Пост 1", "None"),
        ]

        before = versions()
        assert bring(directory)["slots"]["unchanged"] == 2
        assert versions() == before

    @pytest.mark.parametrize("scarce", ["Пост 1,", ",gleb"])
    def test_hold_no_bay_and_no_master_twice(self, shop, bring, scarce):
        ran = bring(
            shop(slots=f"{SLOTS}r,2024-05-02 09:00,,{scarce}\nr,2024-05-02 09:30,,{scarce}\n")
        )

        assert ran.status == 1
        assert "slots.csv" in ran.complained

    def test_do_not_stand_in_two_files(self, shop, bring):
        ran = bring(shop(slots=f"{SLOTS}alone,2024-05-03 09:00,,,"), skip_bad=True)

        assert ran["slots"]["rejected"] == 1
        assert Slot.objects.get().request.source_id == "alone"


class TestMentions:
    def test_name_the_file_where_two_documents_are_called_the_same(self, shop, bring):
        event = "id,kind,occurred_at,document\ne,task,2024-05-01,"
        assert "orders:7, work_orders:7" in bring(shop(events=f"{event}7")).complained

        bring(shop(events=f"{event}orders:7"))

        assert Event.objects.get().document.kind == "customer_order"

    def test_of_a_reading_wait_for_the_work_orders(self, shop, bring):
        reading = "vehicle,taken_on,km,document\nv,2024-05-01,600,"
        assert "odometer.csv" in bring(shop(odometer=f"{reading}nowhere")).complained

        bring(shop(odometer=f"{reading}orders:7"))

        found = OdometerReading.objects.get()
        assert (found.km, found.document.kind) == (600, "customer_order")


class TestLines:
    def test_of_every_kind_make_the_total(self, shop, bring):
        bring(
            shop(
                order_works="order,name,price\n7,Подгонка,300",
                request_works="request,name,price\nr,Осмотр,50",
                request_parts="request,part,quantity\nr,oil,2",
            )
        )

        totals = dict(Document.objects.exclude(total=0).values_list("kind", "total"))
        assert totals == {"customer_order": 300, "repair_request": 250}

    def test_of_a_cart_are_replaced_as_a_whole(self, shop, bring):
        carts = "id,customer\nc,1"
        bring(shop(carts=carts, cart_lines="cart,part,name\nc,oil,\nc,,Замена"))
        assert [line.name for line in Cart.objects.get().lines.order_by("pk")] == [
            "Фильтр",
            "Замена",
        ]

        assert bring(shop(carts=carts, cart_lines="cart,name\nc,Замена"))["cart_lines"]["changed"]

        assert Cart.objects.get().lines.count() == 1
        assert bring(shop(carts=carts, cart_lines="cart,part,name\nc,,")).status == 1


class TestPayments:
    def test_with_an_id_are_changed_and_moved(self, shop, bring):
        payments = "id,document,date,amount,receipt_number,customer\n"
        bring(shop(payments=f"{payments}p,orders:7,2024-05-01,10,ФД 1,"))

        bring(shop(payments=f"{payments}p,work_orders:7,2024-05-01,15,,"))

        found = Payment.objects.get()
        assert (found.amount, found.receipt_number) == (15, "ФД 1")
        paid = Document.objects.filter(source_id="7").values_list("kind", "paid")
        assert dict(paid) == {"customer_order": 0, "work_order": 15}

    def test_of_nothing_are_an_advance_of_somebody(self, shop, bring):
        payments = "id,date,amount,customer\n"
        assert bring(shop(payments=f"{payments}p,2024-05-01,10,")).status == 1
        assert bring(shop(payments=f"{payments}p,2024-05-01,10,1\np,2024-05-01,9,1")).status == 1

        bring(shop(payments=f"{payments}p,2024-05-01,10,1"))

        assert str(Payment.objects.get().counterparty) == "Зубков"


class TestColumns:
    def test_that_a_file_lacks_leave_what_people_wrote(self, shop, bring):
        bring(shop())
        Vehicle.objects.update(engine="1.6", comment="Стучит")
        Document.objects.update(comment="Позвонить", created_at=make.NOW)

        ran = bring(shop())

        assert all(count["unchanged"] == count["read"] for count in ran.counts.values())
        assert Vehicle.objects.get().engine == "1.6"
        assert set(Document.objects.values_list("comment", "created_at")) == {
            ("Позвонить", make.NOW)
        }
