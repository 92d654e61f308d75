"""The call in the header: who it is, what the shop does for them, and where it leads."""

from html.parser import HTMLParser

import pytest

from customers.models import Call
from tests import make
from tests.customers import pbx

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def secret(settings):
    settings.PBX_SECRET = pbx.SECRET


@pytest.fixture(autouse=True)
def telephone(anna):
    anna.phone_line = "101"
    anna.save()


@pytest.fixture
def zubkov():
    return make.seed()[0]


class Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def strip(browser) -> str:
    """The strip as one reads it."""
    page = Text()
    page.feed(browser.get("/calls/current/", target="call").content.decode())
    return " ".join(" ".join(page.said).split())


class TestStrip:
    def test_says_who_it_is_and_what_is_done_for_them(self, htmx, zubkov):
        make.work_order(zubkov, number="ЦОА0000077")
        zubkov.attention, zubkov.attention_text = "warning", "Только наличные"
        zubkov.save()
        pbx.say("c1", "ringing")

        said = strip(htmx)

        for fact in ("+7 (908) 494-44-34", "Зубков Алексей", "Только наличные", "ЦОА0000077"):
            assert fact in said
        assert "COROLLA" in said
        assert "n123ap" in said

    def test_leads_to_the_card_and_to_the_contact(self, htmx, zubkov):
        pbx.say("c1", "ringing")

        page = htmx.get("/calls/current/", target="call").content.decode()

        assert f'href="/?customer={zubkov.pk}"' in page
        assert f'href="/?customer={zubkov.pk}&amp;tab=contact"' in page

    def test_asks_who_it_is_of_those_who_share_the_number(self, htmx, zubkov):
        make.contact(make.client("Зубкова Мария"), pbx.NUMBER)
        call = pbx.say("c1", "ringing")

        page = htmx.get("/calls/current/", target="call").content.decode()

        assert "Зубков Алексей" in page
        assert "Зубкова Мария" in page
        assert f"/calls/{call.pk}/caller/" in page
        assert 'id="call-open"' not in page

    def test_offers_to_make_a_client_of_an_unknown_one(self, htmx):
        pbx.say("c1", "ringing")

        assert 'href="/?phone=%2B79084944434"' in htmx.get("/calls/current/").content.decode()

    def test_knows_the_client_who_was_made_while_it_rang(self, htmx):
        pbx.say("c1", "ringing")
        make.contact(make.client("Новиков"), pbx.NUMBER)

        assert "Новиков" in strip(htmx)

    def test_knows_who_is_booked_without_a_card(self, htmx):
        make.request(
            customer_text="Пётр с Камри", contact_phone="8 908 494 44 34", slot=make.at(15)
        )
        pbx.say("c1", "ringing")

        assert "Пётр с Камри" in strip(htmx)

    @pytest.mark.parametrize("end", ["ended", "missed"])
    def test_is_gone_with_the_call(self, end, htmx):
        pbx.say("c1", "ringing")
        assert strip(htmx)

        pbx.say("c1", end, after=9)

        assert strip(htmx) == ""

    def test_is_the_newest_of_two_calls(self, htmx):
        pbx.say("c1", "ringing", "answered", number="+7 900 111-11-11")
        pbx.say("c2", "ringing", number="+7 900 222-22-22", after=9)

        assert "222-22-22" in strip(htmx)

    def test_is_not_about_calls_on_other_lines(self, htmx):
        pbx.say("c1", "ringing", line="102")

        assert strip(htmx) == ""

    def test_of_a_withheld_number_says_so(self, htmx):
        pbx.say("c1", "ringing", number="")

        page = htmx.get("/calls/current/").content.decode()
        assert 'class="call"' in page
        assert "data-phone" not in page
        assert 'id="call-new"' not in page

    def test_hides_the_number_from_whoever_may_not_see_it(self, gleb, client_of, zubkov):
        gleb.phone_line = "131"
        gleb.save()
        pbx.say("c1", "ringing", line="131")
        browser = client_of(gleb)

        page = browser.get("/calls/current/").content.decode()

        assert "Зубков Алексей" in page
        assert "79084944434" not in page
        assert "494-44" not in page
        assert browser.get("/calls/current/search/")["Location"] == f"/?customer={zubkov.pk}"

    def test_costs_one_statement_while_nobody_calls(self, htmx, statements):
        with statements(at_most=1):
            htmx.get("/calls/current/")

    def test_stands_on_whole_pages_without_scripts(self, web, zubkov):
        pbx.say("c1", "ringing")

        page = web.get("/").content.decode()

        assert "data-call=" in page
        assert 'data-stream="/calls/stream/"' in page

    def test_opens_no_card(self, htmx, zubkov):
        pbx.say("c1", "ringing")

        strip(htmx)

        assert not zubkov.access_log.exists()


class TestCurrentCall:
    def test_is_searched_for(self, web, zubkov):
        pbx.say("c1", "ringing")

        assert web.get("/calls/current/search/")["Location"] == "/?phone=%2B79084944434"

    def test_is_missing_kindly(self, web):
        answer = web.get("/calls/current/search/", follow=True)

        assert answer.status_code == 200
        assert list(answer.context["messages"])

    def test_is_a_button_in_the_phone_field(self, web):
        assert 'id="current-call"' in web.get("/").content.decode()

    def test_without_an_event_loop_nothing_is_pushed(self, web):
        assert web.get("/calls/stream/").status_code == 204


def test_a_call_is_played_by_the_command(zubkov, anna, settings, monkeypatch):
    from django.core.management import call_command

    settings.PBX_SECRET = ""
    call_command("pbx_call", pbx.NUMBER, line="101", answer=True, end=True)

    call = Call.objects.get()
    assert (call.state, call.user, call.event.counterparty) == ("ended", anna, zubkov)
