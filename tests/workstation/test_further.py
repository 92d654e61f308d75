"""«Доп.»: every criterion finds whom it means, alone and beside everything else."""

from types import SimpleNamespace

import pytest
from django.test import Client

from armclients.models import SearchCard
from armclients.workstation.criteria import Asking
from armclients.workstation.filters import ClientFilter
from armclients.workstation.search import find
from customers.models import Counterparty
from orders.models import OpeningBalance
from tests import make
from tests.contract.page import parse


@pytest.fixture
def shop(anna, boris):
    """Ada has everything that can be asked for, Bob something else, Vera nothing."""
    retail, trade = make.price_type("Розница"), make.price_type("Опт")
    ada = make.client(
        "Ада", inn="7712334545", attention="stop", manager=anna, price_type_goods=retail
    )
    bob = make.client("Боб", kind="both", attention="notice", price_type_works=trade)
    make.card(ada, "770042")
    corolla = make.model("TOYOTA", "COROLLA седан (_E12J_)")
    make.vehicle(ada, model=corolla, year=2005, vin="ADA")
    make.vehicle(ada, model=make.model("LADA", "VESTA"), year=2019, vin="ADA2")
    make.vehicle(bob, model=corolla, year=2019, vin="BOB")
    branch = make.branch(prefix="ЦОА")
    order = make.work_order(ada, number="ЦОА0000123", date=make.day(-10), branch=branch)
    make.work(order, price=500)
    make.work_order(bob, number="ЦОА0001234", date=make.day(-400), branch=branch, state="closed")
    return SimpleNamespace(ada=ada, bob=bob, vera=make.client("Вера"), anna=anna, retail=retail)


def found(query: dict, user) -> list[str]:
    """Names, by the page of the statement and by the plain queryset, which must agree."""
    search = ClientFilter({k: str(v) for k, v in query.items()}, asking=Asking(user))
    assert search.form.is_valid(), search.form.errors
    names = dict(Counterparty.objects.values_list("pk", "name"))
    page = [names[pk] for pk in find(search.wanted).ids]
    assert page == sorted(names[pk] for pk in search.qs.values_list("pk", flat=True))
    return page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"inn": "7712334545"}, ["Ада"]),
        ({"inn": "77"}, ["Ада"]),
        ({"number": "цоа0000123"}, ["Ада"]),
        ({"number": "123"}, ["Ада"]),
        ({"number": "1234"}, ["Боб"]),
        ({"number": "ЦОА"}, ["Ада", "Боб"]),
        ({"model": "corolla"}, ["Ада", "Боб"]),
        ({"model": "Toyota E12J"}, ["Ада", "Боб"]),
        ({"model": "vesta"}, ["Ада"]),
        ({"model": "тойота"}, ["Ада", "Боб"]),
        ({"model": "maybach"}, []),
        ({"year": 2019}, ["Ада", "Боб"]),
        ({"model": "corolla", "year": 2019}, ["Боб"]),
        ({"card": "7700"}, ["Ада"]),
        ({"kind": "both"}, ["Боб"]),
        ({"kind": "buyer"}, ["Ада", "Вера"]),
        ({"visited_from": make.day(-30)}, ["Ада"]),
        ({"visited_to": make.day(-30)}, ["Боб"]),
        ({"visited_from": make.day(-500), "visited_to": make.day()}, ["Ада", "Боб"]),
        ({"debt": "on"}, ["Ада"]),
        ({"attention": "any"}, ["Ада", "Боб"]),
        ({"attention": "stop"}, ["Ада"]),
        ({"attention": "any", "client": "б"}, ["Боб"]),
        ({"model": "corolla", "vehicle": "ada"}, ["Ада"]),
        ({"manager": 999_999}, []),
        ({"debt": "on", "kind": "both"}, []),
    ],
    ids=str,
)
def test_finds(shop, query, names):
    assert found(query, shop.anna) == names


def test_finds_by_manager_and_price_type(shop):
    assert found({"manager": shop.anna.pk}, shop.anna) == ["Ада"]
    assert found({"price_type": shop.retail.pk}, shop.anna) == ["Ада"]


def test_an_old_debt_is_a_debt(shop):
    OpeningBalance.objects.create(counterparty=shop.vera, amount=100)

    assert found({"debt": "on"}, shop.anna) == ["Ада", "Вера"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"inn": "77a"}, "inn"),
        ({"inn": "1" * 13}, "inn"),
        ({"year": "x"}, "year"),
        ({"year": "12"}, "year"),
        ({"manager": "x"}, "manager"),
        ({"manager": "9" * 30}, "manager"),
        ({"price_type": "-1"}, "price_type"),
        ({"kind": "friend"}, "kind"),
        ({"visited_from": "32.13.2026"}, "visited_from"),
        ({"visited_to": "yesterday"}, "visited_to"),
        ({"attention": "x"}, "attention"),
        ({"model": "x" * 61}, "model"),
    ],
    ids=str,
)
def test_nonsense_is_told_at_its_field(shop, web: Client, query, field):
    search = ClientFilter(query, asking=Asking(shop.anna))
    assert list(search.form.errors) == [field]

    answer = web.get("/", query)

    assert answer.status_code == 200
    assert str(search.form.errors[field][0]) in answer.content.decode()


def test_the_car_that_was_asked_for_is_shown(shop, web: Client):
    results = parse(web.get("/", {"model": "corolla", "year": "2005"})).one(id="results")

    (car,) = results.all(data_matched="true")
    assert "COROLLA" in car.text


def test_costs_no_more_statements_than_a_plain_search(shop, htmx, statements):
    fields = {"model": "corolla", "year": "2019", "debt": "on", "client": "бо", "inn": "1"}
    with statements(at_most=6):
        htmx.get("/", fields)


def test_tags_leave_room_for_each_other():
    """The keys of price types, managers and models never meet among the tags."""
    greatest = 999_999
    spans = [
        range(SearchCard.vehicle(year=2100), SearchCard.vehicle(year=1900) + 1),
        range(SearchCard.price_type(greatest), SearchCard.price_type(1) + 1),
        range(SearchCard.managed_by(greatest), SearchCard.managed_by(1) + 1),
        range(SearchCard.vehicle(model=greatest), SearchCard.vehicle(model=1) + 1),
    ]
    for n, span in enumerate(spans):
        assert not any(span[0] in other or span[-1] in other for other in spans[n + 1 :])
