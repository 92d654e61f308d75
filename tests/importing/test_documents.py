"""Documents: numbers, branches, sums, payments, bays, reserves, lines as a whole."""

import datetime
from decimal import Decimal

import pytest
from django.db import transaction

from customers.models import Counterparty
from orders.actions import numbering
from orders.models import (
    Branch,
    CustomerOrder,
    Document,
    DocumentCounter,
    Payment,
    Slot,
    StateChange,
    WorkOrder,
)
from tests import make
from vehicles.models import OdometerReading

pytestmark = pytest.mark.django_db

CUSTOMERS = "id,name\n1,Зубков\n2,Иванов\n"
PARTS = "id,article,name,price\noil,A1,Фильтр,100\npads,A2,Колодки,50.50\n"
STOCK = "part,warehouse,quantity\noil,Склад,5\n"
ORDERS = "id,customer,date,state,number,paid\n"
LINES = "order,part,quantity,price,reserved,warehouse\n"


@pytest.fixture
def shop(files):
    """The directory with clients, parts and stock."""

    def write(**texts):
        return files(**{"customers": CUSTOMERS, "parts": PARTS, "stock": STOCK, **texts})

    return write


def order(source_id: str = "o1") -> CustomerOrder:
    return CustomerOrder.objects.get(source_id=source_id)


class TestNumbers:
    def test_are_drawn_in_the_order_of_the_file_after_the_highest_given(self, shop, bring):
        bring(
            shop(
                branches="id,name,prefix\nb,Центр,ЦОА",
                orders=f"{ORDERS}z,1,2024-01-05,new,,\na,1,2024-01-01,new,,\nm,1,2024-02-01,new,ЦОА0000041,\n"
                "y,1,2025-01-01,new,,\nw,1,2024-01-01,new,ОСОБЫЙ-99,",
            )
        )

        assert [order(name).number for name in "zamyw"] == [
            "ЦОА0000042",
            "ЦОА0000043",
            "ЦОА0000041",
            "ЦОА0000001",
            "ОСОБЫЙ-99",
        ]

    def test_importing_again_never_renumbers(self, shop, bring):
        first = f"{ORDERS}a,1,2024-01-01,new,,"
        bring(shop(orders=first))

        bring(shop(orders=f"{ORDERS}b,1,2024-01-01,new,,\na,1,2024-01-01,closed,,"))

        assert order("a").number.endswith("0000001")
        assert order("b").number.endswith("0000002")
        assert DocumentCounter.objects.get().last == 2

    def test_drawing_one_goes_on_where_the_import_ended(self, shop, bring):
        bring(shop(orders=f"{ORDERS}a,1,2024-01-01,new,,"))
        branch = Branch.objects.get()

        with transaction.atomic():
            drawn = [
                numbering.draw(branch=branch, kind=kind, date=datetime.date(year, 5, 1))
                for kind, year in (
                    ("customer_order", 2024),
                    ("customer_order", 2024),
                    ("work_order", 2024),
                )
            ]

        assert drawn == ["ЦОА0000002", "ЦОА0000003", "ЦОА0000001"]

    @pytest.mark.django_db(transaction=True)
    def test_none_is_drawn_outside_a_transaction(self):
        with pytest.raises(transaction.TransactionManagementError):
            numbering.draw(branch=make.branch(), kind="work_order", date=make.TODAY)

    def test_a_number_taken_is_an_error(self, shop, bring):
        bring(shop(orders=f"{ORDERS}a,1,2024-01-01,new,7,"))

        ran = bring(
            shop(
                orders=f"{ORDERS}b,1,2024-03-01,new,7,\nc,1,2024-01-01,new,8,\nd,1,2024-01-01,new,8,"
            )
        )

        assert ran["orders"]["rejected"] == 2
        assert "«7»" in ran.complained

    def test_a_million_does_not_shorten_a_number(self, shop, bring):
        bring(shop(orders=f"{ORDERS}a,1,2024-01-01,new,ЦОА12345678,\nb,1,2024-01-01,new,,"))

        assert order("b").number == "ЦОА12345679"


