"""How a client is reached: added, changed, put in order, marked as wrong, removed."""

import pytest
from django.db import transaction

from armclients.kit import clashes
from armclients.kit.refusals import RefusedError
from customers import doubts
from customers.actions import contacts
from customers.forms import ContactForm
from customers.models import Contact
from tests import make
from tests.shown import sent_back, shown
from tests.workstation.writers import at_once, one_during_the_other

PHONE = {"kind": "mobile", "value": "8 908 494-44-34", "person": ""}


def values(client) -> list[str]:
    return [contact.value for contact in client.contacts.in_order()]


class TestAdd:
    def test_the_first_one_is_primary(self, web):
        client = make.client()

        web.post(f"/customers/{client.pk}/contacts/new/", PHONE)

        assert client.contacts.get().is_primary

    def test_a_later_one_stands_last(self, htmx):
        client = make.client()
        make.contact(client, "+7 (900) 1110000", is_primary=True)
        make.contact(client, "+7 (900) 1110001")

        answer = htmx.post(f"/customers/{client.pk}/contacts/new/", PHONE, target="dialog")

        assert answer.status_code == 204
        assert values(client)[-1] == PHONE["value"]

    def test_the_same_one_is_refused_at_its_field(self, htmx):
        client = make.client()
        make.contact(client, "+7 (908) 4944434")

        answer = htmx.post(f"/customers/{client.pk}/contacts/new/", PHONE, target="dialog")

        assert answer.status_code == 422
        assert 'id="ask-value_error"' in answer.content.decode()
        assert client.contacts.count() == 1

    def test_an_impossible_phone_is_kept_with_a_word(self, web):
        client = make.client()

        sent = PHONE | {"value": "+7 908"}
        page = web.post(f"/customers/{client.pk}/contacts/new/", sent, follow=True).content.decode()

        assert client.contacts.get().value == "+7 908"
        assert "проверьте число цифр" in page

    def test_a_new_primary_one_takes_the_place_of_the_old(self, web):
        client = make.client()
        old = make.contact(client, is_primary=True)

        web.post(f"/customers/{client.pk}/contacts/new/", PHONE | {"is_primary": "on"})

        old.refresh_from_db()
        assert not old.is_primary
        assert values(client)[0] == PHONE["value"]


class TestChange:
    def test_a_wrong_one_is_found_but_not_called(self, web):
        client = make.client("Зубков")
        contact = make.contact(client, "+7 (908) 4944434", is_primary=True)
        other = make.contact(client, "+7 (900) 1112233")

        address = f"/customers/contacts/{contact.pk}/"
        web.post(address, shown(web, address) | {"is_wrong": "on"})

        page = web.get(f"/?phone=4434&customer={client.pk}").content.decode()
        contact.refresh_from_db()
        assert (contact.is_wrong, contact.is_primary) == (True, False)
        assert f'data-customer="{client.pk}"' in page
        assert "tel:+79084944434" not in page
        assert "<s>+7 (908) 494-44-34</s>" in page
        assert f"tel:+{other.normalized}" in page

    def test_a_client_of_wrong_phones_has_none_in_the_list(self, web):
        client = make.client()
        make.contact(client, "+7 (908) 4944434", is_wrong=True)

        page = web.get(f"/?customer={client.pk}").content.decode()
        assert '<td data-field="phone"></td>' in page

    def test_into_another_of_the_client_is_refused(self, web):
        client = make.client()
        make.contact(client, "+7 (908) 4944434")
        contact = make.contact(client)

        address = f"/customers/contacts/{contact.pk}/"
        answer = web.post(address, shown(web, address) | PHONE)

        assert answer.status_code == 422
        assert 'id="ask-value_error"' in answer.content.decode()

    def test_of_what_others_changed_is_chosen_between(self, web, client_of, dina):
        contact = make.contact(make.client(), "+7 (908) 4944434", person="жена")
        address = f"/customers/contacts/{contact.pk}/"
        mine, browser = shown(web, address), client_of(dina)
        browser.post(address, shown(browser, address) | {"person": "дочь"})

        clash = web.post(address, mine | {"person": "сын"})
        contact.refresh_from_db()
        assert clash.status_code == 422
        assert 'data-clash="person"' in clash.content.decode()
        assert "Гордеева Д. П." in clash.content.decode()
        assert contact.person == "дочь"

        web.post(address, sent_back(clash) | {"take_person": "mine"})
        contact.refresh_from_db()
        assert contact.person == "сын"

    def test_keeps_what_others_changed_in_other_fields(self, web):
        client = make.client()
        contact = make.contact(client, "+7 (908) 4944434", is_primary=True)
        make.contact(client, "+7 (908) 4944435")
        address = f"/customers/contacts/{contact.pk}/"
        mine = shown(web, address)
        # Another one has become the primary contact.
        Contact.objects.filter(pk=contact.pk).update(is_primary=False)
        client.contacts.exclude(pk=contact.pk).update(is_primary=True)

        answer = web.post(address, mine | {"person": "жена"})

        contact.refresh_from_db()
        assert answer.status_code == 302
        assert (contact.person, contact.is_primary) == ("жена", False)

    def test_to_the_primary_one_is_refused_once_somebody_marked_it_as_wrong(self, htmx, web):
        contact = make.contact(make.client(), "+7 (908) 4944434")
        address = f"/customers/contacts/{contact.pk}/"
        mine = shown(web, address)
        Contact.objects.update(is_wrong=True)

        answer = htmx.post(address, mine | {"is_primary": "on"}, target="dialog")

        contact.refresh_from_db()
        assert answer.status_code == 422
        assert 'id="ask-is_primary_error"' in answer.content.decode()
        assert (contact.is_wrong, contact.is_primary) == (True, False)

    def test_to_wrong_of_what_became_the_primary_one(self, web):
        contact = make.contact(make.client(), "+7 (908) 4944434")
        address = f"/customers/contacts/{contact.pk}/"
        mine = shown(web, address)
        Contact.objects.update(is_primary=True)

        web.post(address, mine | {"is_wrong": "on"})

        contact.refresh_from_db()
        assert (contact.is_wrong, contact.is_primary) == (True, False)

    def test_of_one_that_is_gone_is_not_found(self, web):
        assert web.post("/customers/contacts/12345/", PHONE).status_code == 404


