"""From a ringing telephone to a work order: client, booking, check-in, work order."""

import re

import pytest
from playwright.sync_api import Page, expect

from orders.models import Slot, WorkOrder
from tests import make

QUARTER_HOURS = 4


@pytest.fixture
def zubkov(transactional_db):
    client = make.zubkov()
    make.bay("Пост 1")
    make.bay("Пост 2")
    return client


def block(page: Page, name: str):
    return page.locator("#calendar .book[data-slot]", has_text=name)


def drag_an_hour_down(page: Page, *, to: str) -> None:
    box = block(page, "Зубков").bounding_box()
    other = page.locator(f".rows-of-day[data-name='{to}']").bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(other["x"] + 30, box["y"] + 4, steps=4)
    page.mouse.move(other["x"] + 30, box["y"] + 4 + box["height"] + 1, steps=4)
    page.mouse.up()


class TestJourney:
    def test_from_a_call_to_a_work_order(self, page, zubkov):
        page.goto("/?phone=4944434")
        page.locator("[data-jump=booking]").click()
        expect(page.locator("#whom")).to_contain_text("Зубков")

        page.keyboard.press("n")
        page.locator("#dialog [name=reason]").fill("Стучит спереди")
        page.locator("#dialog .btn-go").click()
        expect(block(page, "Зубков")).to_be_visible()

        block(page, "Зубков").click()
        page.locator("#dialog a", has_text="машинозаезд").click()
        expect(page.locator("[name=reasons]")).to_have_value("Стучит спереди")
        page.locator("[name=mileage_km]").fill("84200")
        page.locator("main .btn-go").click()
        page.locator("input[type=image]").click(position={"x": 120, "y": 60})
        expect(page.locator("#marks circle")).to_have_attribute("cx", re.compile("1(19|20|21)"))
        page.locator("#orders .btn-go").click()

        page.wait_for_url(re.compile(r"/documents/\d+/"))
        order = WorkOrder.objects.get()
        assert order.counterparty == zubkov
        assert order.base.base.kind == "repair_request"


class TestBlock:
    @pytest.fixture(autouse=True)
    def calendar(self, page, zubkov):
        make.request(zubkov, slot=make.at(12), bay=make.bay("Пост 1"))
        make.request(make.client("Иванов"), slot=make.at(15), bay=make.bay("Пост 1"))
        page.goto("/booking/?day=2041-03-12")

    def test_is_dragged_to_another_bay_and_time(self, page):
        drag_an_hour_down(page, to="Пост 2")

        expect(block(page, "Зубков")).to_have_attribute("data-start", "2041-03-12T13:00")
        assert Slot.objects.get(start_at=make.at(13)).bay.name == "Пост 2"

    def test_is_stretched_by_keys(self, page):
        block(page, "Зубков").focus()
        for _ in range(QUARTER_HOURS):
            page.keyboard.press("Shift+ArrowDown")
        page.keyboard.press("Enter")

        expect(block(page, "Зубков")).to_have_attribute("data-until", "2041-03-12T14:00")

    def test_is_put_back_by_escape(self, page):
        block(page, "Зубков").focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Escape")

        expect(block(page, "Зубков")).to_have_text(re.compile("12:00–13:00"))
        assert Slot.objects.filter(start_at=make.at(12)).exists()

    def test_dropped_on_another_says_whose_that_time_is(self, page):
        block(page, "Зубков").focus()
        for _ in range(3 * QUARTER_HOURS):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")

        expect(page.locator("#dialog .error")).to_contain_text("Иванов")


class TestWhoeverComesSecond:
    """Is told where the booking stands by now, and sees it there."""

    @pytest.fixture(autouse=True)
    def booked(self, zubkov, gleb):
        make.request(zubkov, slot=make.at(12), bay=make.bay("Пост 1"), master=gleb)

    @pytest.fixture
    def two(self, open_browser, anna, dina):
        """Opens the same calendar before two people."""

        def opened(address: str) -> list[Page]:
            pages = [open_browser(user).new_page() for user in (anna, dina)]
            for page in pages:
                page.goto(address)
            return pages

        return opened

    def test_with_the_mouse(self, two):
        first, second = two("/booking/?day=2041-03-12")

        drag_an_hour_down(first, to="Пост 1")
        expect(block(first, "Зубков")).to_have_attribute("data-start", "2041-03-12T13:00")
        drag_an_hour_down(second, to="Пост 2")

        expect(second.locator("#dialog [role=alert]")).to_contain_text("12.03 13:00–14:00 Пост 1")
        expect(block(second, "Зубков")).to_have_attribute("data-start", "2041-03-12T13:00")
        slot = Slot.objects.get()
        assert (slot.start_at, slot.bay.name) == (make.at(13), "Пост 1")

    @pytest.mark.parametrize("calendar", ["", "&by=master", "&view=week", "&view=week&by=master"])
    def test_with_the_keyboard(self, two, calendar):
        first, second = two(f"/booking/?day=2041-03-12{calendar}")
        key = "ArrowRight" if "week" in calendar else "ArrowDown"

        for page in (first, second):
            block(page, "Зубков").focus()
            page.keyboard.press(key)
            page.keyboard.press("Enter")
            expect(block(page, "Зубков")).not_to_have_attribute("data-start", "2041-03-12T12:00")

        expect(second.locator("#dialog [role=alert]")).to_contain_text("тем временем")
        moved = "2041-03-13T12:00" if "week" in calendar else "2041-03-12T12:15"
        expect(block(second, "Зубков")).to_have_attribute("data-start", moved)

    def test_is_back_at_the_booking_when_the_window_closes(self, two):
        first, second = two("/booking/?day=2041-03-12")
        drag_an_hour_down(first, to="Пост 1")
        expect(block(first, "Зубков")).to_have_attribute("data-start", "2041-03-12T13:00")

        block(second, "Зубков").focus()
        second.keyboard.press("ArrowDown")
        second.keyboard.press("Enter")
        expect(block(second, "Зубков")).to_have_attribute("data-start", "2041-03-12T13:00")
        second.keyboard.press("Escape")

        expect(block(second, "Зубков")).to_be_focused()


def test_a_finger_carries_a_booking(open_browser, anna, zubkov):
    make.request(zubkov, slot=make.at(12), bay=make.bay("Пост 1"))
    tablet = open_browser(anna, viewport={"width": 820, "height": 1180}, has_touch=True)
    page = tablet.new_page()
    page.goto("/booking/?day=2041-03-12")
    box = block(page, "Зубков").bounding_box()
    x, y = box["x"] + 20, box["y"] + 4
    finger = tablet.new_cdp_session(page)

    def touch(kind: str, *, at: float | None = None) -> None:
        points = [] if at is None else [{"x": x, "y": at}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", at=y)
    expect(page.locator(".book.lifted")).to_have_count(1)
    for step in range(1, 6):
        touch("touchMove", at=y + step * (box["height"] + 1) / 5)
    touch("touchEnd")

    expect(block(page, "Зубков")).to_have_attribute("data-start", "2041-03-12T13:00")


def test_a_client_is_booked_without_scripts(open_browser, anna, zubkov):
    page = open_browser(anna, java_script_enabled=False).new_page()
    page.goto("/booking/?day=2041-03-12")

    page.locator(".free").first.click(force=True)
    page.locator("[name=customer_text]").fill("Пётр")
    page.locator("main .btn-go").click()

    expect(block(page, "Пётр")).to_be_visible()