class TestBranches:
    def test_without_any_one_is_made(self, shop, bring, settings):
        bring(shop(orders=f"{ORDERS}a,1,2024-01-01,new,,"))

        branch = Branch.objects.get()
        assert (branch.prefix, branch.timezone) == ("ЦОА", settings.TIME_ZONE)

    def test_no_branch_named_is_the_first(self, shop, bring):
        first = make.branch(name="Первый")
        make.branch(name="Второй")

        bring(shop(orders=f"{ORDERS}a,1,2024-01-01,new,,"))

        assert order("a").branch == first

    def test_times_are_those_of_the_branch(self, shop, bring):
        bring(
            shop(
                branches="id,name,timezone\nm,Москва,Europe/Moscow\ne,Екатеринбург,Asia/Yekaterinburg",
                requests="id,date,state,branch,start\n1,2024-01-01,new,m,2024-01-01 10:00\n"
                "2,2024-01-01,new,e,2024-01-01 10:00\n3,2024-01-01,new,e,2024-01-01T10:00+03:00",
            )
        )

        slots = Slot.objects.order_by("request_id")
        assert [slot.start_at.astimezone(datetime.UTC).hour for slot in slots] == [7, 5, 7]


class TestStates:
    def test_each_kind_has_its_own(self, shop, bring):
        ran = bring(shop(orders=f"{ORDERS}a,1,2024-01-01,in_progress,,"))

        assert ran.status == 1
        assert "in_supply" in ran.complained

    def test_changes_are_logged(self, shop, bring):
        bring(shop(orders=f"{ORDERS}a,1,2024-01-01,new,,"))

        bring(shop(orders=f"{ORDERS}a,1,2024-01-01,arrived,,"))

        change = StateChange.objects.get()
        assert (change.from_state, change.to_state) == ("new", "arrived")


class TestSums:
    def test_a_total_counts_only_without_lines(self, shop, bring):
        head = "id,customer,date,state,total\n"
        bring(
            shop(
                orders=f"{head}o1,1,2024-01-01,new,999\no2,1,2024-01-01,new,999",
                order_lines=f'{LINES}o1,oil,2,,,\no1,pads,3,"10,05",,',
            )
        )

        assert order("o1").total == Decimal("230.15")
        assert order("o2").total == 999

    def test_paid_is_one_payment_that_follows_the_file(self, shop, bring):
        def pay(paid: str):
            return bring(shop(orders=f"{ORDERS}o1,1,2024-01-01,new,,{paid}"))

        pay("100")
        assert Payment.objects.get().counterparty.name == "Зубков"
        assert pay("100")["orders"]["unchanged"] == 1

        assert pay("150.50")["orders"]["changed"] == 1
        assert Payment.objects.get().amount == order().paid == Decimal("150.50")

        assert pay("")["orders"]["changed"] == 1
        assert not Payment.objects.exists()
        assert order().paid == 0

    def test_payments_made_here_stay(self, shop, bring):
        bring(shop(orders=f"{ORDERS}o1,1,2024-01-01,new,,100"))
        make.payment(order(), 30)

        bring(shop(orders=f"{ORDERS}o1,1,2024-01-01,new,,120"))

        assert order().paid == 150

    @pytest.mark.parametrize("paid", ["-1", "сто", "1.005", "1e30", "9999999999999"])
    def test_sums_that_are_none(self, shop, bring, paid):
        assert bring(shop(orders=f"{ORDERS}o1,1,2024-01-01,new,,{paid}"))["orders"]["rejected"] == 1

    def test_a_total_no_column_can_hold(self, shop, bring):
        ran = bring(
            shop(
                orders=f"{ORDERS}o1,1,2024-01-01,new,,",
                order_lines=f"{LINES}o1,oil,999999999,999999999999,,",
            )
        )

        assert ran.status == 1
        assert "order_lines.csv" in ran.complained


