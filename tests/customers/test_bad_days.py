"""Clients with forty contacts, and words of ten thousand characters."""

import pytest

from customers.models import Event, OutgoingMessage
from tests import make

LONG = ("Просит перезвонить 😀\n" * 500)[:10_000]
# A card and a tab, alone and within the screen.
CARD, BYTES = 10, 64_000


class TestFortyContacts:
    @pytest.fixture
    def client(self, db):
        client = make.client("Многоконтактов")
        for number in range(40):
            make.contact(client, f"+7 (900) 55500{number:02}", person=f"отдел {number}")
        return client

    @pytest.mark.parametrize("tab", ["info", "contact", "events"])
    def test_cost_no_more_than_others(self, htmx, web, client, statements, tab):
        with statements(at_most=CARD):
            part = htmx.get(f"/customers/{client.pk}/{tab}/", target="panel")
        page = web.get(f"/?customer={client.pk}&tab={tab}")

        assert len(part.content) < BYTES
        assert len(page.content) < BYTES

    def test_show_the_first_and_the_way_to_all(self, web, client):
        page = web.get(f"/?customer={client.pk}").content.decode()
        everyone = web.get(f"/customers/{client.pk}/contacts/").content.decode()

        assert page.count("data-contact=") == 5
        assert f'href="/customers/{client.pk}/contacts/"' in page
        assert "Все контакты: 40" in page
        assert everyone.count("data-contact=") == 40

    def test_are_moved_and_made_primary(self, web, client):
        last = client.contacts.in_order().last()

        web.post(f"/customers/contacts/{last.pk}/up/")
        assert list(client.contacts.in_order())[-2] == last

    def test_are_found_by_each(self, web, client):
        for number in (0, 21, 39):
            page = web.get(f"/?phone=55500{number:02}").content.decode()
            assert f'data-customer="{client.pk}"' in page

    def test_are_masked_from_who_may_not_see_them(self, client_of, gleb, client):
        page = client_of(gleb).get(f"/customers/{client.pk}/contacts/").content.decode()

        assert page.count("data-contact=") == 40
        assert "+7 (900) 555-00" not in page


class TestLongWords:
    def test_of_a_contact_are_written_down_whole(self, htmx):
        client = make.client()

        sent = {"kind": "call_in", "text": LONG}
        answer = htmx.post(f"/customers/{client.pk}/contact/register/", sent)

        assert answer.status_code == 204
        assert Event.objects.get().text.replace("\r", "") == LONG.strip()

    def test_that_are_longer_still_are_refused_and_kept(self, htmx):
        client = make.client()

        sent = {"kind": "call_in", "text": "😀" * 10_001}
        answer = htmx.post(f"/customers/{client.pk}/contact/register/", sent, target="register")

        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'id="register-text_error"' in page
        assert sent["text"] in page
        assert not Event.objects.exists()

    @pytest.mark.parametrize("where", ["events/", "contact/"])
    def test_are_folded_in_the_lists(self, web, where):
        client = make.client()
        make.event(client, text=LONG)
        make.event(client, text="Коротко")

        page = web.get(f"/customers/{client.pk}/{where}").content.decode()

        assert page.count('<details class="long">') == 1
        assert "Коротко" in page

    def test_are_handed_over_and_opened_again(self, web, boris):
        event = make.event(make.client(), kind="task", text=LONG, processed_at=None)

        web.post(f"/events/{event.pk}/hand-over/", {"to": "boris", "word": "😀" * 300})
        web.post(f"/events/{event.pk}/hand-over/", {"to": "anna", "word": "x" * 301})

        event.refresh_from_db()
        assert event.manager == boris
        assert event.text.endswith("😀" * 300)

    def test_of_a_letter_go_out_whole(self, htmx):
        client = make.client()
        mail = make.contact(client, "zubkov@mail.ru")

        letter = {"key": "k1", "recipient": mail.pk, "purpose": "service", "subject": "Смета 😀"}
        address = f"/customers/{client.pk}/write/?channel=email"
        answer = htmx.post(address, letter | {"text": LONG}, target="dialog")

        message = OutgoingMessage.objects.get()
        assert answer.status_code == 204
        assert message.text.replace("\r", "").strip() == LONG.strip()
        assert message.event.is_long
