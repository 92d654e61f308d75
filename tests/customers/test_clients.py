"""Clients, their contacts and cards: what the database promises about them."""

import pytest
from django.db import IntegrityError, connection, transaction

from customers import queries
from customers.models import AccessLogEntry, Contact, Counterparty
from tests import make

pytestmark = pytest.mark.django_db


class TestClient:
    def test_needs_only_a_name(self):
        assert make.client("Зубков").kind == "buyer"

    @pytest.mark.parametrize("name", ["", " ", "\t\n"])
    def test_without_a_name_is_refused(self, name):
        with pytest.raises(IntegrityError, match="counterparty_has_a_name"):
            Counterparty.objects.create(name=name)

    @pytest.mark.parametrize("inn", ["7712334545", "4256836901"])
    def test_keeps_a_wrong_inn_with_a_warning(self, inn):
        """Both of the seed's fail their checksum [seed]."""
        assert make.client(inn=inn).inn_warning

    @pytest.mark.parametrize("inn", ["", "7707083893", "500100732259"])
    def test_has_no_word_against_a_right_inn(self, inn):
        assert make.client(inn=inn).inn_warning == ""

    def test_of_one_source_is_there_once(self):
        make.client(source="1c", source_id="5")
        own, other = make.client(), make.client()
        assert own.source_id != other.source_id

        with pytest.raises(IntegrityError, match="counterparty_source_once"):
            make.client(source="1c", source_id="5")


class TestContact:
    def test_of_a_family_is_no_error(self):
        for name in ("Котов Олег", "Котова Инна"):
            make.contact(make.client(name), "+7 (916) 1112233", person="общий")

        assert Contact.objects.filter(normalized="79161112233").count() == 2

    def test_is_kept_as_typed_and_folded_by_the_database(self):
        contact = make.contact(make.client(), "8 (495) 111-22-33 доб. 15", kind="work")

        assert (contact.value, contact.normalized, contact.extension) == (
            "8 (495) 111-22-33 доб. 15",
            "74951112233",
            "15",
        )

    def test_is_there_once_in_whatever_notation(self):
        client = make.client()
        make.contact(client, "+7 908 494-44-34")

        with pytest.raises(IntegrityError, match="contact_once"):
            make.contact(client, "89084944434")

    def test_of_another_kind_may_be_the_same(self):
        client = make.client()
        make.contact(client, "+7 908 494-44-34")
        make.contact(client, "+7 908 494-44-34", kind="whatsapp")

        assert client.contacts.count() == 2

    def test_only_one_is_primary(self):
        client = make.client()
        make.contact(client, is_primary=True)

        with pytest.raises(IntegrityError, match="contact_one_primary"):
            make.contact(client, is_primary=True)

    def test_the_main_phone_is_the_primary_one_else_the_first(self, htmx):
        client = make.client("Зубков")
        make.contact(client, "zubkov@mail.ru")
        make.contact(client, "+7 (908) 1111111")
        assert "+7 (908) 111-11-11" in htmx.get("/").content.decode()
        make.contact(client, "+7 (908) 2222222", is_primary=True)

        assert "+7 (908) 222-22-22" in htmx.get("/").content.decode()


class TestCard:
    def test_number_is_unique(self):
        make.card(make.client(), "2900000001")

        with pytest.raises(IntegrityError):
            make.card(make.client(), "2900000001")

    @pytest.mark.parametrize("percents", [{"percent_goods": 101}, {"percent_works": -1}])
    def test_percent_is_within_a_hundred(self, percents):
        with pytest.raises(IntegrityError, match="discountcard_percent_within_100"):
            make.card(make.client(), **percents)

    def test_ends_after_it_starts(self):
        with pytest.raises(IntegrityError, match="discountcard_ends_after_start"):
            make.card(make.client(), valid_from=make.day(), valid_until=make.day(-1))


class TestOpenCard:
    def test_is_logged(self, anna):
        client = make.client()

        queries.open_card(client.pk, by=anna, why="info")

        entry = AccessLogEntry.objects.get()
        assert (entry.counterparty, entry.user, entry.why) == (client, anna, "info")

    @pytest.mark.parametrize("tab", ["info", "events", "cart", "orders", "documents", "contact"])
    def test_every_screen_of_a_client_logs_who_looked_and_why(self, web, htmx, anna, tab):
        client = make.client()

        web.get(f"/customers/{client.pk}/{tab}/")
        htmx.get(f"/customers/{client.pk}/{tab}/", target="panel")
        web.get("/", {"customer": client.pk, "tab": tab})

        seen = AccessLogEntry.objects.values_list("counterparty", "user", "why")
        assert list(seen) == [(client.pk, anna.pk, tab)] * 3

    def test_a_refusal_is_not_logged(self, zoya, client_of):
        client = make.client()

        assert client_of(zoya).get(f"/customers/{client.pk}/info/").status_code == 403
        assert not AccessLogEntry.objects.exists()

    def test_a_list_opens_no_card(self, htmx):
        make.zubkov()

        htmx.get("/", {"client": "зубк"}, target="results")

        assert not AccessLogEntry.objects.exists()


class TestHistory:
    """Old values are kept by the database, so that bulk edits and SQL count too [law: 152-ФЗ]."""

    def kept(self, table: str, column: str) -> list[tuple[str, str]]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pgh_label, {column} FROM {table} ORDER BY pgh_id")
            return cursor.fetchall()

    def test_of_a_name_changed_in_bulk(self):
        make.client("Прежний")
        Counterparty.objects.update(name="Новый")

        assert self.kept("customers_counterpartyhistory", "name") == [("change", "Прежний")]

    def test_of_a_contact_deleted_by_sql(self):
        make.contact(make.client(), "+7 908 4944434")
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM customers_contact")

        assert self.kept("customers_contacthistory", "value") == [("delete", "+7 908 4944434")]

    def test_is_not_written_when_nothing_changed(self):
        make.client("Прежний")
        Counterparty.objects.update(name="Прежний")

        assert self.kept("customers_counterpartyhistory", "name") == []

    def test_rolls_back_with_the_change(self):
        make.client("Прежний")
        with transaction.atomic():
            Counterparty.objects.update(name="Новый")
            transaction.set_rollback(True)

        assert self.kept("customers_counterpartyhistory", "name") == []
