"""The advisor's day, by mouse."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from customers.models import Counterparty
from tests import make


@pytest.fixture
def shop(db: None) -> dict[str, Counterparty]:
    """The seed's Зубков with his Corolla and its plan, and thirty more people."""
    zubkov = make.client("Зубков Алексей", inn="7712334545")
    make.contact(zubkov, "+7 (908) 4944434", is_primary=True)
    corolla = make.vehicle(zubkov, plate="n123ap", vin="NMTBM28E80R058037")
    make.request(
        counterparty=zubkov, vehicle=corolla, operation="plan", state="", number="ЦОА0000001"
    )
    second = make.vehicle(zubkov, plate="А717ОР161", model=make.model("LADA", "VESTA"))
    make.work_order(counterparty=zubkov, payer=zubkov, vehicle=second, state="in_progress")
    ivanov = make.client("Иванов Иван")
    make.contact(ivanov, "ivanov@mail.ru")
    for number in range(30):
        make.client(f"Яковлев {number:02}")
    return {"zubkov": zubkov, "ivanov": ivanov}


class TestSearch:
    def test_finds_while_typing_and_opens_the_only_one(self, page: Page, shop: dict) -> None:
        page.goto("/")
        expect(page.locator("#results")).to_have_attribute("data-total", "32")

        page.locator("[name=client]").press_sequentially("зубк", delay=40)

        expect(page.locator("[data-customer]")).to_have_count(1)
        expect(page.locator("#workspace h2")).to_have_text("Зубков Алексей")
        expect(page.locator("[data-tab=cart]")).to_have_text("Корзина (Нет)")
        expect(page.locator("[name=client]")).to_be_focused()
        expect(page).to_have_url(re.compile(r"\?client=%D0%B7%D1%83%D0%B1%D0%BA$"))

    def test_typing_leaves_one_step_in_the_history(self, page: Page, shop: dict) -> None:
        page.goto("/")
        before = page.evaluate("history.length")

        page.locator("[name=client]").press_sequentially("яковлев", delay=40)
        expect(page.locator("#results")).to_have_attribute("data-total", "30")

        assert page.evaluate("history.length") == before

    def test_an_older_answer_never_overwrites_a_newer_one(self, page: Page, shop: dict) -> None:
        page.goto("/")
        slow = []

        def hold_the_first(route: Route) -> None:
            if "%D1%8F%D0%BA" in route.request.url and not slow:
                slow.append(route)
            else:
                route.continue_()

        page.route("**/?client=*", hold_the_first)
        field = page.locator("[name=client]")
        field.fill("як")
        page.wait_for_timeout(500)
        field.fill("зубк")
        expect(page.locator("[data-customer]")).to_have_count(1)
        assert slow
        slow[0].continue_()
        page.wait_for_timeout(500)

        expect(page.locator("[data-customer]")).to_have_count(1)
        expect(page.locator('[data-customer] [data-field="name"]')).to_have_text("Зубков Алексей")

    def test_a_box_searches_at_once_and_stands_in_the_address(self, page: Page, shop: dict) -> None:
        page.goto("/")

        page.get_by_label("Клиенты на сервисе").check()

        expect(page.locator("#results")).to_have_attribute("data-total", "1")
        expect(page.locator('[data-vehicle][data-matched="true"]')).to_have_count(1)
        expect(page).to_have_url(re.compile(r"\?in_service=on$"))

    def test_each_field_and_all_of_them_can_be_cleared(self, page: Page, shop: dict) -> None:
        page.goto("/?client=зубк&phone=494&in_service=on")

        page.locator("[data-clear=phone]").click()
        expect(page.locator("[name=phone]")).to_have_value("")
        expect(page.locator("[name=client]")).to_have_value("зубк")
        page.locator(".search [data-reset]").click()

        expect(page.locator("#results")).to_have_attribute("data-total", "32")
        expect(page.locator("[name=client]")).to_have_value("")
        expect(page.get_by_label("Клиенты на сервисе")).not_to_be_checked()

    def test_nobody_found_says_what_to_do(self, page: Page, shop: dict) -> None:
        page.goto("/?client=" + "ъ" * 20)

        expect(page.locator("#clients")).to_contain_text("Никого не нашлось")
        expect(page.locator("#results")).to_have_attribute("data-total", "0")


