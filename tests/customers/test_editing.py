"""Clients changed on the screen, and two people who change the same one."""

import pytest
from django.db import transaction

from armclients.kit import clashes
from customers.actions import counterparties
from customers.forms import CounterpartyForm
from customers.models import Counterparty
from tests import make
from tests.shown import sent_back
from tests.workstation.writers import one_during_the_other


def shown(web, client) -> dict:
    """What the form of the client would send back if nothing was touched."""
    return sent_back(web.get(f"/customers/{client.pk}/edit/"))


class TestEdit:
    def test_changes_what_was_changed(self, web):
        client = make.client("Зубков", inn="7712334545")

        answer = web.post(
            f"/customers/{client.pk}/edit/", shown(web, client) | {"name": "Зубков А."}
        )

        client.refresh_from_db()
        assert answer.status_code == 302
        assert (client.name, client.inn) == ("Зубков А.", "7712334545")

    def test_closes_the_window_of_htmx(self, web, htmx):
        client = make.client()

        sent = shown(web, client) | {"comment": "Звонить утром"}
        answer = htmx.post(f"/customers/{client.pk}/edit/", sent, target="dialog")

        assert answer.status_code == 204
        assert "customer-changed" in answer["HX-Trigger"]

    def test_without_a_name_is_refused_at_its_field(self, web, htmx):
        client = make.client("Зубков")

        sent = shown(web, client) | {"name": "", "comment": "набрано"}
        answer = htmx.post(f"/customers/{client.pk}/edit/", sent, target="dialog")

        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'id="ask-name_error"' in page
        assert "набрано" in page

    def test_a_wrong_inn_is_kept_with_a_word(self, web):
        client = make.client()

        sent = shown(web, client) | {"inn": "7712334545"}
        page = web.post(f"/customers/{client.pk}/edit/", sent, follow=True).content.decode()

        client.refresh_from_db()
        assert client.inn == "7712334545"
        assert "контрольная цифра" in page

    @pytest.mark.parametrize("seen", ["", "made-up", None])
    def test_a_form_that_says_not_what_it_showed_is_asked_once_more(self, web, seen):
        client = make.client("Зубков")
        sent = shown(web, client) | {"name": "Иванов", "seen": seen or ""}
        if seen is None:
            del sent["seen"]

        answer = web.post(f"/customers/{client.pk}/edit/", sent)

        client.refresh_from_db()
        assert answer.status_code == 422
        assert client.name == "Зубков"


class TestClash:
    @pytest.fixture
    def client(self, db):
        return make.client("Зубков", comment="старое")

    @pytest.fixture
    def late(self, web, client):
        """What Anna sends, who opened the form before Dina changed name and comment."""
        return shown(web, client)

    @pytest.fixture
    def dinas_change(self, late, client, client_of, dina):
        browser = client_of(dina)
        sent = shown(browser, client) | {"name": "Зубков А. П.", "comment": "от Дины"}
        browser.post(f"/customers/{client.pk}/edit/", sent)

    def test_what_others_changed_stays_where_nothing_was_touched(
        self, web, client, late, dinas_change
    ):
        answer = web.post(f"/customers/{client.pk}/edit/", late | {"inn": "500100732259"})

        client.refresh_from_db()
        assert answer.status_code == 302
        assert (client.name, client.inn) == ("Зубков А. П.", "500100732259")

    def test_says_who_changed_what_from_what_to_what(self, htmx, client, late, dinas_change):
        sent = late | {"name": "Зубков Алексей"}
        answer = htmx.post(f"/customers/{client.pk}/edit/", sent, target="dialog")

        client.refresh_from_db()
        page = answer.content.decode()
        assert answer.status_code == 422
        assert client.name == "Зубков А. П."
        assert 'data-clash="name"' in page
        assert 'data-clash="comment"' not in page
        assert "Гордеева Д. П." in page
        assert "Зубков → Зубков А. П." in page

    @pytest.mark.parametrize(("take", "name"), [("mine", "Я"), ("theirs", "Зубков А. П.")])
    @pytest.mark.usefixtures("dinas_change")
    def test_is_settled_by_a_choice(self, web, client, late, take, name):
        clash = web.post(f"/customers/{client.pk}/edit/", late | {"name": "Я"})

        web.post(f"/customers/{client.pk}/edit/", sent_back(clash) | {"take_name": take})

        client.refresh_from_db()
        assert (client.name, client.comment) == (name, "от Дины")

    def test_a_third_change_is_noticed_too(self, web, client, late, dinas_change):
        clash = web.post(f"/customers/{client.pk}/edit/", late | {"name": "Я"})
        Counterparty.objects.filter(pk=client.pk).update(name="Третий")

        again = sent_back(clash) | {"take_name": "mine"}
        answer = web.post(f"/customers/{client.pk}/edit/", again)

        client.refresh_from_db()
        assert answer.status_code == 422
        assert client.name == "Третий"


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_the_second_of_two_is_refused(self):
        client = make.client("Зубков")
        seen = clashes.values_of(client, list(CounterpartyForm.Meta.fields))
        refused = []

        def second() -> None:
            try:
                with transaction.atomic():
                    counterparties.edit(client.pk, seen=seen, given=seen | {"name": "Вторая"})
            except clashes.ClashError as clash:
                refused.append(clash.now["name"])

        one_during_the_other(
            lambda: counterparties.edit(client.pk, seen=seen, given=seen | {"name": "Первая"}),
            second,
        )

        client.refresh_from_db()
        assert refused == ["Первая"]
        assert client.name == "Первая"

    def test_different_fields_are_both_kept(self):
        client = make.client("Зубков")
        seen = clashes.values_of(client, list(CounterpartyForm.Meta.fields))

        one_during_the_other(
            lambda: counterparties.edit(client.pk, seen=seen, given=seen | {"name": "Имя"}),
            lambda: counterparties.edit(client.pk, seen=seen, given=seen | {"comment": "Слово"}),
        )

        client.refresh_from_db()
        assert (client.name, client.comment) == ("Имя", "Слово")
