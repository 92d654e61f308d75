"""Подбор: looked up, offered, taken or declined, kept, and taken up again at today's prices."""

import uuid

import pytest
from django.urls import reverse

from orders.models import LostDemand, Selection
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    make.branch()
    return make.client("Зубков")


@pytest.fixture
def car(client):
    return make.vehicle(client)


@pytest.fixture
def page(client, car):
    return f"{reverse('orders:new_selection', args=[client.pk])}?car={car.pk}"


@pytest.fixture
def offered(web, page, client):
    """A selection of two parts and something in words."""
    pads = make.part("GDB1", price=1000, manufacturer="TRW")
    make.stock(pads, 3)
    key = str(uuid.uuid4())
    web.post(page, {"part": pads.pk, "quantity": "2", "key": key})
    selection = Selection.objects.get()
    web.post(selection.url, {"part": make.part("W712", price=500).pk})
    web.post(selection.url, {"name": "Проверить стук"})
    return selection


def lines(selection, **of):
    return list(selection.lines.filter(**of).order_by("pk").values_list("pk", flat=True))


class TestNew:
    def test_nothing_is_on_the_record_until_something_is_offered(self, web, page):
        make.part("GDB1", price=1000, cost=600)

        shown = web.get(f"{page}&q=gdb").content.decode()

        assert "GDB1" in shown
        assert "600" not in shown
        assert not Selection.objects.exists()

    def test_cost_is_shown_to_whoever_may_see_it(self, client_of, vera, page):
        make.part("GDB1", price=1000, cost=612)

        assert "612" in client_of(vera).get(f"{page}&q=gdb").content.decode()

    def test_the_first_thing_offered_begins_it(self, web, anna, client, car, page):
        pads = make.part("GDB1", price=1000)
        make.stock(pads, 3)

        answer = web.post(f"{page}&q=gdb", {"part": pads.pk, "quantity": "2"})

        selection = Selection.objects.get()
        assert answer["Location"] == f"{selection.url}?q=gdb"
        assert (selection.counterparty, selection.vehicle) == (client, car)
        assert selection.author == anna
        line = selection.lines.get()
        assert (line.quantity, line.price, line.free, line.outcome) == (2, 1000, 3, "offered")

    def test_a_double_click_begins_one(self, web, page):
        sent = {"part": make.part("GDB1", price=1000).pk, "key": str(uuid.uuid4())}

        web.post(page, sent)
        web.post(page, sent)

        assert Selection.objects.get().lines.count() == 1

    @pytest.mark.parametrize("car", ["", "x", "0", "9" * 30])
    def test_a_car_that_is_none_is_none(self, web, client, car):
        answer = web.get(f"{reverse('orders:new_selection', args=[client.pk])}?car={car}")

        assert answer.status_code == 200

    def test_what_was_not_found_is_lost_demand(self, web, anna, client, car):
        address = f"{reverse('orders:lost', args=[client.pk])}?car={car.pk}"

        answer = web.post(address, {"wanted": "Люк на крышу"})

        assert answer.status_code == 302
        lost = LostDemand.objects.get()
        assert (lost.wanted, lost.why, lost.vehicle) == ("Люк на крышу", "unknown", car)
        assert lost.author == anna

    def test_the_jump_bar_leads_here(self, web, client, car):
        shown = web.get(f"/?customer={client.pk}&car={car.pk}").content.decode()

        assert f"/customers/{client.pk}/selections/new/?car={car.pk}" in shown.replace("&amp;", "&")


