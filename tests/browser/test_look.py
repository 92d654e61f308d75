"""What can be measured of the look: nothing is cut off, all is visible, axe is silent."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from armclients.models import CallTarget, User
from tests import make

SIZES = {"laptop": (1366, 768), "desktop": (1920, 1080)}
STATES = ("request", "reserved", "in_progress", "approval", "waiting", "parked", "completed")


@pytest.fixture
def busy(db: None) -> int:
    """A client with long names, many cars and all kinds of unfinished work; and fifty others."""
    busy = make.client(
        "ООО «Северо-Западная транспортно-экспедиционная компания»",
        inn="7707083893",
        attention="warning",
        attention_text="Просит звонить после 18:00",
    )
    make.contact(busy, "+7 (908) 494-44-34 доб. 15", is_primary=True)
    make.contact(busy, "dispatcher@transport-company.example")
    for number, state in enumerate(STATES):
        car = make.vehicle(
            busy,
            plate=f"А{number:03}ВС777",
            vin=f"NMTBM28E80R05803{number}",
            model=make.model("MERCEDES-BENZ", "SPRINTER классик 3,5-t фургон (909)"),
        )
        order = make.work_order(counterparty=busy, payer=busy, vehicle=car, state=state)
        make.work(order, "Замена передних тормозных колодок", price=12450)
    make.event(busy, processed_at=None)
    make.event(busy, kind="task", due_at=make.at(9), processed_at=None)
    for agreed in (True, False):
        CallTarget.objects.create(
            customer=make.client(),
            why="absent",
            due_on=make.TODAY,
            last_visit_on=make.day(-400),
            may_advertise=agreed,
        )
    for number in range(50):
        make.vehicle(make.client(f"Яковлев {number:02}"), plate=f"В{number:03}ОР77")
    return busy.pk


@pytest.mark.parametrize("size", SIZES)
def test_the_first_look_needs_no_scrolling(
    open_browser: Callable[..., BrowserContext], anna: User, busy: int, size: str
) -> None:
    width, height = SIZES[size]
    page = open_browser(anna, viewport={"width": width, "height": height}).new_page()

    page.goto(f"/?customer={busy}")

    overflow = page.evaluate(
        "(page) => [page.scrollWidth - innerWidth, page.scrollHeight - innerHeight]",
        page.query_selector("html"),
    )
    assert max(overflow) <= 0
    visible = page.evaluate(
        """() => { const box = document.querySelector('#clients').getBoundingClientRect();
            return [...document.querySelectorAll('[data-customer]')].filter((row) => {
                const {top, bottom} = row.getBoundingClientRect();
                return top >= box.top && bottom <= box.bottom + 1 }).length }"""
    )
    assert visible >= 10
    for needed in ("#unfinished", ".contacts li", "[data-field=debt]", ".jumps"):
        expect(page.locator(needed).first).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?customer={}",
        "/?customer={}&tab=events",
        "/?customer={}&tab=contact",
        "/?client=ъъъ",
        "/tasks/?of=nobody",
        "/call-list/",
        "/call-list/?silent=on",
        "/customers/{}/contact/register/",
    ],
)
def test_axe_finds_nothing(
    open_browser: Callable[..., BrowserContext], anna: User, busy: int, address: str, scheme: str
) -> None:
    page = open_browser(anna, color_scheme=scheme).new_page()
    page.goto(address.format(busy))

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()


def test_axe_finds_nothing_on_the_log_in_page(
    open_browser: Callable[..., BrowserContext], db: None
) -> None:
    page: Page = open_browser().new_page()
    page.goto("/")
    page.locator("[name=username]").fill("nobody")
    page.locator("[name=password]").fill("wrong")
    page.locator("[name=password]").press("Enter")
    expect(page.locator("main")).to_contain_text("не подошли")

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