class TestOrder:
    def test_up_by_one(self, web):
        client = make.client()
        for number in ("1", "2", "3"):
            contact = make.contact(client, f"+7 (900) 000000{number}")

        web.post(f"/customers/contacts/{contact.pk}/up/")

        assert [value[-1] for value in values(client)] == ["1", "3", "2"]

    def test_the_primary_one_stays_on_top(self, web):
        client = make.client()
        make.contact(client, "+7 (900) 0000001", is_primary=True)
        contact = make.contact(client, "+7 (900) 0000002")

        for _time in range(3):
            web.post(f"/customers/contacts/{contact.pk}/up/")

        assert [value[-1] for value in values(client)] == ["1", "2"]


class TestRemove:
    def test_asks_first(self, htmx):
        contact = make.contact(make.client())

        answer = htmx.get(f"/customers/contacts/{contact.pk}/remove/", target="dialog")

        assert contact.value in answer.content.decode()
        assert Contact.objects.filter(pk=contact.pk).exists()

    def test_removes(self, htmx):
        client = make.client()
        contact = make.contact(client)

        answer = htmx.post(f"/customers/contacts/{contact.pk}/remove/", target="dialog")

        assert answer.status_code == 204
        assert not client.contacts.exists()


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_two_primary_ones_leave_one(self):
        client = make.client()

        refusals = at_once(
            *(
                lambda n=n: contacts.add(
                    client, kind="mobile", value=f"+7 900 000000{n}", person="", is_primary=True
                )
                for n in range(4)
            )
        )

        assert refusals == [None] * 4
        assert client.contacts.filter(is_primary=True).count() == 1
        assert client.contacts.count() == 4

    def test_the_same_one_twice_is_there_once(self):
        client, refused = make.client(), []

        def add() -> None:
            try:
                with transaction.atomic():
                    contacts.add(client, kind="mobile", value="+7 900 0000000", person="")
            except RefusedError as refusal:
                refused.append(str(refusal))

        at_once(add, add)

        assert client.contacts.count() == 1
        assert len(refused) == 1

    def test_the_second_of_two_who_change_it_is_told(self):
        contact, clashing = make.contact(make.client(), person="жена"), []
        seen = clashes.values_of(contact, list(ContactForm.Meta.fields))

        def late() -> None:
            try:
                contacts.change(contact.pk, seen=seen, given=seen | {"person": "сын"})
            except clashes.ClashError as clash:
                clashing.append(clash.now["person"])

        one_during_the_other(
            lambda: contacts.change(contact.pk, seen=seen, given=seen | {"person": "дочь"}), late
        )

        contact.refresh_from_db()
        assert clashing == [contact.person] == ["дочь"]

    def test_one_that_is_removed_meanwhile_is_not_changed(self):
        contact, refused = make.contact(make.client()), []
        seen = clashes.values_of(contact, list(ContactForm.Meta.fields))

        def late() -> None:
            try:
                contacts.change(contact.pk, seen=seen, given=seen | {"person": "сын"})
            except RefusedError as refusal:
                refused.append(refusal)

        one_during_the_other(lambda: contacts.remove(contact), late)

        assert len(refused) == 1


class TestDoubts:
    @pytest.mark.parametrize(
        "phone", ["", "+7 908 494-44-34", "8(495)1112233 доб. 12", "+49 30 901820"]
    )
    def test_none_of_phones_that_may_be(self, phone):
        assert doubts.about_phone(phone) == ""

    @pytest.mark.parametrize("phone", ["123", "+7 908 494-44-3", "позвонить Оле", "+999 1"])
    def test_of_phones_that_may_not(self, phone):
        assert doubts.about_phone(phone)

    def test_are_said_while_one_types(self, htmx):
        said = htmx.post(
            "/customers/doubt/", {"inn": "7712334545"}, trigger_name="inn", target="hint"
        )
        nothing = htmx.post("/customers/doubt/", {"inn": "7707083893"}, trigger_name="inn")

        assert "контрольная цифра" in said.content.decode()
        assert nothing.content.decode().strip() == ""

    def test_of_nothing_known_there_is_no_word(self, web, htmx):
        assert htmx.post("/customers/doubt/", {}, trigger_name="__class__").status_code == 200
        assert web.post("/customers/doubt/").status_code == 200
