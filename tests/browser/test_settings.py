"""Making the workstation one's own, with scripts and without."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from armclients.models import SavedSearch, User
from tests import make


@pytest.fixture(autouse=True)
def shop(db: None) -> None:
    for name in ("Абрамов Пётр", "Зубков Алексей"):
        make.vehicle(make.client(name), plate="А123ВС77")


def boxes(page: Page) -> list[str]:
    return page.locator("#search .boxes input").evaluate_all("(all) => all.map((box) => box.name)")


def test_boxes_are_moved_hidden_and_back_to_the_standard(page: Page) -> None:
    page.goto("/?client=зубк")
    standard = boxes(page)

    page.get_by_role("link", name="Настройка полей поиска").click()
    page.locator("#boxes-new_events").uncheck()
    expect(page.locator("#preview .box")).to_have_count(len(standard) - 1)
    page.locator("#boxes-reserved-up").focus()
    for place in (2, 1):
        page.keyboard.press("Enter")
        expect(page.locator("#layout [name=boxes]").nth(place)).to_have_value("reserved")
        expect(page.locator("#boxes-reserved-up")).to_be_focused()
    page.get_by_role("button", name="Сохранить", exact=True).click()

    expect(page.locator("[name=client]")).to_have_value("зубк")
    assert boxes(page)[:2] == ["mine", "reserved"]
    assert "new_events" not in boxes(page)
    page.get_by_role("link", name="Настройка полей поиска").click()
    page.get_by_role("button", name="Вернуть стандарт").click()
    expect(page.locator("[name=client]")).to_have_value("зубк")
    assert boxes(page) == standard


def test_a_search_is_saved_and_opened_from_the_panel(page: Page) -> None:
    page.goto("/")
    save = page.locator("[data-save]")
    expect(save).to_be_hidden()

    page.locator("[name=client]").fill("зубк")
    expect(page.locator("[data-customer]")).to_have_count(1)
    save.locator("summary").click()
    page.locator("#save-name").fill("Зубковы")
    page.keyboard.press("Enter")
    pin = page.locator(".pinned a")
    expect(pin).to_have_attribute("aria-current", "true")

    page.locator("[name=client]").fill("абр")
    expect(page.locator("[data-field=name]").first).to_have_text("Абрамов Пётр")
    expect(pin).not_to_have_attribute("aria-current", "true")
    pin.click()
    expect(page.locator("[name=client]")).to_have_value("зубк")

    save.locator("summary").click()
    page.locator("#save-name").fill("Зубковы")
    page.keyboard.press("Enter")
    expect(page.locator("#save-error")).to_contain_text("уже есть")
    page.keyboard.press("Escape")
    expect(save.locator("#save-fields")).to_be_hidden()
    expect(page.locator("[name=client]")).to_have_value("зубк")


def test_all_of_it_without_scripts(
    open_browser: Callable[..., BrowserContext], anna: User, db: None
) -> None:
    page = open_browser(anna, java_script_enabled=False).new_page()
    page.goto("/?client=зубк")

    page.locator("[data-save] summary").click()
    page.locator("#save-name").fill("Зубковы")
    page.locator("#save-fields button").click()
    page.get_by_role("link", name="Настройка полей поиска").click()
    page.locator("#boxes-mine").uncheck()
    page.locator("#boxes-reserved-up").click()
    expect(page.locator("#boxes-mine")).not_to_be_checked()
    expect(page.locator("#layout [name=boxes]").nth(2)).to_have_value("reserved")
    page.get_by_role("button", name="Сохранить", exact=True).click()

    expect(page.locator(".pinned a")).to_have_text("Зубковы")
    assert boxes(page)[:2] == ["new_events", "reserved"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    open_browser: Callable[..., BrowserContext], anna: User, scheme: str
) -> None:
    SavedSearch.objects.create(user=anna, name="Зубковы", query={"client": "зубк"})
    page = open_browser(anna, color_scheme=scheme).new_page()

    for address in ("/settings/search/", "/settings/search/save/", "/?client=зубк"):
        page.goto(address)
        if save := page.query_selector("[data-save] summary"):
            save.click()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
