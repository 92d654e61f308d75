"""What a client agreed to: given, withdrawn, printed, shown."""

import pytest

from customers.models import Consent
from tests import make

GIVEN = {
    "purpose": "advertising",
    "given_at": "2041-03-12T10:00",
    "channel": "paper",
    "document": "Согласие",
    "version": "2",
}


class TestGive:
    def test_is_written_down_with_its_author(self, web, anna):
        client = make.client()

        web.post(f"/customers/{client.pk}/consents/give/", GIVEN)

        consent = client.consents.live(purpose="advertising").get()
        assert (consent.author, consent.version, consent.given_at) == (anna, "2", make.at(10))
        assert not client.consents.live(purpose="processing").exists()

    def test_twice_the_same_is_refused(self, htmx):
        client = make.client()
        for expected in (204, 422):
            answer = htmx.post(f"/customers/{client.pk}/consents/give/", GIVEN, target="dialog")
            assert answer.status_code == expected

        assert client.consents.count() == 1

    def test_of_the_future_is_refused_at_its_field(self, htmx):
        client = make.client()

        sent = GIVEN | {"given_at": "2041-03-12T12:00"}
        answer = htmx.post(f"/customers/{client.pk}/consents/give/", sent, target="dialog")

        assert answer.status_code == 422
        assert 'id="ask-given_at_error"' in answer.content.decode()

    def test_the_window_says_which_document(self, htmx):
        client = make.client()

        answer = htmx.get(
            f"/customers/{client.pk}/consents/give/?purpose=advertising", target="dialog"
        )

        assert "Согласие на получение рекламы" in answer.content.decode()


class TestWithdraw:
    def test_ends_all_for_this_purpose(self, web):
        client = make.client()
        make.consent(client, "advertising", given_at=make.at(8))
        make.consent(client, "advertising", given_at=make.at(9))
        make.consent(client, "processing")

        address = f"/customers/{client.pk}/consents/withdraw/?purpose=advertising"
        web.post(address, {"withdrawn_at": "2041-03-12T11:00"})

        assert not client.consents.live(purpose="advertising").exists()
        assert client.consents.live(purpose="processing").exists()

    def test_before_it_was_given_is_refused(self, htmx):
        client = make.client()
        make.consent(client, "advertising", given_at=make.at(10))

        address = f"/customers/{client.pk}/consents/withdraw/?purpose=advertising"
        answer = htmx.post(address, {"withdrawn_at": "2041-03-12T09:00"}, target="dialog")

        assert answer.status_code == 422
        assert client.consents.live(purpose="advertising").exists()

    def test_of_no_purpose_there_is_none(self, web):
        client = make.client()

        assert web.get(f"/customers/{client.pk}/consents/withdraw/?purpose=x").status_code == 404


class TestShown:
    def test_on_the_card(self, web):
        client = make.client()
        make.consent(client, "processing", given_at=make.at(9, days=-3))
        make.consent(
            client, "advertising", given_at=make.at(9, days=-3), withdrawn_at=make.at(9, days=-1)
        )

        page = web.get(f"/?customer={client.pk}").content.decode()

        assert "с 09.03.2041" in page
        assert "отозвано 11.03.2041" in page

    def test_with_their_history(self, htmx):
        client = make.client()
        make.consent(client, "advertising", version="7", withdrawn_at=make.at(10))

        page = htmx.get(f"/customers/{client.pk}/consents/", target="dialog").content.decode()

        assert "ред. 7" in page
        assert "отозвано 12.03.2041 10:00" in page

    @pytest.mark.parametrize("purpose", Consent.Purpose.values)
    def test_printed_as_a_document_of_its_own(self, web, purpose):
        make.branch("Автосервис «Икс»")
        client = make.client("Зубков", full_name="Зубков Алексей Петрович")

        page = web.get(f"/customers/{client.pk}/consents/print/?purpose={purpose}")

        text = page.content.decode()
        assert "Зубков Алексей Петрович" in text
        assert "Автосервис «Икс»" in text
        assert ("рекламы и сведений" in text) == (purpose == "advertising")


def test_who_may_only_look_is_offered_nothing(client_of, gleb):
    client = make.client()
    make.consent(client)

    page = client_of(gleb).get(f"/customers/{client.pk}/consents/").content.decode()

    assert "give-processing" not in page
    assert "withdraw-processing" not in page
