"""A company pays the prices of its contract, and whoever asks why is told so."""

import pytest
from django.urls import reverse
from django.utils import translation

from orders.actions import deferred, lines, selections
from orders.models import PartLine, WorkLine, WorkPackage
from orders.queries import contracts, prices
from tests import agreed, make
from tests.contract import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm():
    """Its own prices are those of regular clients."""
    return make.client(
        "Рога и копыта",
        price_type_goods=make.price_type("Постоянный клиент", scope="goods"),
        price_type_works=make.price_type("Час постоянного", scope="works"),
    )


@pytest.fixture
def pads(firm):
    """1000 ₽; 900 for regular clients, 800 wholesale."""
    part = make.part("GDB1", name="Колодки", price=1000)
    make.part_price(part, 900, firm.price_type_goods)
    make.part_price(part, 800, make.price_type("Оптовая", scope="goods"))
    return part


@pytest.fixture
def swap(firm):
    """2000 ₽ an hour; 1900 for regular clients, 1500 for fleets."""
    make.hour_price(2000)
    make.hour_price(1900, price_type=firm.price_type_works)
    make.hour_price(1500, price_type=make.price_type("Парк", scope="works"))
    return make.labor("Замена колодок", code="BR-1", norm_hours=1)


def contract(firm, *, goods="", works="", **facts):
    """With the price types of these names."""
    types = {
        "price_type_goods": make.price_type(goods, scope="goods") if goods else None,
        "price_type_works": make.price_type(works, scope="works") if works else None,
    }
    return agreed.contract(firm, **types | {"number": "17-О"} | facts)


def priced(document, part, labor):
    """What the part and the labour cost in this document, and why."""
    terms = contracts.terms_of_document(document, on=make.TODAY)
    with translation.override("ru"):
        found = prices.of_part(part, **terms), prices.of_work(labor, **terms)
    return [(price.amount, price.why) for price in found]


class TestWhoseTypesHold:
    def test_those_of_the_contract_before_the_clients_own(self, firm, pads, swap):
        order = make.work_order(firm, contract=contract(firm, goods="Оптовая", works="Парк"))

        assert priced(order, pads, swap) == [
            (800, "цены по договору № 17-О, тип «Оптовая»"),
            (1500, "цены по договору № 17-О, тип «Парк», 1 н/ч × 1\xa0500 ₽"),
        ]

    def test_a_contract_for_goods_alone_leaves_works_to_the_client(self, firm, pads, swap):
        order = make.work_order(firm, contract=contract(firm, goods="Оптовая"))

        (_goods, why_goods), (works, why_works) = priced(order, pads, swap)

        assert "17-О" in why_goods
        assert (works, why_works.split(",")[0]) == (1900, "тип цен «Час постоянного»")

    def test_a_contract_without_types_changes_nothing(self, firm, pads, swap):
        order = make.work_order(firm, contract=contract(firm))

        assert [amount for amount, _why in priced(order, pads, swap)] == [900, 1900]

    def test_what_the_type_has_no_price_for_is_at_the_standard_one(self, firm, swap):
        order = make.work_order(firm, contract=contract(firm, goods="Оптовая", works="Парк"))

        goods, _works = priced(order, make.part(price=700), swap)

        assert goods == (700, "обычная цена")

    @pytest.mark.parametrize("days", [{"valid_until": make.day(-1)}, {"date": make.day(1)}])
    def test_a_contract_that_is_not_valid_that_day_says_so(self, firm, pads, swap, days):
        order = make.work_order(firm, contract=contract(firm, goods="Оптовая", **days))

        goods, works = priced(order, pads, swap)

        assert goods == (900, "договор № 17-О не действует, тип цен «Постоянный клиент»")
        assert works[0] == 1900

    def test_a_contract_is_valid_on_its_last_day(self, firm, pads, swap):
        last = contract(firm, goods="Оптовая", date=make.TODAY, valid_until=make.TODAY)

        goods, _works = priced(make.work_order(firm, contract=last), pads, swap)

        assert goods[0] == 800

    def test_the_payers_contract_holds_where_the_document_names_it(self, firm, pads, swap):
        order = make.work_order(payer=firm, contract=contract(firm, goods="Оптовая"))

        assert priced(order, pads, swap)[0][0] == 800

    def test_the_clients_card_comes_off_the_price_of_the_contract(self, firm, pads, swap):
        make.card(firm, "77", percent_goods=10)
        order = make.work_order(firm, contract=contract(firm, goods="Оптовая"))

        goods, _works = priced(order, pads, swap)

        assert goods == (800, "цены по договору № 17-О, тип «Оптовая», карта 77 −10 %")


class TestWithoutANamedContract:
    def test_the_only_contract_of_the_day_is_meant(self, firm, pads, swap):
        contract(firm, goods="Оптовая")
        contract(firm, number="прошлый", works="Парк", valid_until=make.day(-1))

        goods, works = priced(make.work_order(firm), pads, swap)

        assert (goods[0], works[0]) == (800, 1900)
        assert "17-О" in goods[1]

    def test_of_two_contracts_none_is_meant(self, firm, pads, swap):
        contract(firm, goods="Оптовая")
        contract(firm, number="18", works="Парк")

        assert [amount for amount, _why in priced(make.work_order(firm), pads, swap)] == [900, 1900]

    def test_another_clients_contract_means_nothing(self, firm, pads, swap):
        contract(make.client(), goods="Оптовая")

        assert priced(make.work_order(firm), pads, swap)[0][0] == 900

    def test_whoever_has_no_card_pays_the_standard_price(self, pads, swap):
        assert priced(make.request(), pads, swap)[0] == (1000, "обычная цена")


