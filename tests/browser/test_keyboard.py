"""The same work without a mouse."""

import pytest
from playwright.sync_api import Page, expect

from armclients.models import User
from tests import make


@pytest.fixture(autouse=True)
def shop(db: None) -> None:
    for name in ("Абрамов Пётр", "Борисов Олег", "Зубков Алексей"):
        owner = make.client(name)
        make.vehicle(owner, plate=f"А{owner.pk % 1000:03}ВС77")


def test_slash_goes_to_the_search_in_the_russian_layout_too(page: Page) -> None:
    page.goto("/")

    page.keyboard.press("Slash")

    expect(page.locator("[name=client]")).to_be_focused()
    expect(page.locator("[name=client]")).to_have_value("")


def test_arrows_walk_the_list_and_enter_opens(page: Page) -> None:
    page.goto("/")
    page.locator("[name=client]").focus()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("#workspace h2")).to_have_text("Борисов Олег")


def test_whoever_is_quicker_than_the_search_reaches_whom_they_typed(page: Page, anna: User) -> None:
    make.branch()
    page.goto("/?client=абрам")
    expect(page.locator("#workspace h2")).to_have_text("Абрамов Пётр")

    page.keyboard.press("/")
    page.keyboard.type("зубк")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("8")

    expect(page.locator("#dialog-title")).to_contain_text("Зубков Алексей")


def test_what_waits_for_the_search_is_forgotten_when_it_fails(page: Page) -> None:
    page.goto("/?client=абрам")
    expect(page.locator("#workspace h2")).to_have_text("Абрамов Пётр")
    page.route("**/?*", lambda route: route.abort())

    page.keyboard.press("/")
    page.keyboard.type("зубк")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("8")

    expect(page.locator("[name=client]")).to_be_focused()
    expect(page.locator("#dialog-title")).to_have_count(0)


def test_digits_open_tabs_and_never_in_a_field(page: Page) -> None:
    page.goto("/?client=зубк")
    expect(page.locator("#workspace h2")).to_have_text("Зубков Алексей")

    page.locator("[name=phone]").focus()
    page.keyboard.press("5")
    expect(page.locator("[name=phone]")).to_have_value("5")
    page.goto("/?client=зубк")
    page.keyboard.press("5")

    expect(page.locator("[data-tab=documents]")).to_have_attribute("aria-current", "page")


def test_enter_searches_at_once_and_escape_clears(page: Page) -> None:
    page.goto("/")
    field = page.locator("[name=client]")

    field.fill("бори")
    field.press("Enter")
    expect(page.locator("[data-customer]")).to_have_count(1)
    field.press("Escape")

    expect(page.locator("[data-customer]")).to_have_count(3)
    expect(field).to_have_value("")
    expect(field).to_be_focused()


def test_a_question_mark_lists_the_keys_and_escape_closes_them(page: Page) -> None:
    page.goto("/")

    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Esc")
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_question_mark_in_a_field_is_a_question_mark(page: Page) -> None:
    page.goto("/")

    page.locator("[name=client]").press("?")

    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_scanner_types_fast_and_ends_with_enter(page: Page) -> None:
    plate = f"А{make.client('Сканеров Сергей').pk % 1000:03}МР50"
    make.vehicle(make.client("Штрихова Вера"), plate=plate)
    page.goto("/")
    page.locator("[name=vehicle]").focus()

    page.keyboard.type(plate, delay=2)
    page.keyboard.press("Enter")

    expect(page.locator("#workspace h2")).to_have_text("Штрихова Вера")
    expect(page.locator("[data-vehicle]")).to_have_count(1)


def test_counts_stand_beside_the_boxes_a_moment_later(page: Page) -> None:
    make.work_order(make.client("Сервисов Пётр"), state="in_progress")
    page.goto("/?client=сервисов")

    expect(page.locator("#count-in_service")).to_have_text("1")
    expect(page.locator("#count-awaiting_pickup")).to_have_text("0")
