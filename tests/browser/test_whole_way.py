"""The whole way of a client: from the ring of the telephone to a closed work order on paper."""

import io
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from armclients.models import User
from armclients.templatetags import arm
from customers.models import Counterparty, OutgoingMessage
from orders import links
from orders.models import Document, Estimate, Stock, WorkOrder
from tests import agreed, make
from tests.browser.conftest import complaints_of
from tests.customers import pbx
from tests.servers import Server, web_servers

OIL, PADS, FILTER = "Замена масла", "Замена колодок", "Фильтр масляный"
TOLD = "Колодки в другой раз"
PRICE_IN_WORDS = "Две тысячи шестьсот десять рублей 00 копеек"


@pytest.fixture
def zubkov(db: None) -> Counterparty:
    """He, his Corolla, and a shop with two works, a filter on the shelf and an organisation."""
    make.branch(organisation=agreed.organisation())
    make.hour_price(2000)
    make.labor(OIL, norm_hours=1)
    make.labor(PADS, norm_hours=2)
    make.stock(make.part("OC-90", name=FILTER, manufacturer="KNECHT", price=610), 3)
    return make.zubkov()


@pytest.fixture
def server(settings, zubkov: Counterparty) -> Iterator[Server]:
    settings.PBX_SECRET = pbx.SECRET
    with web_servers(1) as [server]:
        yield server


@pytest.fixture
def page(open_browser, anna: User, server: Server) -> Iterator[Page]:
    """Anna's desk, with telephone 101 on it."""
    anna.phone_line = "101"
    anna.save()
    page = open_browser(anna, base_url=server.url).new_page()
    complaints = complaints_of(page)
    yield page
    assert complaints == []


def test_from_the_ring_to_a_closed_work_order(
    page: Page, open_browser, server: Server, zubkov: Counterparty
) -> None:
    answer_the_telephone(page, server)
    select(page, OIL, PADS, FILTER)
    make_an_estimate_of_the_cart(page)
    estimate = Estimate.objects.get()
    assert estimate.total == 2000 + 4000 + 610
    link = send_to_the_client(page, estimate)
    agree_to_all_but(PADS, open_browser(base_url=server.url).new_page(), link)
    take_what_was_accepted(page, estimate)
    order = WorkOrder.objects.get()
    assert (order.base_id, order.total) == (estimate.pk, 2610)
    expect_on_the_card(page, zubkov, put_off=PADS)

    page.goto(order.url)
    for state in ("В работе", "Согласование", "В работе", "Выполнен"):
        bring(page, order, to=state)
    refuse_to_close(page, because=f"Не оплачено {arm.money(2610)}")
    pay(page, "2610.00")
    refuse_to_close(page, because=FILTER)
    issue(page, order)
    bring(page, order, to="Закрыт")

    order.refresh_from_db()
    assert (order.state, order.due) == ("closed", 0)
    assert Stock.objects.get().quantity == 2
    said = (order.number, "Зубков Алексей", OIL, FILTER, PRICE_IN_WORDS)
    for form, title in (("work-order", "Заказ-наряд"), ("act", "Акт")):
        text = printed(page, order, form)
        assert all(words in text for words in (title, *said)), text
        assert PADS not in text


def answer_the_telephone(page: Page, server: Server) -> None:
    """It rings; the header says who it is and leads to the card."""
    with page.expect_response("**/calls/current/"):
        page.goto("/")
    pbx.ring(server.url, "c1")
    strip = page.locator(".call")
    expect(strip).to_contain_text("Зубков Алексей")
    strip.get_by_role("link", name="Открыть").click()
    expect(page.locator("#workspace h2")).to_have_text("Зубков Алексей")
    pbx.ring(server.url, "c1", "ended")
    expect(strip).to_have_count(0)


def select(page: Page, *names: str) -> None:
    """Подбор: each is found by a part of its name, offered, and all of them go into the cart."""
    page.locator("[data-jump=selection]").click()
    page.wait_for_url("**/selections/new/**")
    for number, name in enumerate(names, 1):
        page.locator("#look-up").press_sequentially(name.split()[-1])
        page.locator("#found tr", has_text=name).get_by_role("button", name="Добавить").click()
        expect(page.locator("#picked [name=line]")).to_have_count(number)
        page.wait_for_load_state()  # the first one begins a page of its own
        page.locator("#look-up").fill("")
    page.locator("#act-take").click()
    expect(page.locator("#picked [name=line]")).to_have_count(0)


