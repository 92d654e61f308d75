"""The storage of tires is charged: a work in an order of whoever left them."""

import re
from contextlib import suppress

import pytest

from armclients.kit.refusals import RefusedError
from orders.actions import documents, tire_charges
from orders.models import Document, WorkLine
from tests import hotel, make
from tests.contract.page import parse
from tests.workstation.writers import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    make.branch()
    return make.client("Зубков Алексей")


@pytest.fixture
def car(owner):
    return make.vehicle(owner, plate="А123ВС77")


@pytest.fixture
def kept(owner, car):
    return hotel.tires(owner, vehicle=car, season="winter", price=4000)


def charge(browser, kept, **typed):
    return browser.post(f"/tires/{kept.pk}/charge/", {"order": "", "price": "4000"} | typed)


def charges(browser, kept) -> str:
    page = browser.get(f"/tires/{kept.pk}/charges/").content.decode()
    return re.sub("[\xa0\u202f]", " ", page)


class TestCharge:
    def test_is_a_work_of_the_order(self, web, kept, owner, car):
        order = make.work_order(owner, vehicle=car)

        charge(web, kept, order=order.pk, price="4500,50")

        line = WorkLine.objects.get(document=order)
        until = f"{kept.until:%d.%m.%Y}"
        assert line.name == f"Хранение шин: зимние 205/55 R16, 4 шт., до {until}"
        assert (line.tire_set, line.stored_until, float(line.amount)) == (kept, kept.until, 4500.5)
        assert line.vat_percent is not None

    def test_opens_an_order_of_the_depositor_where_there_is_none(self, web, kept, owner, car):
        charge(web, kept)

        order = Document.objects.get(kind="work_order")
        assert (order.counterparty, order.vehicle, order.total) == (owner, car, 4000)

    def test_names_no_car_that_is_somebody_elses(self, web, owner):
        theirs = make.vehicle(make.client("Другой"))

        charge(web, hotel.tires(owner, vehicle=theirs, price=4000))

        assert Document.objects.get(kind="work_order").vehicle is None

    def test_offers_the_open_orders_the_one_of_the_car_first(self, web, kept, owner, car):
        of_car = make.work_order(owner, vehicle=car)
        other = make.work_order(owner)
        make.work_order(owner, state="closed")
        make.work_order(make.client("Другой"))

        window = parse(web.get(f"/tires/{kept.pk}/charge/"))

        options = window.one("select", name="order").all("option")
        assert [each["value"] for each in options] == ["", str(of_car.pk), str(other.pk)]
        assert "selected" in options[1]
        assert window.one("input", name="price")["value"] == "4000"

    @pytest.mark.parametrize(("typed", "said"), [("", "Обязательное"), ("-1", "больше"), ("ю", "")])
    def test_asks_for_a_price_at_its_field(self, web, owner, typed, said):
        kept = hotel.tires(owner)

        answer = charge(web, kept, price=typed)

        assert answer.status_code == 422
        assert said in answer.content.decode()
        assert not WorkLine.objects.exists()

    def test_into_an_order_of_somebody_else_is_no_choice(self, web, kept):
        order = make.work_order(make.client("Другой"))

        assert charge(web, kept, order=order.pk).status_code == 422

    def test_whoever_may_not_does_not(self, client_of, kept, boris, zoya):
        assert charge(client_of(boris), kept).status_code == 403
        assert client_of(zoya).get(f"/tires/{kept.pk}/charges/").status_code == 403


class TestTwice:
    def test_is_refused_until_the_user_knows_of_the_first(self, web, kept):
        charge(web, kept)
        first = WorkLine.objects.get()

        refused = charge(web, kept)
        charge(web, kept, again=first.pk)

        assert refused.status_code == 422
        assert first.document.number in refused.content.decode()
        assert WorkLine.objects.count() == 2

    def test_of_a_later_season_is_no_second_time(self, web, kept):
        charge(web, kept)
        type(kept).objects.filter(pk=kept.pk).update(until=make.day(360))

        charge(web, kept)

        assert WorkLine.objects.count() == 2

    def test_what_was_refused_was_not_charged(self, web, kept):
        charge(web, kept)
        refused = Document.objects.get(kind="work_order")
        Document.objects.filter(pk=refused.pk).update(state="refused")

        charge(web, kept)

        assert WorkLine.objects.count() == 2
        assert refused.number not in charges(web, kept)

    def test_by_both_clicks_at_once_is_once(self, transactional_db, kept, owner, dina):
        order = Document.objects.get(pk=make.work_order(owner).pk)

        def click():
            facts = {"order": order, "price": 4000, "branch": order.branch, "by": dina}
            with suppress(RefusedError):
                tire_charges.charge(kept.pk, on=make.TODAY, **facts)

        at_once(click, click, click)

        assert WorkLine.objects.count() == 1


class TestShown:
    def test_on_the_page_of_the_set_by_the_floor_above(self, web, kept):
        page = parse(web.get(kept.url))

        assert page.one("dd", **{"class": "charges"})["hx-get"] == f"/tires/{kept.pk}/charges/"
        assert "не начислено" in charges(web, kept)

    def test_with_the_order_the_sum_and_whether_it_is_paid(self, web, kept):
        charge(web, kept)
        order = Document.objects.get(kind="work_order")

        unpaid = charges(web, kept)
        make.payment(order, 4000)
        paid = charges(web, kept)

        assert order.number in unpaid
        assert "4 000,00 ₽" in unpaid
        assert "не оплачено" in unpaid
        assert "не оплачено" not in paid
        assert "не начислено" not in paid

    def test_follows_the_line_into_another_document(self, web, kept, owner, anna):
        charge(web, kept)
        line = WorkLine.objects.get()
        sale = documents.create(
            "sale", branch=make.branch(), customer=owner, vehicle=None, by=anna, on=make.TODAY
        )

        documents.copy_lines(sale, works=[line])

        assert sale.works.get().tire_set == kept
        assert charges(web, kept).count("₽") == 1
