"""A new client: what was typed into the search is kept, and who may be the same is shown."""

import pytest

from armclients.workstation.new_client import prefilled
from customers.models import AccessLogEntry, Counterparty
from tests import make
from vehicles.models import Vehicle

URL = "/customers/new/"
# The folding, the look, and within a test's transaction the end of its time limit.
LOOKS = 3
WHO = {"legal_form": "person", "kind": "buyer"}


class TestOffered:
    def test_by_an_empty_search_with_what_was_typed(self, web):
        page = web.get("/?client=Небывалов&phone=4999").content.decode()

        assert 'id="nobody-new"' in page
        assert "/customers/new/?client=%D0%9D%D0%B5%D0%B1" in page
        assert "phone=4999" in page

    def test_by_the_jump_in_of_an_unknown_phone(self, web):
        page = web.get("/open/?phone=89161112233", follow=True).content.decode()

        assert "/customers/new/?phone=89161112233" in page

    def test_not_to_who_may_not(self, client_of, gleb):
        page = client_of(gleb).get("/?client=Небывалов").content.decode()

        assert "/customers/new/" not in page

    @pytest.mark.parametrize(
        ("query", "given"),
        [
            ({"client": "Зубков", "phone": "4434"}, {"name": "Зубков", "phone": "4434"}),
            ({"client": "8 908 494-44-34"}, {"phone": "8 908 494-44-34"}),
            ({"client": "7707083893"}, {"inn": "7707083893"}),
            ({"phone": "a@mail.ru"}, {"email": "a@mail.ru"}),
            ({"vehicle": "а123вс77"}, {"plate": "а123вс77"}),
            ({"vehicle": "NMTBM28E80R058037"}, {"vin": "NMTBM28E80R058037"}),
            ({"vehicle": "NZE121-1234567"}, {"vin": "NZE121-1234567"}),
            ({}, {}),
        ],
    )
    def test_each_text_in_the_field_it_belongs_to(self, query, given):
        assert prefilled(query) == given


class TestCreate:
    def test_a_phone_alone_is_enough(self, web, anna):
        web.post(URL, WHO | {"phone": "8 908 494 44 34"})

        client = Counterparty.objects.get()
        assert (client.name, client.author) == ("+7 (908) 494-44-34", anna)
        assert client.contacts.get().is_primary

    def test_is_found_and_chosen_on_the_screen(self, htmx, web):
        answer = htmx.post(URL, WHO | {"name": "Зубков"}, target="dialog")

        client = Counterparty.objects.get()
        page = web.get(answer["HX-Redirect"]).content.decode()
        assert f'data-customer-open="{client.pk}"' in page
        assert f'data-customer="{client.pk}"' in page

    def test_with_the_first_car(self, web):
        web.post(
            URL,
            WHO
            | {"name": "Зубков", "model": "Toyota Corolla", "plate": "а123вс77"}
            | {"vin": "NMTBM28E80R058037"},
        )

        car = Vehicle.objects.get()
        assert str(car.model) == "Toyota Corolla"
        assert car.ownerships.get().counterparty.name == "Зубков"
        assert car.plates.get().number == "а123вс77"

    def test_a_body_number_is_no_vin(self, web):
        web.post(URL, WHO | {"name": "Зубков", "vin": "NZE121-1234567"})

        car = Vehicle.objects.get()
        assert (car.vin, car.body_number) == ("", "NZE121-1234567")

    @pytest.mark.parametrize("sent", [{}, {"phone": "позвонить"}, {"name": "  "}, {"name": "\0"}])
    def test_without_name_and_phone_is_refused_at_the_field(self, htmx, sent):
        answer = htmx.post(URL, WHO | {"comment": "набрано"} | sent, target="dialog")

        page = answer.content.decode()
        assert answer.status_code == 422
        assert 'id="ask-name_error"' in page
        assert "набрано" in page
        assert not Counterparty.objects.exists()


class TestAlike:
    @pytest.fixture
    def zubkov(self, db):
        zubkov = make.client(
            "Зубков Алексей", inn="7712334545", attention="stop", attention_text="Не обслуживать"
        )
        make.contact(zubkov, "+7 (908) 4944434", is_primary=True)
        make.contact(zubkov, "zubkov@mail.ru")
        make.vehicle(zubkov, plate="n123ap", vin="NMTBM28E80R058037")
        return zubkov

    @pytest.mark.parametrize(
        ("sent", "why"),
        [
            ({"phone": "89084944434"}, "тот же телефон"),
            ({"email": "ZUBKOV@mail.ru"}, "та же эл. почта"),
            ({"inn": "7712334545"}, "тот же ИНН"),
            ({"vin": "nmtbm28e80r058037"}, "тот же VIN"),
            ({"plate": "N123AP"}, "тот же гос. номер"),
            ({"name": "алексей зубков", "phone": "4434"}, "имя и последние цифры"),
        ],
    )
    def test_are_shown_while_one_types(self, htmx, statements, zubkov, sent, why):
        with statements(at_most=LOOKS):
            answer = htmx.post(f"{URL}alike/", sent, target="alike")

        page = answer.content.decode()
        assert f'data-alike="{zubkov.pk}"' in page
        assert why in page
        assert "Не обслуживать" in page
        assert f"/?customer={zubkov.pk}" in page

    @pytest.mark.parametrize("sent", [{}, {"name": "Зубков"}, {"phone": "908"}, {"phone": "\0%_"}])
    def test_are_not_shown_of_too_little(self, htmx, zubkov, sent):
        assert "data-alike" not in htmx.post(f"{URL}alike/", sent, target="alike").content.decode()

    def test_are_shown_before_anything_is_saved(self, web, zubkov):
        sent = WHO | {"name": "Зубков", "phone": "89084944434"}

        first = web.post(URL, sent)
        second = web.post(URL, sent | {"alike": zubkov.pk})

        assert first.status_code == 422
        assert f'data-alike="{zubkov.pk}"' in first.content.decode()
        assert second.status_code == 302
        assert Counterparty.objects.count() == 2

    def test_cost_the_same_for_many(self, htmx, statements, zubkov):
        for _number in range(30):
            make.contact(make.client("Зубков Алексей"), "+7 (908) 4944434")

        with statements(at_most=LOOKS):
            answer = htmx.post(f"{URL}alike/", {"phone": "89084944434"}, target="alike")

        assert answer.content.decode().count("data-alike") == 5

    def test_phones_are_masked_from_who_may_not_see_them(self, client_of, boris, zubkov):
        boris.groups.get().permissions.remove(
            *boris.groups.get().permissions.filter(codename="view_contact_value")
        )

        page = client_of(boris).post(f"{URL}alike/", {"inn": "7712334545"}).content.decode()

        assert "494-44-34" not in page

    def test_are_no_opened_cards(self, htmx, zubkov):
        htmx.post(f"{URL}alike/", {"phone": "89084944434"}, target="alike")

        assert not AccessLogEntry.objects.exists()