def make_an_estimate_of_the_cart(page: Page) -> None:
    page.get_by_role("link", name="К корзине").click()
    page.locator("[data-cart] [value=estimate]").click()
    expect(page.locator("h1")).to_contain_text("Калькуляция")


def send_to_the_client(page: Page, estimate: Estimate) -> str:
    """The link to it, which stands in the message that the client gets."""
    page.locator("nav.sub").get_by_role("link", name="Версии и ответ").click()
    page.locator("#estimate-send").click()
    page.locator("#message .btn-go").click()
    expect(page.locator(f"#head-state-{estimate.pk}")).to_have_text("Отправлена")
    link = urlsplit(links.ESTIMATES.url_for(estimate.pk)).path
    assert link in OutgoingMessage.objects.get().text
    return link


def agree_to_all_but(declined: str, stranger: Page, link: str) -> None:
    """Nobody is logged in there; the page itself says what was understood."""
    stranger.goto(link)
    stranger.get_by_label(declined).uncheck()
    stranger.locator("[name=text]").fill(TOLD)
    stranger.get_by_role("button", name="Отправить ответ").click()
    expect(stranger.locator("h1")).to_contain_text("Спасибо")
    expect(stranger.locator("li", has_text=declined)).to_contain_text("✕")
    expect(stranger.locator("li", has_text="✓")).to_have_count(2)


def take_what_was_accepted(page: Page, estimate: Estimate) -> None:
    page.goto(f"{estimate.url}answer/")
    expect(page.locator("#document")).to_contain_text(TOLD)
    page.locator("#estimate-order").click()
    page.locator("#dialog .btn-go").click()
    expect(page.locator("h1")).to_contain_text("Заказ-наряд")
    expect(page.locator("[data-line]")).to_have_count(2)


def expect_on_the_card(page: Page, client: Counterparty, *, put_off: str) -> None:
    page.goto(f"/?customer={client.pk}")
    expect(page.locator(".put-off [data-deferred]")).to_have_count(1)
    expect(page.locator(".put-off")).to_contain_text(put_off)


def bring(page: Page, order: Document, *, to: str) -> None:
    state_window(page).get_by_role("button", name=to, exact=True).click()
    expect(page.locator(f"#head-state-{order.pk}")).to_have_text(to)
    expect(page.locator("#dialog")).not_to_be_visible()


def refuse_to_close(page: Page, *, because: str) -> None:
    window = state_window(page)
    window.get_by_role("button", name="Закрыт", exact=True).click()
    expect(window.get_by_role("alert")).to_contain_text(because)
    page.keyboard.press("Escape")
    expect(window).not_to_be_visible()


def state_window(page: Page) -> Locator:
    page.locator("h1 a.state").click()
    return page.locator("#dialog")


def pay(page: Page, amount: str) -> None:
    page.locator("#head-paid").click()
    expect(page.locator("#dialog [name=amount]")).to_have_value(amount)
    page.locator("#dialog [name=method]").select_option("card")
    page.locator("#dialog .btn-go").click()
    expect(page.locator("#dialog")).not_to_be_visible()
    expect(page.locator("#head-paid")).to_contain_text("610,00")


def issue(page: Page, order: Document) -> None:
    page.goto(f"{order.url}stock/")
    page.locator("[id*=-issue-]").click()
    page.locator("#dialog .btn-go").click()
    expect(page.locator("#dialog")).not_to_be_visible()
    expect(page.locator("[id*=-issue-]")).to_have_count(0)


def printed(page: Page, document: Document, form: str) -> str:
    """What stands on the PDF that this browser is given."""
    answer = page.request.get(f"{document.url}print/{form}/?as=pdf")
    assert answer.headers["content-type"] == "application/pdf"
    sheets = PdfReader(io.BytesIO(answer.body())).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