class TestSelection:
    def test_a_click_opens_the_client_and_back_closes_it(self, page: Page, shop: dict) -> None:
        page.goto("/?client=в")
        page.goto("/")
        row = page.locator(f'[data-customer="{shop["zubkov"].pk}"]')

        row.click()
        expect(page.locator("#workspace h2")).to_have_text("Зубков Алексей")
        expect(page.locator("[data-vehicle]")).to_have_count(2)
        expect(row).to_have_class("sel")
        page.go_back()

        expect(page.locator("#workspace h2")).to_have_count(0)
        expect(page.locator("[data-customer]")).to_have_count(32)

    def test_reload_shows_the_same(self, page: Page, shop: dict) -> None:
        page.goto("/")
        page.locator(f'[data-customer="{shop["zubkov"].pk}"]').click()
        page.locator("[data-tab=documents]").click()
        expect(page).to_have_url(re.compile("tab=documents$"))

        page.reload()

        expect(page.locator("[data-tab=documents]")).to_have_attribute("aria-current", "page")
        expect(page.locator("#panel")).to_contain_text("ЦОА0000001")
        expect(page.locator("#workspace h2")).to_have_text("Зубков Алексей")

    def test_a_plate_opens_its_car_not_the_first(self, page: Page, shop: dict) -> None:
        page.goto("/")

        page.locator("[name=vehicle]").press_sequentially("717", delay=40)

        expect(page.locator("[data-vehicle].sel")).to_contain_text("VESTA")
        expect(page.locator("#car")).to_contain_text("LADA VESTA")

    def test_the_unfinished_comes_first(self, page: Page, shop: dict) -> None:
        page.goto(f"/?customer={shop['zubkov'].pk}")

        first = page.locator("#panel .block").first
        expect(first).to_contain_text("Незавершённое")
        expect(first).to_contain_text("В работе")

    def test_the_history_of_a_car_can_be_filtered(self, page: Page, shop: dict) -> None:
        page.goto("/?vehicle=n123")
        expect(page.locator("#history")).to_contain_text("План ремонта")

        page.locator("#history-q").fill("колодки")

        expect(page.locator("#history")).to_contain_text("Ничего не нашлось")
        expect(page.locator("#history-q")).to_be_focused()

    def test_works_and_goods_open_in_place(self, page: Page, shop: dict) -> None:
        page.goto("/?vehicle=n123")

        page.locator("#car").get_by_text("Товары").click()

        expect(page.locator("#car [aria-current=page]")).to_have_text("Товары")
        expect(page.locator("#workspace h2")).to_have_text("Зубков Алексей")


class TestBadDays:
    def test_an_ended_session_leads_to_the_log_in_page_and_back(
        self, page: Page, shop: dict
    ) -> None:
        # The numbers beside the boxes are asked for a moment later, and would be led away first.
        page.goto("/")
        expect(page.locator("#count-mine")).not_to_be_empty()
        page.context.clear_cookies()

        page.locator("[name=client]").fill("зубк")

        expect(page.locator("[name=username]")).to_be_visible()
        assert "/login/?next=" in page.url

    def test_a_failing_server_says_so_and_keeps_the_screen(self, page: Page, shop: dict) -> None:
        page.goto("/")
        page.route("**/?client=*", lambda route: route.fulfill(status=500, body="boom"))

        page.locator("[name=client]").fill("зубк")

        expect(page.locator("#toasts")).to_contain_text("Ошибка на сервере")
        expect(page.locator("[data-customer]")).to_have_count(32)

    def test_a_lost_connection_says_so(self, page: Page, shop: dict) -> None:
        page.goto("/")
        page.route("**/?client=*", lambda route: route.abort())

        page.locator("[name=client]").fill("зубк")

        expect(page.locator("#toasts")).to_contain_text("Сервер не отвечает")
