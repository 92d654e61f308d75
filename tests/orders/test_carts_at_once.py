"""Two people at one cart: the second is told what the first has changed, and chooses."""

import pytest
from django.urls import reverse

from orders.actions import carts
from orders.models import Cart
from tests import make
from tests.contract import page
from tests.workstation.writers import at_once, one_during_the_other


@pytest.fixture
def cart(db):
    """Two spark plugs for 300 each and a bulb."""
    cart = make.cart(make.client("Зубков"), lines=0)
    cart.lines.create(name="Свеча", price=300, quantity=2)
    cart.lines.create(name="Лампа", price=100)
    return cart


def fields(answer):
    """What the browser would send of the cart in this answer; of a choice, what is ticked."""
    inputs = page.parse(answer).all("input", name=True)
    return {
        field["name"]: field["value"]
        for field in inputs
        if field["type"] != "radio" or "checked" in field
    }


def opened(browser, cart):
    """The cart as this person has it before them."""
    return fields(browser.get(reverse("orders:cart", args=[cart.counterparty_id])))


def save(browser, cart, sent, **typed):
    """Sent with what was typed anew in the line «Свеча»."""
    line = cart.lines.get(name="Свеча")
    anew = {f"cart{cart.pk}-{name}-{line.pk}": value for name, value in typed.items()}
    return browser.post(reverse("orders_cart:change", args=[cart.pk]), sent | anew)


def plug(cart):
    line = cart.lines.get(name="Свеча")
    return line.quantity, line.price


class TestTheSecond:
    @pytest.fixture
    def told(self, web, cart, dina, client_of):
        """Anna wants four plugs while Dina has made it three."""
        mine = opened(web, cart)
        theirs = client_of(dina)
        save(theirs, cart, opened(theirs, cart), quantity="3")
        return save(web, cart, mine, quantity="4", price="290")

    def test_is_told_what_it_is_now_and_by_whom(self, told, cart):
        assert told.status_code == 422
        assert page.parse(told).one("legend").text == "Свеча: количество"
        assert "Гордеева Д. П." in told.content.decode()
        assert plug(cart) == (3, 300)

    def test_has_lost_nothing_that_was_typed(self, told, cart):
        line = cart.lines.get(name="Свеча")
        sent = fields(told)

        assert sent[f"cart{cart.pk}-quantity-{line.pk}"] == "4"
        assert sent[f"cart{cart.pk}-price-{line.pk}"] == "290"

    @pytest.mark.parametrize(("taken", "quantity"), [("mine", 4), ("theirs", 3)])
    def test_chooses(self, told, web, cart, taken, quantity):
        sent = fields(told)
        choice = next(name for name in sent if name.startswith("take_"))

        answer = save(web, cart, sent | {choice: taken})

        assert answer.status_code == 302
        assert plug(cart) == (quantity, 290)

    def test_whose_choice_is_refused_still_has_chosen(self, told, web, cart):
        """A price too far below the list is no reason to ask once more about the rest."""
        line = cart.lines.get(name="Свеча")
        part = make.part(price=300)
        cart.lines.filter(pk=line.pk).update(part=part)
        sent = fields(told)
        choice = next(name for name in sent if name.startswith("take_"))

        refused = save(web, cart, sent | {choice: "theirs"}, price="100")

        assert refused.status_code == 422
        assert fields(refused)[f"cart{cart.pk}-quantity-{line.pk}"] == "3"

    def test_is_told_again_of_what_changed_in_between(self, told, web, cart):
        cart.lines.filter(name="Свеча").update(quantity=9)

        answer = save(web, cart, fields(told))

        assert answer.status_code == 422
        assert plug(cart) == (9, 300)


class TestNoClash:
    def test_what_others_changed_elsewhere_stays(self, web, cart):
        sent = opened(web, cart)
        cart.lines.filter(name="Свеча").update(quantity=5)
        cart.lines.filter(name="Лампа").update(price=90)

        answer = save(web, cart, sent, price="290")

        assert answer.status_code == 302
        assert plug(cart) == (5, 290)
        assert cart.lines.get(name="Лампа").price == 90

    def test_both_wanted_the_same(self, web, cart):
        sent = opened(web, cart)
        cart.lines.filter(name="Свеча").update(quantity=4)

        assert save(web, cart, sent, quantity="4").status_code == 302

    def test_a_line_that_came_meanwhile_stays_as_it_came(self, web, cart):
        sent = opened(web, cart)
        cart.lines.create(name="Масло", price=700, quantity=4)

        answer = save(web, cart, sent, quantity="6")

        assert answer.status_code == 302
        assert plug(cart) == (6, 300)
        assert cart.lines.get(name="Масло").amount == 2800

    def test_a_line_that_was_taken_out_meanwhile_is_named(self, web, htmx, cart):
        sent = opened(web, cart)
        cart.lines.filter(name="Лампа").delete()

        answer = save(htmx, cart, sent, quantity="6")

        assert answer.status_code == 204
        assert "\\u041b\\u0430\\u043c\\u043f\\u0430" in answer["HX-Trigger"]
        assert plug(cart) == (6, 300)

    @pytest.mark.parametrize("seen", ["", "выдумано", "e30:1:2"])
    def test_a_form_that_was_tampered_with_changes_nothing(self, web, cart, seen):
        sent = opened(web, cart) | {f"cart{cart.pk}-seen": seen}

        answer = save(web, cart, sent, quantity="6")

        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()
        assert 'value="6"' in answer.content.decode()
        assert plug(cart) == (2, 300)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def change(self, cart, seen, **given):
        line = cart.lines.get(name="Свеча")
        before = {"quantity": seen, "price": line.price, "discount_percent": 0}
        carts.change(
            cart.pk,
            lines={line.pk: before | given},
            seen={line.pk: before},
            by=None,
            on=make.TODAY,
        )

    def test_whoever_waited_for_the_first_is_told(self, cart):
        told = []

        def second():
            try:
                self.change(Cart.objects.get(pk=cart.pk), 2, quantity=4)
            except carts.ClashesError as clashing:
                told.extend(clash.now["quantity"] for clash in clashing.of.values())

        one_during_the_other(lambda: self.change(cart, 2, quantity=3), second)

        assert told == [3]
        assert plug(cart) == (3, 300)

    def test_of_many_one_wins_and_all_others_are_told(self, cart):
        told = []

        def write(quantity):
            def act():
                try:
                    self.change(Cart.objects.get(pk=cart.pk), 2, quantity=quantity)
                except carts.ClashesError as clashing:
                    told.append(clashing)

            return act

        at_once(*(write(quantity) for quantity in (3, 4, 5, 6)))

        assert len(told) == 3
        assert plug(cart)[0] in {3, 4, 5, 6}
