"""Clients and cars entered and changed, by keyboard where it matters."""

import re

from playwright.sync_api import Page, expect

from customers.models import Counterparty
from tests import make


def test_a_new_client_from_an_empty_search_by_keyboard(page: Page) -> None:
    known = make.client("Зубков Алексей", attention="stop", attention_text="Не обслуживать")
    make.contact(known, "+7 (908) 4944434")
    page.goto("/")
    page.locator("[name=client]").press_sequentially("Небывалов", delay=20)
    page.locator("[name=phone]").press_sequentially("8 908 494 44 34", delay=20)
    expect(page.locator("#nobody-new")).to_be_visible()

    page.keyboard.press("Insert")

    window = page.locator("dialog[open]")
    expect(window.locator("[name=name]")).to_have_value("Небывалов")
    expect(window.locator("[name=name]")).to_be_focused()
    expect(window.locator("[name=phone]")).to_have_value("8 908 494 44 34")
    expect(window.locator(f"[data-alike='{known.pk}']")).to_contain_text("Не обслуживать")
    page.keyboard.press("Enter")
    expect(page.locator("#workspace h2")).to_have_text("Небывалов")
    expect(page.locator("[data-customer]")).to_have_count(1)


def test_a_vin_tells_and_one_key_takes(page: Page) -> None:
    client = make.client("Зубков")
    page.goto(f"/?customer={client.pk}")
    page.locator("#vehicle-new").click()
    window = page.locator("dialog[open]")
    expect(window.locator("[name=vin]")).to_be_focused()

    page.keyboard.type("JT2AE92E5J3000001")
    page.keyboard.press("Tab")
    expect(window.locator("[data-fill-model]").first).to_contain_text("2018")
    page.keyboard.press("F2")

    expect(window.locator("[name=model]")).to_have_value("TOYOTA")
    expect(window.locator("[name=year]")).to_have_value("2018")
    page.keyboard.press("Enter")
    expect(page.locator("[data-vehicle]")).to_contain_text("TOYOTA")


def test_a_car_is_sold_by_keyboard(page: Page) -> None:
    seller = make.client("Продавец")
    car = make.vehicle(seller, plate="А123ВС77")
    buyer, _other = make.client("Покупатель Иван"), make.client("Покупатель Олег")
    page.goto(f"/?customer={seller.pk}")
    page.locator("#vehicle-sell").press("Enter")
    window = page.locator("dialog[open]")

    expect(window.locator("[name=client]")).to_be_focused()
    page.keyboard.type("покупатель")
    expect(window.locator("[name=client_key]")).to_have_count(2)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    expect(window).to_have_count(0)
    expect(page.locator(f"[data-vehicle='{car.pk}']")).to_have_class(re.compile("past"))
    assert car.ownerships.get(until=None).counterparty == buyer


def test_two_people_change_one_client(page: Page) -> None:
    client = make.client("Зубков", comment="старое")
    page.goto(f"/?customer={client.pk}")
    page.locator("#edit-client").click()
    window = page.locator("dialog[open]")
    window.locator("[name=name]").fill("Зубков Алексей")
    window.locator("[name=inn]").fill("7712334545")
    expect(window.locator("[name=inn] ~ .hint")).to_have_text("")
    window.locator("[name=kpp]").focus()
    expect(window.locator("[name=inn] ~ .hint")).to_have_text("контрольная цифра не сходится")
    Counterparty.objects.filter(pk=client.pk).update(name="Зубков А. П.")

    page.keyboard.press("Enter")

    clash = window.locator("[data-clash=name]")
    expect(clash).to_contain_text("Зубков → Зубков А. П.")
    clash.get_by_role("radio").nth(1).check()
    window.locator("form.form button").last.click()
    expect(page.locator("#workspace h2")).to_have_text("Зубков А. П.")
    client.refresh_from_db()
    assert (client.inn, client.comment) == ("7712334545", "старое")


def test_a_contact_is_added_and_the_focus_returns(page: Page) -> None:
    client = make.client("Зубков")
    page.goto(f"/?customer={client.pk}")
    page.locator("#contact-add").press("Enter")
    page.locator("dialog[open] [name=value]").fill("8 908 494 44 34")
    page.keyboard.press("Enter")

    expect(page.locator(".contacts")).to_contain_text("+7 (908) 494-44-34")
    expect(page.locator("#contact-add")).to_be_focused()
