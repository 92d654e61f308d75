"""A contact is written down, tasks are done and calls are made by the keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from armclients.call_list import building
from armclients.models import CallTarget, User
from customers.models import Consent, Event
from tests import make
from vehicles.models import ServiceInterval


@pytest.fixture
def zubkov(db: None) -> int:
    return make.zubkov().pk


class Keys:
    """A keyboard that counts; words that are typed count as one."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.pressed += 1


def test_a_contact_and_its_next_step_cost_thirteen_keys(page: Page, zubkov: int) -> None:
    page.goto(f"/?customer={zubkov}")
    keys = Keys(page)

    keys.press("6")
    expect(page.locator("#register [name=kind]:checked")).to_be_focused()
    keys.press("ArrowRight", "Tab", "ArrowDown", "ArrowDown", "ArrowDown", "Tab", "Tab")
    keys.type("Спрашивал про колодки")
    keys.press("Tab")
    keys.type("Узнать решение")
    keys.press("Control+Enter")

    expect(page.locator(".toasts")).to_contain_text("Контакт записан")
    expect(page.locator("[data-tab=events]")).to_contain_text("(1)")
    expect(page.locator("#panel .feed li").first).to_contain_text("Спрашивал про колодки")
    expect(page.locator("#register [name=text]")).to_have_value("")
    task, said = Event.objects.order_by("-pk")
    assert (said.kind, said.result) == ("call_out", "Назвали цену, думает")
    assert said.vehicle is not None
    assert (task.subject, task.due_at) == ("Узнать решение", make.at(10, days=1))
    assert keys.pressed <= 13


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(page: Page, zubkov: int) -> None:
    page.goto(f"/?customer={zubkov}&tab=contact")
    page.locator("#register [name=step]").fill("Позвонить")
    page.locator("#register [name=when][value=other]").check()

    page.locator("#register [name=step]").press("Control+Enter")

    expect(page.locator("#register .error")).to_have_text("Укажите когда.")
    expect(page.locator("#register [name=step]")).to_have_value("Позвонить")


def test_typing_in_the_search_keeps_its_focus_while_the_form_is_open(
    page: Page, zubkov: int
) -> None:
    page.goto(f"/?customer={zubkov}&tab=contact")

    page.locator("[name=client]").press_sequentially("зубк")
    expect(page.locator("#found")).to_have_text("найдено: 1")

    expect(page.locator("[name=client]")).to_be_focused()


def test_the_filter_of_the_feed_outlives_a_change(page: Page, zubkov: int) -> None:
    client = make.Counterparty.objects.get(pk=zubkov)
    for subject in ("Один", "Два"):
        make.event(client, kind="task", subject=subject, processed_at=None)
    make.event(client, kind="visit", subject="Визит")
    page.goto(f"/?customer={zubkov}&tab=events")
    page.locator("#feed-kinds").select_option("tasks")
    expect(page.locator("#feed li[data-event]")).to_have_count(2)

    page.locator("#feed li", has_text="Один").get_by_text("Обработать").click()
    page.locator("#dialog [name=result]").select_option(label="Согласовано")
    page.locator("#dialog [name=word]").press("Control+Enter")

    expect(page.locator("#feed li[data-event]")).to_have_count(2)
    expect(page.locator("#feed li.fresh")).to_have_count(1)
    expect(page.locator("#feed-kinds")).to_have_value("tasks")


def test_the_filter_of_the_feed_stands_in_the_address(page: Page, zubkov: int) -> None:
    client = make.Counterparty.objects.get(pk=zubkov)
    make.event(client, kind="task", subject="Задача")
    make.event(client, kind="visit", subject="Визит")
    page.goto(f"/?client=зубков&customer={zubkov}&tab=events")
    lines = page.locator("#feed li[data-event]")
    expect(lines).to_have_count(2)

    page.locator("#feed-kinds").select_option("tasks")
    expect(lines).to_have_count(1)
    expect(page).to_have_url(re.compile("client=.*kinds=tasks"))
    page.reload()
    expect(lines).to_have_count(1)
    page.go_back()
    expect(lines).to_have_count(2)
    page.go_forward()
    expect(lines).to_have_count(1)
    expect(page.locator("#feed-kinds")).to_have_value("tasks")


