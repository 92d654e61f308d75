"""Корзина: added to, changed, taken out of, and made into one document, however often asked."""

import pytest
from django.urls import reverse

from armclients.kit.refusals import RefusedError
from customers.models import Counterparty
from orders.actions import carts
from orders.forms.choosing import CartForm
from orders.models import Branch, Cart, Document
from tests import make
from tests.workstation.writers import at_once


@pytest.fixture
def client(db):
    make.branch()
    return make.client("Зубков")


@pytest.fixture
def basket(client):
    """With pads and a work, for his Corolla."""
    car = make.vehicle(client)
    pads, swap = make.part("GDB1", price=1000), make.labor(code="BR-1")
    make.hour_price(1800)
    cart = make.cart(client, lines=0, vehicle=car)
    cart.lines.create(part=pads, name=pads.name, quantity=2, price=1000)
    cart.lines.create(labor=swap, name=swap.name, price=1800)
    return cart


def fields(cart, **changed):
    """What the browser sends of a cart: its fields as they are, some of them typed anew."""
    sent = {f"cart{cart.pk}-seen": CartForm(cart=cart).initial["seen"]}
    for line in cart.lines.all():
        for name, value in (
            ("quantity", line.quantity),
            ("price", line.price),
            ("discount", line.discount_percent),
        ):
            sent[f"cart{cart.pk}-{name}-{line.pk}"] = changed.get(name, str(value))
    return sent


class TestAdd:
    def test_finds_of_a_look_up_go_into_the_cart_of_that_car(self, web, client):
        car = make.vehicle(client)
        pads = make.part("GDB1", price=1000)
        make.card(client, "77", percent_goods=10)
        page = f"{reverse('orders:cart_add', args=[client.pk])}?car={car.pk}&q=gdb-1"

        shown = web.get(page).content.decode()
        answer = web.post(page, {"part": pads.pk, "quantity": "2"})

        assert "GDB1" in shown
        assert answer.status_code == 302
        line = client.carts.get(vehicle=car).lines.get()
        assert (line.quantity, line.price, line.discount_percent, line.amount) == (
            2,
            1000,
            10,
            1800,
        )
        assert "77" in line.why

    def test_there_is_one_open_cart_for_each_car(self, web, client):
        cars = [make.vehicle(client), make.vehicle(client), None]
        pads = make.part("GDB1", price=1000)

        for car in [*cars, *cars]:
            page = reverse("orders:cart_add", args=[client.pk]) + (f"?car={car.pk}" if car else "")
            web.post(page, {"part": pads.pk})

        assert client.carts.count() == 3
        assert {cart.lines.get().quantity for cart in client.carts.all()} == {2}

    @pytest.mark.parametrize(
        "sent",
        [
            {},
            {"part": "x"},
            {"part": "999999"},
            {"name": "Свеча", "quantity": "-1"},
            {"name": "Свеча", "quantity": "много"},
            {"name": "я" * 301},
        ],
    )
    def test_nonsense_is_answered_in_words(self, web, client, sent):
        answer = web.post(reverse("orders:cart_add", args=[client.pk]), sent)

        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
        assert not Cart.objects.exists()


class TestChange:
    def test_quantities_prices_and_discounts_are_kept_with_who_gave_them(self, web, anna, basket):
        goods = basket.lines.get(part__isnull=False)
        sent = fields(basket) | {
            f"cart{basket.pk}-quantity-{goods.pk}": "1,5",
            f"cart{basket.pk}-discount-{goods.pk}": "7,5",
        }

        answer = web.post(reverse("orders_cart:change", args=[basket.pk]), sent)

        assert answer.status_code == 302
        goods.refresh_from_db()
        assert (goods.quantity, goods.amount) == (1.5, 1387.5)
        assert (goods.discount_source, goods.discount_by) == ("hand", anna)

    @pytest.mark.parametrize(("name", "value"), [("discount", "11"), ("price", "100")])
    def test_going_far_below_the_list_takes_a_right(self, web, client_of, basket, name, value):
        goods = basket.lines.get(part__isnull=False)
        sent = fields(basket) | {f"cart{basket.pk}-{name}-{goods.pk}": value}
        address = reverse("orders_cart:change", args=[basket.pk])

        refused = web.post(address, sent)
        allowed = client_of(make.user(role="manager")).post(address, sent)

        assert (refused.status_code, allowed.status_code) == (422, 302)
        assert f'value="{value}"' in refused.content.decode()

    def test_a_card_may_give_more(self, web, client, basket):
        make.card(client, percent_goods=30)
        goods = basket.lines.get(part__isnull=False)
        sent = fields(basket) | {f"cart{basket.pk}-discount-{goods.pk}": "30"}

        assert web.post(reverse("orders_cart:change", args=[basket.pk]), sent).status_code == 302

    def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(self, htmx, basket):
        answer = htmx.post(
            reverse("orders_cart:change", args=[basket.pk]),
            fields(basket, quantity="ноль"),
            target="panel",
        )

        assert answer.status_code == 422
        assert answer.content.decode().count('value="ноль"') == 2
        assert "_error" in answer.content.decode()

    def test_a_line_is_taken_out_and_an_empty_cart_is_put_aside(self, web, basket):
        for line in basket.lines.all():
            web.post(reverse("orders_cart:change", args=[basket.pk]), {"remove": line.pk})

        basket.refresh_from_db()
        assert (basket.state, basket.lines.count()) == ("abandoned", 0)

    def test_the_tab_counts_lines_of_open_carts(self, web, client, basket):
        make.cart(client, lines=3, state="abandoned")

        page = web.get(f"/?customer={client.pk}&tab=cart").content.decode()

        assert "(2)</a>" in page