class TestDecide:
    def test_taken_lines_are_in_the_cart_of_the_car(self, web, client, car, offered):
        pads = lines(offered, part__article="GDB1")
        address = reverse("orders_selection:decide", args=[offered.pk])

        answer = web.post(address, {"act": "take", "line": pads})

        assert answer.status_code == 302
        line = client.carts.get(vehicle=car).lines.get()
        assert (line.part.article, line.quantity, line.price) == ("GDB1", 2, 1000)
        assert lines(offered, outcome="taken") == pads

    def test_declined_lines_are_lost_demand_with_the_reason(self, web, client, offered):
        pads = lines(offered, part__article="GDB1")
        address = reverse("orders_selection:decide", args=[offered.pk])

        web.post(address, {"act": "decline", "line": pads, "why": "price"})

        assert lines(offered, outcome="declined") == pads
        lost = LostDemand.objects.get()
        assert (lost.part.article, lost.quantity, lost.why) == ("GDB1", 2, "price")
        assert not client.carts.exists()

    def test_a_mistake_leaves_no_trace(self, web, offered):
        address = reverse("orders_selection:decide", args=[offered.pk])

        web.post(address, {"act": "forget", "line": lines(offered)})

        assert lines(offered) == []

    @pytest.mark.parametrize(
        "sent", [{}, {"act": "take"}, {"act": "burn"}, {"act": "take", "line": "x"}]
    )
    def test_nonsense_is_answered_in_words(self, web, offered, sent):
        answer = web.post(reverse("orders_selection:decide", args=[offered.pk]), sent)

        assert answer.status_code == 422
        assert 'role="alert"' in answer.content.decode()

    def test_what_was_decided_stays_decided(self, web, client, offered):
        address = reverse("orders_selection:decide", args=[offered.pk])
        pads = lines(offered, part__article="GDB1")
        web.post(address, {"act": "take", "line": pads})

        answer = web.post(address, {"act": "take", "line": pads})

        assert answer.status_code == 422
        assert client.carts.get().lines.get().quantity == 2


class TestAgain:
    def test_has_todays_prices_beside_the_old_ones(self, web, offered):
        pads = offered.lines.get(part__article="GDB1").part
        pads.price = 1200
        pads.save()

        answer = web.post(reverse("orders_selection:again", args=[offered.pk]))

        new = Selection.objects.exclude(pk=offered.pk).get()
        assert answer["Location"] == new.url
        assert new.former == offered
        line = new.lines.get(part=pads)
        assert (line.price, line.former_price, line.free) == (1200, 1000, 3)
        assert new.lines.count() == 3
        assert offered.lines.get(part=pads).price == 1000
        shown = web.get(new.url).content.decode()
        assert "1\u202f200" in shown or "1 200" in shown or "1\xa0200" in shown

    def test_of_a_selection_that_is_not_there(self, web):
        assert web.post(reverse("orders_selection:again", args=[1])).status_code == 404
        assert web.get(reverse("orders_selection:page", args=[1])).status_code == 404


class TestHistory:
    @pytest.mark.parametrize("of", ["client", "car"])
    def test_lists_what_was_offered_newest_first(self, web, client, car, offered, of):
        later = make.selection(client, "Свеча", vehicle=car, created_at=make.at(11, days=1))
        address = (
            reverse("orders:selections", args=[client.pk])
            if of == "client"
            else reverse("orders_vehicle:selections", args=[car.pk])
        )

        shown = web.get(address).content.decode()

        assert shown.index(f'data-selection="{later.pk}"') < shown.index(
            f'data-selection="{offered.pk}"'
        )
        assert "Проверить стук" in shown

    def test_goes_on_by_pages(self, web, htmx, client):
        for _number in range(60):
            make.selection(client, "Свеча")
        address = reverse("orders:selections", args=[client.pk])

        first = web.get(address)
        rest = htmx.get(f"{address}?after={first.context['page'].after}", target="more")

        assert first.content.decode().count("data-selection=") == 50
        assert rest.content.decode().count("data-selection=") == 10

    def test_costs_as_many_statements_for_many(self, web, client, car, statements):
        address = reverse("orders_vehicle:selections", args=[car.pk])
        make.selection(client, "Свеча", vehicle=car)
        with statements() as few:
            web.get(address)

        for number in range(30):
            make.selection(client, "Свеча", f"Фильтр {number}", vehicle=car)
        with statements(at_most=len(few)):
            web.get(address)

    def test_the_look_up_stays_within_its_budget(self, web, page, offered, statements):
        for number in range(30):
            make.stock(make.part(f"AB{number}", name="Свеча", price=10))
            make.labor(f"Замена свечи {number}")

        with statements(at_most=24):
            web.get(f"{page}&q=свеч")
