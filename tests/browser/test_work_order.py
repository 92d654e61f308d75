"""A work order is written by the keyboard alone, in fewer keys than it has words."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from armclients.models import User
from orders.models import Document, Labor, PartLine, WorkLine, WorkOrder, WorkPackage
from tests import make

MOST_KEYS = 40


@pytest.fixture
def shop(db: None) -> None:
    """Zubkov and his Corolla, prices, and «ТО-60» of four works and four parts."""
    make.branch()
    make.zubkov()
    make.hour_price(2000)
    package = WorkPackage.objects.create(name="ТО-60")
    works = ["Замена масла", "Замена фильтров", "Замена свечей", "Осмотр по карте ТО"]
    for position, name in enumerate(works, 1):
        labor = make.labor(name, norm_hours=Decimal("0.5"))
        package.works.create(position=position, labor=labor, name=name)
    for position, article in enumerate(["5W-30", "OC-90", "LX-35", "NGK-7"], 1):
        part = make.part(article, name=f"Деталь {article}", price=500)
        package.goods.create(position=position, part=part, quantity=1)
    make.labor("Мойка двигателя", norm_hours=1)
    make.part("CU-2939", name="Фильтр салона", price=890)


class Keyboard:
    """Counts every key that is pressed, letters and modifiers too."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += len(key.split("+")) if len(key) > 1 else 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.pressed += len(text)


def test_ten_lines_for_a_known_client_cost_forty_keys(page: Page, shop: None) -> None:
    page.goto("/")
    keys = Keyboard(page)

    keys.press("/")
    keys.type("зуб")
    expect(page.locator("#found")).to_have_text("найдено: 1")
    expect(page.locator("#workspace h2")).to_have_text("Зубков Алексей")
    keys.press("ArrowDown")
    keys.press("8")
    expect(page.locator("#dialog [name=vehicle]")).to_be_focused()
    keys.press("Control+Enter")
    expect(page.locator("#line-typed")).to_be_focused()
    keys.type("то-60")
    keys.press("Enter")
    expect(page.locator("[data-line]")).to_have_count(8)
    keys.type("мойка")
    keys.press("Enter")
    expect(page.locator("[data-line]")).to_have_count(9)
    keys.type("2*cu29")
    keys.press("Enter")
    expect(page.locator("[data-line]")).to_have_count(10)

    order = WorkOrder.objects.get()
    assert keys.pressed <= MOST_KEYS
    assert order.vehicle is not None
    assert order.total == Decimal(4 * 1000 + 4 * 500 + 2000 + 2 * 890)
    expect(page.locator("#document-total")).to_contain_text("9")


def test_what_is_typed_while_the_last_one_is_put_in_is_not_lost(page: Page, shop: None) -> None:
    order = make.work_order()
    page.goto(order.url)

    page.keyboard.type("мойка")
    page.keyboard.press("Enter")
    page.keyboard.type("cu29")
    page.keyboard.press("Enter")

    expect(page.locator("[data-line]")).to_have_count(2)
    expect(page.locator("#line-typed")).to_have_value("")
    expect(page.locator("#line-typed")).to_be_focused()


def test_another_offer_is_chosen_by_the_arrows(page: Page, shop: None) -> None:
    order = make.work_order()
    page.goto(order.url)

    page.keyboard.type("замена")
    expect(page.locator("#line-found [role=option]")).to_have_count(4)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#line-typed")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Enter")

    expect(page.locator("[data-line]")).to_have_count(1)
    assert (
        WorkLine.objects.get().labor
        == Labor.objects.filter(name__startswith="Замена").order_by("name")[1]
    )


def test_lines_are_walked_changed_and_taken_out(page: Page, anna: User, shop: None) -> None:
    order = make.work_order()
    first, second = make.work(order, "Раз", position=1), make.work(order, "Два", position=2)
    part = make.goods(order, price=500)
    page.goto(order.url)

    page.keyboard.press("ArrowDown")
    expect(page.locator(f"#works-{first.pk}-edit")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(f"#works-{second.pk} [name=quantity]")).to_be_focused()
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    expect(page.locator(f"#works-{second.pk}-edit")).to_be_focused()
    expect(page.locator("#document-total")).to_contain_text("4")
    page.keyboard.press("Delete")
    expect(page.locator(f"#goods-{part.pk}-edit")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(f"#goods-{part.pk} [name=quantity]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(f"#goods-{part.pk}-edit")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#line-typed")).to_be_focused()

    assert Document.objects.get(pk=order.pk).total == 1500


def test_what_is_wrong_stands_in_the_row(page: Page, shop: None) -> None:
    line = make.goods(make.work_order(), price=500)
    page.goto(line.document.url)

    page.locator(f"#goods-{line.pk}-edit").click()
    page.locator("[name=discount_percent]").fill("50")
    page.keyboard.press("Enter")

    expect(page.locator(f"#goods-{line.pk} .error")).to_contain_text("10")
    expect(page.locator("[name=discount_percent]")).to_be_focused()
    expect(page.locator("[name=discount_percent]")).to_have_value("50")
    assert PartLine.objects.get().discount_percent == 0


def test_the_facts_and_what_follows_open_over_the_page(page: Page, shop: None) -> None:
    zubkov = make.Counterparty.objects.get(name="Зубков Алексей")
    order = make.work_order(zubkov)
    make.work(order, price=1000)
    page.goto(order.url)

    page.locator("#document-facts").click()
    page.locator("#dialog [name=comment]").fill("Клиент ждёт")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#document")).to_contain_text("Клиент ждёт")
    page.locator("#document-followers").click()
    page.get_by_role("link", name="Счёт").click()
    page.locator("#dialog [name=pay_until]").wait_for()
    page.keyboard.press("Control+Enter")

    expect(page.locator("h1")).to_contain_text("Счёт")
    expect(page.locator(".chain")).to_contain_text(order.number)
    assert Document.objects.get(kind="invoice").total == 1000


def test_all_of_it_works_without_javascript(
    open_browser: Callable[..., BrowserContext], anna: User, shop: None
) -> None:
    page = open_browser(anna, java_script_enabled=False).new_page()
    page.goto("/?client=зубков")

    page.locator("[data-jump=work-order]").click()
    page.get_by_role("button", name="Создать").click()
    page.locator("#line-typed").fill("2*фильтр салона")
    page.get_by_role("button", name="Найти").click()
    page.locator("[role=option]", has_text="CU-2939").click()
    page.locator("[data-line] a").click()
    page.locator("[name=price]").fill("900")
    page.get_by_role("button", name="Сохранить").click()

    expect(page.locator("#document-total")).to_contain_text("800")
    page.locator("[data-remove] button").click()
    expect(page.locator("[data-line]")).to_have_count(0)
    assert WorkOrder.objects.get().total == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    open_browser: Callable[..., BrowserContext], anna: User, shop: None, scheme: str
) -> None:
    order = make.work_order(planned_handover_at=make.at(9, days=-1))
    line = make.work(order, performer=anna)
    make.goods(order, discount_percent=5, discount_source="card")
    page = open_browser(anna, color_scheme=scheme).new_page()
    page.goto(order.url)
    page.locator(f"#works-{line.pk}-edit").click()
    expect(page.locator("[name=quantity]")).to_be_focused()
    page.locator("#line-typed").fill("замена")
    expect(page.locator("[role=option]").first).to_be_visible()

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()