class TestBookings:
    HEAD = "id,date,state,customer,start,end,bay\n"

    def test_a_bay_holds_one_at_a_time(self, shop, bring):
        ran = bring(
            shop(
                requests=f"{self.HEAD}1,2024-01-01,new,1,2024-01-01 10:00,2024-01-01 12:00,Пост 1\n"
                "2,2024-01-01,new,1,2024-01-01 12:00,2024-01-01 13:00,пост 1\n"
                "3,2024-01-01,new,1,2024-01-01 11:00,2024-01-01 11:30,Пост 1\n"
                "4,2024-01-01,cancelled,1,2024-01-01 11:00,2024-01-01 11:30,Пост 1\n"
                "5,2024-01-01,new,1,2024-01-01 11:00,2024-01-01 11:30,Пост 2\n"
            ),
            skip_bad=True,
        )

        assert ran["requests"]["rejected"] == 1
        assert Slot.objects.count() == 4

    def test_nor_against_what_is_booked(self, shop, bring):
        bring(
            shop(requests=f"{self.HEAD}1,2024-01-01,new,1,2024-01-01 10:00,2024-01-01 12:00,Пост 1")
        )

        ran = bring(
            shop(requests=f"{self.HEAD}2,2024-01-01,new,1,2024-01-01 09:00,2024-01-01 10:30,Пост 1")
        )

        assert ran.status == 1
        assert "bay" in ran.complained

    def test_two_requests_change_places(self, shop, bring):
        bring(
            shop(
                requests=f"{self.HEAD}1,2024-01-01,new,1,2024-01-01 10:00,,П\n"
                "2,2024-01-01,new,1,2024-01-01 11:00,,П"
            )
        )

        ran = bring(
            shop(
                requests=f"{self.HEAD}1,2024-01-01,new,1,2024-01-01 11:00,,П\n"
                "2,2024-01-01,new,1,2024-01-01 10:00,,П"
            )
        )

        assert ran["requests"]["changed"] == 2
        assert Slot.objects.count() == 2

    def test_a_cancelled_request_gives_its_bay_to_another(self, shop, bring):
        bring(shop(requests=f"{self.HEAD}1,2024-01-01,new,1,2024-01-01 10:00,,П"))

        ran = bring(
            shop(
                requests=f"{self.HEAD}2,2024-01-01,new,1,2024-01-01 10:00,,П\n"
                "1,2024-01-01,cancelled,1,2024-01-01 10:00,,П"
            )
        )

        assert ran.status == 0, ran.complained
        assert Slot.objects.get(is_held=True).request.source_id == "2"

    @pytest.mark.parametrize(
        "times", ["2024-01-01 10:00,2024-01-01 10:00,П", ",2024-01-01 10:00,", ",,П"]
    )
    def test_times_that_make_no_sense(self, shop, bring, times):
        assert (
            bring(shop(requests=f"{self.HEAD}1,2024-01-01,new,1,{times}"))["requests"]["rejected"]
            == 1
        )


class TestWorkOrders:
    def test_mileage_of_the_day_is_the_greatest(self, shop, bring):
        directory = shop(
            vehicles="id\nv",
            odometer="vehicle,taken_on,km\nv,2024-01-01,100",
            work_orders="id,customer,date,state,vehicle,mileage\n"
            "a,1,2024-01-01,closed,v,120\nb,1,2024-01-01,closed,v,110\nc,1,2024-01-01,closed,,500",
        )

        bring(directory)

        assert OdometerReading.objects.get().km == 120
        assert bring(directory)["odometer"]["unchanged"] == 1
        assert OdometerReading.objects.get().km == 120

    def test_the_customer_pays_unless_another_does(self, shop, bring):
        bring(
            shop(
                work_orders="id,customer,date,state,payer\na,1,2024-01-01,closed,\nb,1,2024-01-01,closed,2"
            )
        )

        payers = WorkOrder.objects.order_by("source_id").values_list("payer__name", flat=True)
        assert list(payers) == ["Зубков", "Иванов"]

    def test_an_unknown_person_is_named(self, shop, bring):
        ran = bring(shop(work_orders="id,customer,date,state,master\na,1,2024-01-01,closed,nobody"))

        assert ran.status == 1
        assert "«nobody»" in ran.complained
        assert not Document.objects.exists()
        assert not Counterparty.objects.exists()
