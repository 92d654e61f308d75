"""The workshop's board in two browsers: a card carried in one moves in the other."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from orders.models import Document
from tests import make
from tests.servers import Server, web_servers

SECOND = 1000


@pytest.fixture
def server(db: None) -> Iterator[Server]:
    with web_servers(1) as [server]:
        yield server


@pytest.fixture
def order(db: None) -> Document:
    return make.work_order(make.client("Зубков Алексей"))


@pytest.fixture
def boards(open_browser, anna, dina, server: Server, order) -> tuple[Page, Page]:
    """Anna's board and Dina's, both listening."""
    pages = []
    for user in (anna, dina):
        page = open_browser(user, base_url=server.url).new_page()
        with page.expect_response("**/calls/current/"):
            page.goto("/board/")
        pages.append(page)
    return pages[0], pages[1]


def card_in(page: Page, state: str):
    return page.locator(f'[data-column="{state}"] [data-card]')


def carry(page: Page, order: Document, to: str) -> None:
    card = page.locator(f"#card-{order.pk} .cut").bounding_box()
    column = page.locator(f'[data-column="{to}"] header').bounding_box()
    page.mouse.move(card["x"] + 5, card["y"] + 5)
    page.mouse.down()
    page.mouse.move(column["x"] + 20, column["y"] + 10, steps=5)
    page.mouse.up()


def test_a_card_carried_in_one_browser_moves_in_the_other(boards, order) -> None:
    of_anna, of_dina = boards

    carry(of_anna, order, "waiting")

    expect(card_in(of_anna, "waiting")).to_have_count(1, timeout=SECOND)
    expect(card_in(of_dina, "waiting")).to_have_count(1, timeout=SECOND)
    assert Document.objects.get(pk=order.pk).state == "waiting"


def test_a_card_goes_nowhere_it_may_not_go(boards, order) -> None:
    of_anna, _of_dina = boards

    carry(of_anna, order, "reserved")

    expect(card_in(of_anna, "in_progress")).to_have_count(1)
    assert Document.objects.get(pk=order.pk).state == "in_progress"


def test_by_keyboard_the_arrow_opens_the_window_of_the_state(boards, order) -> None:
    of_anna, of_dina = boards

    of_anna.locator(f"#move-{order.pk}").focus()
    of_anna.keyboard.press("Enter")
    of_anna.locator("dialog").get_by_role("button", name="Ожидание").press("Enter")

    expect(of_anna.locator("dialog")).to_be_hidden()
    expect(card_in(of_dina, "waiting")).to_have_count(1, timeout=SECOND)


def test_the_board_narrows_and_its_address_says_so(boards, order) -> None:
    of_anna, _of_dina = boards

    of_anna.locator("#board-promised").select_option("late")

    expect(card_in(of_anna, "in_progress")).to_have_count(0)
    expect(of_anna).to_have_url(re.compile(r"/board/\?.*promised=late"))
