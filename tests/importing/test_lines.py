"""Lines of documents, and what they reserve."""

import pytest

from orders.models import CustomerOrder, PartLine, Reserve, Stock

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


class TestLines:
    def test_replace_those_of_the_document_only_when_they_differ(self, shop, bring):
        orders = f"{ORDERS}o1,1,2024-01-01,new,,\no2,1,2024-01-01,new,,"
        bring(shop(orders=orders, order_lines=f"{LINES}o1,oil,1,,,\no1,pads,1,,,\no2,oil,1,,,"))
        kept = PartLine.objects.get(document__source_id="o2").pk

        ran = bring(shop(orders=orders, order_lines=f"{LINES}o1,oil,4,,,\no2,oil,1,,,"))

        assert ran["order_lines"] == {
            "read": 2,
            "new": 0,
            "changed": 1,
            "unchanged": 1,
            "rejected": 0,
        }
        assert PartLine.objects.get(document__source_id="o1").quantity == 4
        assert PartLine.objects.get(document__source_id="o2").pk == kept
        assert order("o1").total == 400

    def test_a_new_price_list_does_not_reach_old_lines(self, shop, bring):
        texts = {
            "orders": f"{ORDERS}o1,1,2024-01-01,new,,",
            "order_lines": f"{LINES}o1,oil,1,,,",
        }
        bring(shop(**texts))

        ran = bring(shop(**texts, parts=PARTS.replace("100", "300")))

        assert ran["order_lines"]["unchanged"] == 1
        assert order().total == 100

    def test_vat_is_that_of_the_day_unless_given(self, shop, bring):
        head = "order,part,quantity,vat\n"
        bring(
            shop(
                orders=f"{ORDERS}a,1,2018-06-01,new,,\nb,1,2025-12-31,new,,\nc,1,2026-01-01,new,,",
                order_lines=f"{head}a,oil,1,\nb,oil,1,\nc,oil,1,\nc,oil,1,none\nc,oil,1,10",
            )
        )

        rates = PartLine.objects.order_by("document__date", "position").values_list(
            "vat_percent", flat=True
        )
        assert list(rates) == [18, 20, 22, None, 10]


class TestReserves:
    def order(self, shop, bring, quantity: str, *, state: str = "new", **texts):
        return bring(
            shop(
                orders=f"{ORDERS}o1,1,2024-01-01,{state},,",
                order_lines=f"{LINES}o1,oil,9,,{quantity},",
                **texts,
            )
        )

    def test_hold_stock_of_the_only_warehouse(self, shop, bring):
        assert self.order(shop, bring, "2").status == 0

        assert Stock.objects.get().reserved == 2
        assert PartLine.objects.get().warehouse.name == "Склад"

    def test_change_and_go(self, shop, bring):
        self.order(shop, bring, "2")

        assert self.order(shop, bring, "5")["order_lines"]["changed"] == 1
        assert Stock.objects.get().reserved == 5
        assert self.order(shop, bring, "5")["order_lines"]["unchanged"] == 1
        self.order(shop, bring, "")
        assert not Reserve.objects.exists()

    def test_never_more_than_is_free(self, shop, bring):
        ran = bring(
            shop(
                orders=f"{ORDERS}o1,1,2024-01-01,new,,\no2,1,2024-01-01,new,,",
                order_lines=f"{LINES}o1,oil,4,,4,\no2,oil,2,,2,Склад",
            ),
            skip_bad=True,
        )

        assert ran["order_lines"]["rejected"] == 1
        assert "reserved" in ran.complained
        assert Stock.objects.get().reserved == 4

    def test_nor_on_what_has_ended(self, shop, bring):
        ran = self.order(shop, bring, "1", state="closed")

        assert ran.status == 1
        assert "closed" in ran.complained

    def test_are_released_by_the_end_and_free_for_others(self, shop, bring):
        self.order(shop, bring, "5")

        ran = bring(
            shop(
                stock=STOCK.replace("5", "3"),
                orders=f"{ORDERS}o1,1,2024-01-01,closed,,\no2,1,2024-01-01,new,,",
                order_lines=f"{LINES}o1,oil,9,,,\no2,oil,3,,3,",
            )
        )

        assert ran.status == 0, ran.complained
        assert (Stock.objects.get().quantity, Stock.objects.get().reserved) == (3, 3)

    def test_stock_does_not_fall_below_them(self, shop, bring):
        self.order(shop, bring, "4")

        ran = bring(shop(folder="later", stock=STOCK.replace("5", "3")))

        assert ran.status == 1
        assert "stock.csv" in ran.complained
        assert Stock.objects.get().quantity == 5

    def test_two_warehouses_need_a_name(self, shop, bring):
        ran = self.order(shop, bring, "1", stock=f"{STOCK}oil,Витрина,1")

        assert ran.status == 1
        assert "warehouse" in ran.complained