class TestEveryWayIntoADocument:
    @pytest.fixture
    def order(self, firm):
        """Of two contracts it names the one with prices."""
        contract(firm, number="18")
        named = contract(firm, goods="Оптовая", works="Парк")
        return make.work_order(firm, contract=named, vehicle=make.vehicle(firm), date=make.TODAY)

    def both(self, order):
        return WorkLine.objects.get(document=order).price, PartLine.objects.get(
            document=order
        ).price

    @pytest.mark.parametrize("kind", [make.work_order, make.estimate])
    def test_typed(self, htmx, order, kind, pads, swap):
        document = kind(order.counterparty, contract=order.contract)

        for typed in ("GDB1", "BR-1"):
            htmx.post(f"/documents/{document.pk}/lines/", {"typed": typed})

        assert self.both(document) == (1500, 800)

    def test_what_is_found_says_why_it_costs_so_much(self, htmx, order, pads):
        address = f"/documents/{order.pk}/lines/"

        found = htmx.get(address, {"typed": "GDB1"}, target="line-found").content.decode()

        assert "цены по договору № 17-О, тип «Оптовая»" in found
        assert "800,00" in found

    def test_an_earlier_document(self, anna, order, pads, swap):
        earlier = make.work_order(order.counterparty)
        make.goods(earlier, pads, price=1)
        make.work(earlier, labor=swap, price=1)

        lines.repeat(order.pk, of=earlier, by=anna, on=make.TODAY)

        assert self.both(order) == (1500, 800)

    def test_a_package(self, anna, order, pads, swap):
        package = WorkPackage.objects.create(name="Тормоза")
        package.works.create(position=1, labor=swap, name=swap.name)
        package.goods.create(position=1, part=pads)

        lines.add_package(order.pk, package=package, by=anna, on=make.TODAY)

        assert self.both(order) == (1500, 800)

    def test_deferred_work(self, anna, order, pads, swap):
        for facts in ({"part": pads}, {"labor": swap, "name": swap.name, "price": 1}):
            work = deferred.note(order.vehicle, by=anna, at=make.NOW, **facts)
            deferred.take_into(work.pk, order.pk, by=anna)

        assert self.both(order) == (1500, 800)


class TestChoosingAndCarts:
    def test_the_look_up_says_whose_prices_they_are(self, web, firm, pads):
        contract(firm, goods="Оптовая")

        found = web.get(reverse("orders:new_selection", args=[firm.pk]), {"q": "gdb1"})

        assert "цены по договору № 17-О, тип «Оптовая»" in found.content.decode()

    def test_a_line_of_the_cart_keeps_the_reason(self, web, firm, pads):
        contract(firm, goods="Оптовая")

        web.post(reverse("orders:cart_add", args=[firm.pk]), {"part": pads.pk})

        line = firm.carts.get().lines.get()
        assert (line.price, "17-О" in line.why) == (800, True)
        assert "17-О" in web.get(reverse("orders:cart", args=[firm.pk])).content.decode()

    def test_a_selection_is_taken_up_at_the_prices_of_the_contract(self, anna, firm, pads):
        former = make.selection(firm)
        former.lines.create(part=pads, name=pads.name, price=900)
        contract(firm, goods="Оптовая")

        again = selections.take_up(former.pk, by=anna, on=make.TODAY)

        line = again.lines.get()
        assert (line.price, line.former_price) == (800, 900)

    def test_how_far_below_the_list_is_counted_from_the_contract(self, web, firm, pads):
        """An advisor gives a tenth: from the standard 1000 a price of 720 would be further down."""
        contract(firm, goods="Оптовая")
        cart = make.cart(firm, lines=0)
        line = cart.lines.create(part=pads, name=pads.name, price=800)
        shown = page.parse(web.get(reverse("orders:cart", args=[firm.pk])))
        sent = {field["name"]: field["value"] for field in shown.all("input", name=True)}

        for price in ("719", "720"):
            sent |= {f"cart{cart.pk}-price-{line.pk}": price}
            answer = web.post(reverse("orders_cart:change", args=[cart.pk]), sent)
            assert answer.status_code == {"719": 422, "720": 302}[price]


class TestChoosingTheContract:
    def test_what_stands_in_the_document_keeps_its_price(self, web, anna, firm, pads):
        order, new = make.work_order(firm), contract(firm, goods="Оптовая")
        contract(firm, number="18")
        lines.add_part(order.pk, part=pads, by=anna, on=make.TODAY)

        window = web.get(f"/documents/{order.pk}/terms/").content.decode()
        web.post(f"/documents/{order.pk}/terms/", {"contract": new.pk})
        lines.add_part(order.pk, part=pads, by=anna, on=make.TODAY)

        former, later = order.goods.order_by("position")
        assert (former.price, later.price) == (900, 800)
        assert "останутся прежними" in window

    def test_the_pages_of_the_document_and_the_card_name_the_types(self, web, firm):
        order = make.work_order(firm, contract=contract(firm, goods="Оптовая", works="Парк"))

        payments = web.get(f"/documents/{order.pk}/payments/").content.decode()
        card = web.get(f"/?customer={firm.pk}").content.decode()

        for shown in (payments, card):
            assert "Оптовая" in shown
            assert "Парк" in shown
        assert "17-О" in web.get(order.url).content.decode()
