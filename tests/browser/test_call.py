"""The telephone rings: from the PBX to the card and the contact, in a browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from armclients.models import User
from customers.models import Call, Counterparty
from tests import make
from tests.customers import pbx
from tests.servers import Cable, Server, web_servers

SECOND = 1000


@pytest.fixture
def server(settings, db: None) -> Iterator[Server]:
    settings.PBX_SECRET = pbx.SECRET
    with web_servers(1) as [server]:
        yield server


@pytest.fixture
def zubkov(db: None) -> Counterparty:
    return make.zubkov()


@pytest.fixture
def desk(open_browser, anna: User, server: Server, zubkov: Counterparty) -> BrowserContext:
    """Anna's browser; on her desk stands telephone 101."""
    anna.phone_line = "101"
    anna.save()
    return open_browser(anna, base_url=server.url)


@pytest.fixture
def page(desk: BrowserContext) -> Page:
    """Connected: whatever rings from now on is heard."""
    page = desk.new_page()
    with page.expect_response("**/calls/current/"):
        page.goto("/")
    return page


def test_from_the_ring_to_the_contact(page: Page, server: Server, zubkov: Counterparty) -> None:
    pbx.ring(server.url, "c1")

    strip = page.locator(".call")
    expect(strip).to_contain_text("+7 (908) 494-44-34", timeout=SECOND)
    expect(strip).to_contain_text("Зубков Алексей")
    strip.get_by_role("link", name="Открыть").click()

    expect(page.locator("#workspace h2")).to_have_text("Зубков Алексей")
    page.locator(".call").get_by_role("link", name="Записать контакт").click()
    expect(page.locator("[data-tab=contact]")).to_have_attribute("aria-current", "page")
    expect(page).to_have_url(re.compile(rf"customer={zubkov.pk}&tab=contact"))

    pbx.ring(server.url, "c1", "ended")
    expect(page.locator(".call")).to_have_count(0, timeout=SECOND)
    assert Call.objects.get().event.counterparty == zubkov


def test_the_current_call_is_searched_for(page: Page, server: Server) -> None:
    pbx.ring(server.url, "c1")
    expect(page.locator(".call")).to_be_visible()

    page.locator("#current-call").click()

    expect(page.locator("[name=phone]")).to_have_value("+79084944434")
    expect(page.locator("#workspace h2")).to_have_text("Зубков Алексей")


def test_who_is_calling_is_chosen_in_a_window(page: Page, server: Server) -> None:
    maria = make.client("Зубкова Мария")
    make.contact(maria, pbx.NUMBER)
    pbx.ring(server.url, "c1")

    page.get_by_role("link", name="Кто звонит?").click()
    page.get_by_label("Зубкова Мария").check()
    page.get_by_role("button", name="Это он").click()

    expect(page.locator("dialog")).not_to_be_visible()
    expect(page.locator(".call")).to_contain_text("Зубкова Мария")
    expect(page.locator(".call")).not_to_contain_text("Зубков Алексей")


def test_nothing_half_typed_is_lost_when_a_call_is_missed(
    page: Page, server: Server, zubkov: Counterparty
) -> None:
    page.goto(f"/?customer={zubkov.pk}&tab=contact")
    page.locator("#register [name=text]").fill("Просит перезвонить")

    pbx.ring(server.url, "c1", "missed")
    expect(page.locator("[data-tab=events]")).to_contain_text("(1)")
    pbx.ring(server.url, "c2")

    expect(page.locator(".call")).to_be_visible()
    expect(page.locator("#register [name=text]")).to_have_value("Просит перезвонить")


def test_nine_tabs_all_load_and_all_hear(desk: BrowserContext, page: Page, server: Server) -> None:
    tabs = [page, *(desk.new_page() for _ in range(8))]
    for tab in tabs[1:]:
        tab.goto("/", timeout=10 * SECOND)

    pbx.ring(server.url, "c1")

    for tab in tabs:
        expect(tab.locator(".call")).to_contain_text("Зубков Алексей")


def test_a_stream_that_was_cut_is_mended(page: Page, server: Server, desk: BrowserContext) -> None:
    desk.set_offline(True)
    pbx.ring(server.url, "c1")
    desk.set_offline(False)

    expect(page.locator(".call")).to_contain_text("Зубков Алексей")


def test_a_call_that_came_while_the_stream_was_cut_is_shown(
    open_browser, anna: User, server: Server, desk: BrowserContext, zubkov: Counterparty
) -> None:
    """The browser itself has noticed nothing: its line is there, the server's is not."""
    cable = Cable(server.port)
    page = open_browser(anna, base_url=cable.url).new_page()
    with page.expect_response("**/calls/current/"):
        page.goto(f"/?customer={zubkov.pk}&tab=contact")
    page.locator("#register [name=text]").fill("Наполовину набрано")

    cable.cut()
    pbx.ring(server.url, "c1")
    pbx.ring(server.url, "c1", "missed")
    pbx.ring(server.url, "c2")
    expect(page.locator(".call")).to_have_count(0)
    cable.mend()

    expect(page.locator(".call")).to_contain_text("Зубков Алексей", timeout=15 * SECOND)
    expect(page.locator("#my-tasks .count")).to_have_text("1")
    expect(page.locator("#register [name=text]")).to_have_value("Наполовину набрано")
    pbx.ring(server.url, "c2", "ended")
    expect(page.locator(".call")).to_have_count(0)
