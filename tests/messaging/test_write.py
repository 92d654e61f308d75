"""The window a message is written in, with scripts and without."""

import re

import pytest

from armclients.workstation.messages import values_for
from customers.messaging import outbox
from customers.models import MessageTemplate, OutgoingMessage
from tests import make

DONE = "{client}, {car} ({plate}) готов: {document}, {sum} руб., {ready}. {branch}"


@pytest.fixture
def client(db):
    return make.zubkov()


@pytest.fixture
def job(client):
    """A completed work order of Zubkov's Corolla, promised at eight in the evening in Omsk."""
    order = make.work_order(
        client,
        state="completed",
        vehicle=client.ownerships.get().vehicle,
        branch=make.branch("Омск", timezone="Asia/Omsk"),
        planned_handover_at=make.at(17),
        number="ЦОА0000777",
    )
    make.work(order, price=1500)
    return order


def address(client, query=""):
    return f"/customers/{client.pk}/write/{query}"


def written(client, **facts):
    """What the form sends."""
    phone = client.contacts.get(kind="mobile")
    given = {"key": "k1", "recipient": phone.pk, "purpose": "service", "text": "Ждём вас"}
    return given | facts


class TestVariables:
    def test_each_has_its_value_on_the_clock_of_the_branch(self, client, job):
        document = client.documents.for_lists().get(pk=job.pk)

        values = values_for(client, document=document, vehicle=None, branch=None)

        assert values == {
            "client": "Зубков Алексей",
            "car": "TOYOTA COROLLA седан",
            "plate": "n123ap",
            "document": "ЦОА0000777",
            "sum": "1500",
            "to_pay": "К оплате 1500 руб.",
            "ready": "12.03 20:00",
            "branch": "Омск",
        }

    def test_what_has_no_value_stays_and_is_named_when_it_is_sent(self, client, htmx):
        text = written(client, text="К оплате {sum}, {client}")

        answer = htmx.post(address(client), text, target="dialog")

        page = answer.content.decode()
        assert answer.status_code == 422
        assert re.search(r'id="message-text_error".*?{sum}', page)
        assert "{client}" not in page.split('id="message-text_error"')[1].split("</p>")[0]
        assert not OutgoingMessage.objects.exists()


