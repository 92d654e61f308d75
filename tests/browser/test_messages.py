"""«Заказ готов → СМС → доставлено», by mouse, by keyboard alone and without scripts."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from armclients.kit import clock
from customers.messaging import address, optout, outbox
from customers.models import Counterparty, MessageTemplate, OutgoingMessage
from orders.models import WorkOrder
from tests import make


@pytest.fixture(autouse=True)
def gateway(settings, tmp_path) -> None:
    settings.SMS_ADDRESS = address.parse(f"file://{tmp_path}/sms.log")


@pytest.fixture
def job(db: None) -> WorkOrder:
    zubkov = make.zubkov()
    order = make.work_order(zubkov, state="completed", vehicle=zubkov.ownerships.get().vehicle)
    make.work(order, price=1500)
    MessageTemplate.objects.get_or_create(
        channel="sms", name="Машина готова", text="{client}, машина готова. К оплате {sum} руб."
    )
    return order


def deliver() -> None:
    """What the worker does meanwhile."""
    message = OutgoingMessage.objects.get()
    outbox.attend(message.pk)
    outbox.attend(message.pk)


def test_an_order_is_ready_the_client_is_told_and_it_arrives(page: Page, job: WorkOrder) -> None:
    page.goto(f"/?customer={job.counterparty_id}")
    page.locator(f"#tell-{job.pk}").click()
    page.locator("#message-template").select_option(label="Машина готова")
    text = page.locator("#message-text")
    expect(text).to_have_value("Зубков Алексей, машина готова. К оплате 1500 руб.")
    expect(page.locator("#message-template")).to_be_focused()
    text.fill("Зубков Алексей, машина готова 😀")
    expect(page.locator("#message-count")).to_contain_text("32")
    expect(page.locator("[data-preview]")).to_contain_text("😀")
    page.locator("#message .btn-go").click()

    expect(page.locator("#dialog")).not_to_be_visible()
    expect(page.locator("#toasts")).to_contain_text("Сообщение отправляется")
    expect(page.locator("#unfinished")).to_contain_text("да")
    deliver()
    page.locator("[data-tab=events]").click()
    expect(page.locator("#panel .feed li").first).to_contain_text("машина готова 😀")
    expect(page.locator("#panel .feed li").first).to_contain_text("доставлено")


def test_it_is_done_by_keyboard_alone_and_the_focus_comes_back(page: Page, job: WorkOrder) -> None:
    page.goto(f"/?customer={job.counterparty_id}")
    phone = job.counterparty.contacts.get(kind="mobile")
    page.locator(f"#sms-{phone.pk}").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#message-template")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(f"#sms-{phone.pk}")).to_be_focused()

    page.keyboard.press("Enter")
    expect(page.locator("#message-template")).to_be_focused()
    while page.evaluate("document.activeElement.id") != "message-text":
        page.keyboard.press("Tab")
    page.keyboard.type("Позвоните нам")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#dialog")).not_to_be_visible()
    assert OutgoingMessage.objects.get().text == "Позвоните нам"


def test_advertising_without_a_consent_is_refused_and_nothing_typed_is_lost(
    page: Page, job: WorkOrder
) -> None:
    page.goto(f"/customers/{job.counterparty_id}/write/")
    page.locator("#message-template").select_option(label="Машина готова")
    expect(page.locator("#message-text")).to_have_value(re.compile("К оплате 1500"))
    page.locator("#message-purpose").select_option("advertising")
    page.locator("#message-text").fill("Скидка на шины")
    expect(page.locator("[data-preview]")).to_contain_text("/unsubscribe/")
    page.locator("#message .btn-go").click()

    expect(page.locator("#message-purpose_error")).to_be_visible()
    expect(page.locator("#message-text")).to_have_value("Скидка на шины")
    assert not OutgoingMessage.objects.exists()


def test_the_window_is_accessible(open_browser, anna, job) -> None:
    page = open_browser(anna).new_page()
    page.goto(f"/?customer={job.counterparty_id}")
    page.locator(f"#tell-{job.pk}").click()
    page.locator("#message-template").select_option(label="Машина готова")
    expect(page.locator("[data-preview]")).to_be_visible()

    found = Axe().run(page, "#dialog").response

    assert [rule["id"] for rule in found["violations"]] == []


def test_without_scripts_a_template_is_filled_in_and_sent(open_browser, anna, job) -> None:
    page = open_browser(anna, java_script_enabled=False).new_page()
    page.goto(f"/?customer={job.counterparty_id}")
    page.locator(f"#tell-{job.pk}").click()
    page.locator("#message-template").select_option(label="Машина готова")
    page.locator("button[name=fill]").click()
    expect(page.locator("[data-preview]")).to_contain_text("К оплате 1500 руб.")
    page.locator("#message .btn-go").click()

    expect(page.locator("#toasts")).to_contain_text("Сообщение отправляется")
    assert OutgoingMessage.objects.get().document_id == job.pk


def test_a_client_ends_the_advertising(open_browser, db) -> None:
    client: Counterparty = make.client()
    consent = make.consent(client, "advertising")
    page = open_browser().new_page()
    path = optout.LINKS.url_for(client.pk)
    page.goto(path[path.index("/unsubscribe") :])
    page.get_by_role("button", name="Отказаться от рекламы").click()

    expect(page.get_by_role("status").first).to_be_visible()
    consent.refresh_from_db()
    assert consent.withdrawn_at == clock.now()
