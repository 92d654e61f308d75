"""What a client pays: price type, standard price, the best card, and the reason in words."""

from decimal import Decimal

import pytest
from django.utils import translation

from orders.queries import prices
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


class TestOfPart:
    def test_is_the_standard_price_of_whoever_has_no_type(self):
        pads = make.part(price=1000)

        price = prices.of_part(pads, customer=make.client(), on=make.TODAY)

        assert (price.amount, price.discount_percent, price.discount_source) == (1000, 0, "")
        assert price.why == "standard price"

    def test_is_that_of_the_clients_type(self):
        wholesale = make.price_type("Оптовый")
        client = make.client(price_type_goods=wholesale)
        make.card(client, "12345", percent_goods=10, percent_works=3)
        pads = make.part(price=1000)
        make.part_price(pads, 800, wholesale)

        price = prices.of_part(pads, customer=client, on=make.TODAY)

        assert (price.amount, price.net, price.discount_source) == (800, 720, "card")
        assert price.why == "price type “Оптовый”, card 12345 −10 %"

    def test_is_the_standard_one_where_the_type_says_nothing(self):
        client = make.client(price_type_goods=make.price_type("Оптовый"))

        price = prices.of_part(make.part(price=1000), customer=client, on=make.TODAY)

        assert (price.amount, price.why) == (1000, "standard price")

    def test_says_that_none_is_known(self):
        price = prices.of_part(make.part(), customer=None, on=make.TODAY)

        assert (price.amount, price.why) == (0, "no price is known")

    def test_the_largest_live_card_wins(self):
        client = make.client()
        make.card(client, percent_goods=50, valid_until=make.day(-1))
        make.card(client, percent_goods=40, valid_from=make.day(1))
        make.card(client, percent_goods=5)
        make.card(client, "777", percent_goods="7.5", valid_from=make.TODAY, valid_until=make.TODAY)

        price = prices.of_part(make.part(price=200), customer=client, on=make.TODAY)

        assert (price.discount_percent, price.net) == (Decimal("7.5"), 185)
        assert price.why == "standard price, card 777 −7.5 %"

    def test_many_cost_as_many_statements_as_one(self, statements):
        client = make.client(price_type_goods=make.price_type("Оптовый"))
        parts = [make.part(price=number) for number in range(20)]

        with statements(at_most=2):
            found = prices.of_parts(parts, customer=client, on=make.TODAY)

        assert [found[part.pk].amount for part in parts] == list(range(20))


class TestOfWork:
    def test_is_hours_by_the_price_of_one(self):
        make.hour_price(1500)
        make.card(client := make.client(), "9", percent_works=10, percent_goods=50)

        price = prices.of_work(make.labor(norm_hours="1.5"), customer=client, on=make.TODAY)

        assert (price.amount, price.net) == (2250, 2025)
        assert price.why == "standard price, 1.5 n/h × 1,500 ₽, card 9 −10 %"

    def test_takes_the_nearest_price(self):
        fleet = make.price_type("Парк", scope="works")
        swap, other = make.labor(), make.labor("Осмотр", norm_hours=None)
        make.hour_price(1000)
        make.hour_price(900, price_type=fleet)
        make.hour_price(2000, labor=swap)
        regular, of_fleet = make.client(), make.client(price_type_works=fleet)

        found = [
            prices.of_work(labor, customer=client, on=make.TODAY).amount
            for labor in (swap, other)
            for client in (regular, of_fleet)
        ]
        make.hour_price(1700, labor=swap, price_type=fleet)
        own = prices.of_work(swap, customer=of_fleet, on=make.TODAY)

        assert found == [2000, 2000, 1000, 900]
        assert (own.amount, own.why) == (1700, "price type “Парк”, 1 n/h × 1,700 ₽")

    def test_says_that_none_is_known(self):
        price = prices.of_work(make.labor(), customer=None, on=make.TODAY)

        assert (price.amount, price.why) == (0, "no price is known")