def test_news_lose_nothing_of_what_is_half_typed(page: Page, zubkov: int) -> None:
    """Whatever is said of events, cars or the client while somebody fills in the contact."""
    page.goto(f"/?customer={zubkov}&tab=contact")
    text = page.locator("#register [name=text]")
    page.locator("#register [name=kind][value=visit]").check()
    text.fill("Просит перезвонить")
    text.press("Home")
    make.event(make.Counterparty.objects.get(pk=zubkov), processed_at=None)

    for fact in ("events-changed", "customer-changed", "vehicle-changed"):
        with page.expect_response("**/?customer=*"):
            page.evaluate("fact => htmx.trigger(document.body, fact)", fact)
    expect(page.locator("[data-tab=events]")).to_contain_text("(1)")

    expect(text).to_have_value("Просит перезвонить")
    expect(text).to_be_focused()
    page.keyboard.type("Срочно! ")
    expect(text).to_have_value("Срочно! Просит перезвонить")
    expect(page.locator("#register [name=kind][value=visit]")).to_be_checked()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toasts")).to_contain_text("Контакт записан")
    expect(text).to_have_value("")
    assert Event.objects.filter(kind="visit", text="Срочно! Просит перезвонить").count() == 1


def test_news_lose_nothing_of_what_was_refused(page: Page, zubkov: int) -> None:
    page.goto(f"/?customer={zubkov}&tab=contact")
    page.locator("#register [name=step]").fill("Позвонить")
    page.locator("#register [name=when][value=other]").check()
    page.locator("#register [name=step]").press("Control+Enter")
    expect(page.locator("#register .error")).to_be_visible()

    with page.expect_response("**/?customer=*"):
        page.evaluate("htmx.trigger(document.body, 'events-changed')")
    page.locator("#register [name=when][value=tomorrow]").check()
    expect(page.locator("#register [name=step]")).to_have_value("Позвонить")
    page.locator("#register [name=step]").press("Control+Enter")

    expect(page.locator(".toasts")).to_contain_text("Контакт записан")
    expect(page.locator("#register [name=step]")).to_have_value("")
    expect(page.locator("#register .error")).to_have_count(0)


def test_another_window_over_a_half_typed_contact_loses_nothing(page: Page, zubkov: int) -> None:
    page.goto(f"/?customer={zubkov}&tab=contact")
    page.locator("#register [name=text]").fill("Просит перезвонить")

    page.locator("[id^=contact-edit-]").click()
    page.locator("#dialog [name=person]").fill("жена")
    page.locator("#dialog [name=person]").press("Control+Enter")

    expect(page.locator(".contacts")).to_contain_text("жена")
    expect(page.locator("#register [name=text]")).to_have_value("Просит перезвонить")


def test_tasks_are_done_in_place_and_the_header_follows(
    page: Page, anna: User, zubkov: int
) -> None:
    client = make.Counterparty.objects.get(pk=zubkov)
    for hour in (9, 10):
        make.event(client, kind="task", manager=anna, due_at=make.at(hour), processed_at=None)
    page.goto("/")
    expect(page.locator("#my-tasks .count")).to_have_text("2")

    page.keyboard.press("0")
    expect(page.locator("[data-section=overdue] li")).to_have_count(2)
    page.locator("[data-section=overdue] .btn").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#dialog [name=result]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Control+Enter")

    expect(page.locator("[data-section=overdue] li")).to_have_count(1)
    expect(page.locator("#my-tasks .count")).to_have_text("1")
    expect(page.locator("#dialog")).not_to_be_visible()


@pytest.fixture
def due(db: None) -> None:
    for days in (360, 361, 362):
        client = make.client(f"Клиентов {days}")
        car = make.vehicle(client, plate=f"А{days}АА77")
        make.contact(client, is_primary=True)
        make.work_order(client, vehicle=car, date=make.day(-days), state="closed")
        Consent.objects.create(counterparty=client, purpose="advertising", given_at=make.at(9))
    ServiceInterval.objects.get_or_create(make=None, defaults={"km": 10_000, "months": 12})
    building.build(today=make.TODAY)


def test_the_call_list_takes_one_key_a_call(page: Page, due: None) -> None:
    page.goto("/")

    page.keyboard.press("9")
    expect(page.locator("[data-call]")).to_have_count(3)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("2")
    expect(page.locator("[data-call]")).to_have_count(2)
    expect(page.locator("[data-call]").first.locator("a").first).to_be_focused()
    page.keyboard.press("3")
    page.locator("#dialog [name=when][value=week]").check()
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-call]")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("5")

    expect(page.locator("#whom")).to_contain_text("Клиентов")
    assert Event.objects.filter(kind="call_out").count() == 3
    assert not CallTarget.objects.filter(rests_until=None).exists()