class TestWrite:
    def test_a_template_fills_the_text_with_values(self, client, job, htmx):
        template = make.template(DONE)
        typed = written(client, fill="on", template=template.pk, document=job.pk, text="")

        page = htmx.post(address(client), typed, target="dialog").content.decode()

        assert "Зубков Алексей, TOYOTA COROLLA" in page
        assert "1500 руб., 12.03 20:00. Омск" in page
        assert "data-preview" in page

    def test_without_scripts_the_template_is_filled_in_on_a_page(self, client, job, web):
        template = make.template(DONE)
        typed = written(client, fill="on", template=template.pk, document=job.pk, text="")

        answer = web.post(address(client), typed)

        assert answer.status_code == 200
        assert "<html" in answer.content.decode()
        assert "1500 руб." in answer.content.decode()

    def test_the_preview_counts_as_the_network_does(self, client, htmx):
        typed = written(client, preview="on", text="я" * 71)

        page = htmx.post(address(client), typed, target="message-preview").content.decode()

        assert page.strip().startswith('<div id="message-preview"')
        assert "71" in page
        assert "63" in page

    def test_a_message_is_queued_and_the_order_counts_as_told(self, client, job, htmx, anna):
        typed = written(client, document=job.pk, text="Готов, {sum} руб.")

        answer = htmx.post(address(client), typed, target="dialog")

        message = OutgoingMessage.objects.get()
        job.refresh_from_db()
        assert answer.status_code == 204
        assert "events-changed" in answer["HX-Trigger"]
        assert "documents-changed" in answer["HX-Trigger"]
        assert (message.text, message.recipient) == ("Готов, 1500 руб.", "79084944434")
        assert (message.author, message.document_id) == (anna, job.pk)
        assert message.event.vehicle == job.vehicle
        assert job.notified_at == make.NOW

    def test_it_may_be_about_a_document_that_is_finished(self, client, htmx):
        closed = make.work_order(client, state="closed")
        stranger = make.work_order(make.client(), state="closed")

        page = htmx.get(address(client, f"?document={closed.pk}"), target="dialog")
        other = htmx.get(address(client, f"?document={stranger.pk}"), target="dialog")

        assert f'<option value="{closed.pk}" selected>' in page.content.decode()
        assert stranger.number not in other.content.decode()

    def test_pressed_twice_it_goes_once(self, client, htmx):
        for _press in range(2):
            htmx.post(address(client), written(client), target="dialog")

        assert OutgoingMessage.objects.count() == 1

    def test_without_scripts_it_leads_back_with_a_word(self, client, web):
        answer = web.post(address(client), written(client), follow=True)

        assert answer.redirect_chain == [(f"/?customer={client.pk}", 302)]
        assert 'id="toasts"' in answer.content.decode()

    def test_an_order_is_not_told_when_the_message_fails(self, client, job, htmx, smsc):
        smsc.mood = "refuse"
        htmx.post(address(client), written(client, document=job.pk), target="dialog")

        outbox.attend(OutgoingMessage.objects.get().pk)

        job.refresh_from_db()
        assert job.notified_at is None

    def test_advertising_without_a_consent_is_refused_at_its_field(self, client, htmx):
        typed = written(client, purpose="advertising")

        answer = htmx.post(address(client), typed, target="dialog")

        assert answer.status_code == 422
        assert 'id="message-purpose_error"' in answer.content.decode()

    def test_with_a_consent_it_carries_the_way_out(self, client, htmx):
        make.consent(client, "advertising")

        htmx.post(address(client), written(client, purpose="advertising"), target="dialog")

        assert "/unsubscribe/" in OutgoingMessage.objects.get().text

    @pytest.mark.parametrize("text", ["😀" * 400, "я" * 10_000, "", "{нет}"])
    def test_a_text_that_cannot_be_sent_is_refused_and_kept(self, client, htmx, text):
        answer = htmx.post(address(client), written(client, text=text), target="dialog")

        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'id="message-text_error"' in page
        assert text in page

    @pytest.mark.parametrize(
        "query",
        [
            "?channel=pigeon",
            "?to=x",
            "?document=" + "9" * 40,
            "?channel=email",
            "?document=-1",
        ],
    )
    def test_nonsense_in_the_address_is_a_window_all_the_same(self, client, htmx, query):
        assert htmx.get(address(client, query), target="dialog").status_code == 200

    @pytest.mark.parametrize(
        "typed", [{}, {"fill": "on", "template": "x"}, {"fill": "on", "template": "9" * 30}]
    )
    def test_nonsense_in_the_form_is_no_failure(self, client, htmx, typed):
        assert htmx.post(address(client), typed, target="dialog").status_code in {200, 422}

    def test_a_letter_needs_a_subject(self, client, htmx):
        letterbox = make.contact(client, "zubkov@mail.ru")
        typed = {"key": "k", "recipient": letterbox.pk, "purpose": "service", "text": "Готов"}

        answer = htmx.post(address(client, "?channel=email"), typed, target="dialog")

        assert answer.status_code == 422
        assert 'id="message-subject_error"' in answer.content.decode()


class TestOpeners:
    def test_contacts_and_completed_orders_lead_to_the_window(self, client, job, web):
        letterbox = make.contact(client, "zubkov@mail.ru")

        page = web.get(f"/?customer={client.pk}").content.decode()

        assert f'id="letter-{letterbox.pk}"' in page
        assert f'id="sms-{client.contacts.get(kind="mobile").pk}"' in page
        assert f'id="tell-{job.pk}"' in page

    def test_who_may_not_write_sees_none(self, client, job, gleb, client_of):
        page = client_of(gleb).get(f"/?customer={client.pk}").content.decode()

        assert 'id="sms-' not in page
        assert 'id="tell-' not in page


def test_the_product_brings_words_of_its_own(db):
    assert MessageTemplate.objects.filter(is_active=True, occasion="").count() >= 6