class TestBecome:
    @pytest.mark.parametrize("kind", carts.KINDS)
    def test_makes_the_document_of_that_client_and_car(self, web, client, basket, kind):
        answer = web.post(reverse("orders_cart:become", args=[basket.pk]), {"kind": kind})

        document = Document.objects.get(kind=kind)
        assert answer["Location"] == document.url
        assert (document.counterparty, document.vehicle) == (client, basket.vehicle)
        assert document.total == 3800
        assert (document.works.get().labor.code, document.goods.get().quantity) == ("BR-1", 2)
        basket.refresh_from_db()
        assert (basket.state, basket.document) == ("converted", document)

    def test_the_second_click_leads_to_the_same_document(self, web, basket):
        address = reverse("orders_cart:become", args=[basket.pk])
        first = web.post(address, {"kind": "estimate"})

        second = web.post(address, {"kind": "work_order"})

        assert second["Location"] == first["Location"]
        assert Document.objects.count() == 1

    def test_with_scripts_the_whole_page_goes_on(self, htmx, basket):
        answer = htmx.post(reverse("orders_cart:become", args=[basket.pk]), {"kind": "estimate"})

        assert answer["HX-Redirect"] == Document.objects.get().url

    def test_an_order_is_expected_when_the_slowest_supplier_has_brought_it(self, web, basket):
        basket.lines.filter(part__isnull=False).update(supplier="Москворечье", days=3)

        web.post(reverse("orders_cart:become", args=[basket.pk]), {"kind": "customer_order"})

        assert Document.objects.get().customerorder.expected_on == make.day(3)

    @pytest.mark.parametrize(("kind", "status"), [("sale", 404), ("", 404), ("work_order", 403)])
    def test_only_what_one_may(self, client_of, vera, basket, kind, status):
        answer = client_of(vera).post(
            reverse("orders_cart:become", args=[basket.pk]), {"kind": kind}
        )

        assert answer.status_code == status
        assert not Document.objects.exists()

    def test_an_empty_cart_or_a_shop_without_branches_says_so(self, web, client):
        cart = make.cart(client, lines=0)

        answer = web.post(reverse("orders_cart:become", args=[cart.pk]), {"kind": "estimate"})

        assert answer.status_code == 422
        assert not Document.objects.exists()

    def test_a_cart_that_cannot_become_a_document_shows_its_figures(self, web, basket):
        Branch.objects.all().delete()

        refused = web.post(reverse("orders_cart:become", args=[basket.pk]), {"kind": "estimate"})

        assert 'value="1000,00"' in refused.content.decode()

    def test_what_became_a_document_is_not_changed(self, web, basket):
        web.post(reverse("orders_cart:become", args=[basket.pk]), {"kind": "estimate"})
        sent = fields(basket, quantity="5")

        answer = web.post(reverse("orders_cart:change", args=[basket.pk]), sent)

        assert answer["Location"] == Document.objects.get().url
        assert set(basket.lines.values_list("quantity", flat=True)) == {1, 2}


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_people_make_one_document(self):
        make.branch()
        cart = make.cart(make.client(), lines=2)
        users = [make.user(role="advisor"), make.user(role="parts")]
        told = []

        def write(user, kind):
            branch = Branch.objects.get()
            try:
                told.append(carts.become(cart.pk, kind=kind, branch=branch, by=user, on=make.TODAY))
            except carts.BecameError as became:
                told.append(became.document)

        at_once(
            lambda: write(users[0], "work_order"),
            lambda: write(users[1], "estimate"),
            lambda: write(users[0], "work_order"),
        )

        assert Document.objects.count() == 1
        assert len(told) == 3
        assert {document.pk for document in told} == {Document.objects.get().pk}

    def test_two_people_fill_one_cart(self):
        client = make.client()
        adds = [
            lambda name=name: carts.add(
                [{"name": name, "quantity": 1}],
                customer=Counterparty.objects.get(pk=client.pk),
                vehicle=None,
                by=None,
            )
            for name in ("Свеча", "Фильтр", "Масло")
        ]

        at_once(*adds)

        assert client.carts.get().lines.count() == 3


def test_a_cart_that_was_put_aside_says_so(client):
    cart = make.cart(client, state="abandoned")

    with pytest.raises(RefusedError):
        carts.remove(cart.pk, line=1)


def test_the_tab_costs_as_many_statements_for_many_lines(web, client, statements):
    address = reverse("orders:cart", args=[client.pk])
    make.cart(client, lines=1)
    with statements() as few:
        web.get(address)

    make.cart(client, lines=50, vehicle=make.vehicle(client))
    for _number in range(5):
        make.selection(client, *(f"Свеча {n}" for n in range(9)), vehicle=make.vehicle(client))
    with statements(at_most=len(few) + 1):
        web.get(address)
