"""The sample shop comes in whole, once."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection

from armclients.models import User
from customers.models import Contact, Counterparty, DiscountCard, Event
from orders.models import Bay, Branch, Document, Payment, RepairRequest, Reserve, Stock, WorkOrder
from vehicles.models import Vehicle

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported(shop: Path, bring):
    ran = bring(shop)
    assert ran.status == 0, ran.complained
    return ran


def plain(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


class TestWhatIsThere:
    def test_every_row_is_new(self, imported):
        assert all(count["read"] == count["new"] > 0 for count in imported.counts.values())
        assert len(imported.counts) == 18

    def test_clients(self, imported):
        zubkov = Counterparty.objects.get(name="Зубков Алексей")

        assert zubkov.inn == "7712334545"
        assert zubkov.manager.username == "anna"
        assert str(zubkov.price_type_goods) == "Розничная"
        assert zubkov.created_at.date() == datetime.date(2020, 10, 19)  # midnight in Moscow
        assert Counterparty.objects.get(source_id="3").created_at.hour == 6
        assert zubkov.contacts.get().normalized == "79084944434"
        assert Contact.objects.get(person="жена").is_primary

    def test_cards_keep_leading_zeros_and_commas(self, imported):
        assert DiscountCard.objects.get(number="000123").percent_works == 5
        assert DiscountCard.objects.get(number="000124").percent_goods == Decimal("7.5")

    def test_vehicles_with_owners_plates_and_mileage(self, imported):
        corolla = Vehicle.objects.get(source_id="corolla")
        mark = Vehicle.objects.get(source_id="mark")
        vesta = Vehicle.objects.get(source_id="vesta")

        assert corolla.title == "TOYOTA COROLLA седан (_E12J_,_E12T_)"
        assert corolla.lookup.split() == ["NMTBM28E80R058037", "N123AP"]
        assert corolla.is_owned
        assert [str(o.counterparty) for o in mark.ownerships.filter(until=None)] == [
            "Леонидов Петр Иванович"
        ]
        assert vesta.plates.count() == 2
        assert vesta.odometer.get().km == 96500

    def test_users_have_a_role_and_no_password(self, imported):
        anna = User.objects.get(username="anna")

        assert [group.name for group in anna.groups.all()] == ["advisor"]
        assert not anna.has_usable_password()
        assert anna.is_active
        assert not anna.is_staff

    def test_documents_are_numbered_and_totalled(self, imported):
        order, closed = Document.objects.filter(kind="customer_order").order_by("source_id")
        work = WorkOrder.objects.get(source_id="work-1")

        assert order.number == "ЦОА0000011"
        assert order.total == Decimal("6180.00")
        assert order.due == Decimal("4180.00")
        assert closed.total == 18000
        assert work.total == Decimal("2800.00")
        assert str(work.payer) == "М Партс"
        assert work.base.source_id == "request-1"
        assert work.planned_handover_at.hour == 15
        assert [line.vat_percent for line in work.works.order_by("position")] == [20, None]
        assert Payment.objects.get(document=work).amount == 1000

    def test_a_plan_needs_no_state_and_a_booking_no_card(self, imported):
        plan = RepairRequest.objects.get(number="ЦОА0000001", date__year=2020)
        stranger = RepairRequest.objects.get(customer_text="Сергей с улицы")

        assert (plan.operation, plan.state) == ("plan", "")
        assert stranger.contact_phone_folded == "79120000001"
        slot = stranger.slots.get()
        assert slot.end_at - slot.start_at == datetime.timedelta(hours=1)
        assert Bay.objects.get().name == "Пост 1"

    def test_reserves_hold_stock(self, imported):
        assert Reserve.objects.count() == 3
        assert Stock.objects.get(part__source_id="pads").reserved == 1
        assert Stock.objects.get(part__source_id="oil").reserved == 2

    def test_events_know_their_offset(self, imported):
        task = Event.objects.get(source_id="task-1")

        assert task.occurred_at.hour == 4
        assert task.is_new
        assert Event.objects.get(source_id="missed-1").counterparty is None

    def test_the_branch_is_found(self, imported):
        assert Branch.objects.get().source_id == "centre"


class TestWhatFollows:
    def test_search_rows_are_those_of_the_sources(self, imported):
        differing = plain(
            """
            SELECT count(*) FROM armclients_searchcard s FULL JOIN search_rows(
                array(SELECT id FROM customers_counterparty)) r USING (customer_id)
             WHERE ROW(s.name_key, s.names, s.contacts, s.vehicles, s.tags)::text
                   IS DISTINCT FROM ROW(r.name_key, r.names, r.contacts, r.vehicles, r.tags)::text
            """
        )

        assert differing == [(0,)]
        assert plain("SELECT count(*) FROM armclients_searchcard") == [(6,)]

    def test_a_first_import_writes_no_history(self, imported):
        tables = plain("SELECT relname FROM pg_class WHERE relname ~ 'history$' AND relkind = 'r'")

        assert len(tables) > 10
        assert not [name for (name,) in tables if plain(f"SELECT 1 FROM {name} LIMIT 1")]

    def test_triggers_work_again_in_the_same_transaction(self, imported):
        Contact.objects.create(
            counterparty=Counterparty.objects.get(source_id="6"), kind="mobile", value="89990001122"
        )

        assert plain(
            "SELECT count(*) FROM armclients_searchcard WHERE contacts ~ '79990001122'"
        ) == [(1,)]


class TestAgain:
    def test_changes_nothing_and_says_so(self, imported, shop, bring, versions):
        before = versions()

        ran = bring(shop)

        assert ran.status == 0
        assert all(count["unchanged"] == count["read"] for count in ran.counts.values())
        assert "unchanged 6" in ran.said or "без изменений 6" in ran.said
        assert versions() == before

    def test_another_source_is_another_shop(self, shop, bring, files):
        bring(files(customers="id,name\n1,А"), source="one")

        ran = bring(files(customers="id,name\n1,Б"), source="two")

        assert ran["customers"]["new"] == 1
        assert sorted(Counterparty.objects.values_list("name", flat=True)) == ["А", "Б"]
