"""Search, tabs and forms work by plain links and posts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from armclients.models import User
from tests import make


@pytest.fixture
def plain(open_browser: Callable[..., BrowserContext], anna: User) -> Page:
    return open_browser(anna, java_script_enabled=False).new_page()


def test_the_whole_way_from_log_in_to_a_tab(
    open_browser: Callable[..., BrowserContext], anna: User
) -> None:
    anna.set_password("Ключ-7-Мост")
    anna.save()
    make.vehicle(make.client("Зубков Алексей"), plate="n123ap")
    make.client("Иванов Иван")
    page = open_browser(java_script_enabled=False).new_page()

    page.goto("/?client=зубк")
    page.locator("[name=username]").fill("anna")
    page.locator("[name=password]").fill("Ключ-7-Мост")
    page.locator("[name=password]").press("Enter")

    expect(page.locator("#workspace h2")).to_have_text("Зубков Алексей")
    page.locator("[data-tab=documents]").click()
    expect(page.locator("#panel")).to_contain_text("ещё нет документов")
    page.locator("[name=client]").fill("иванов")
    page.locator(".search button:has-text('Поиск')").click()
    expect(page.locator("#workspace h2")).to_have_text("Иванов Иван")


def test_boxes_pages_and_rows_are_links_and_forms(plain: Page) -> None:
    for number in range(60):
        make.client(f"Яковлев {number:02}")
    plain.goto("/")

    plain.locator("#results a[rel=next]").click()
    expect(plain.locator("[data-customer]")).to_have_count(10)
    plain.locator("[data-customer] a").last.click()
    expect(plain.locator("#workspace h2")).to_have_text("Яковлев 59")
    plain.get_by_label("С заказами").check()
    plain.locator(".search button:has-text('Поиск')").click()

    expect(plain.locator("#results")).to_have_attribute("data-total", "0")
