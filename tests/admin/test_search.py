"""The search field of a list finds by what people know."""

import pytest

from customers.models import AccessLogEntry, Contact, Counterparty, CounterpartyHistory, Event
from orders.models import Document, Part, PartLine, WorkOrder
from tests import make
from tests.admin.test_pages import page
from vehicles.models import Vehicle, VehiclePlate


def found(browser, model, typed):
    answer = browser.get(page(model, "changelist"), {"q": typed})
    assert answer.status_code == 200
    return list(answer.context["cl"].result_list)


@pytest.mark.parametrize(
    "typed", ["зубк", "алексей зубков", "8 908 494-44-34", "4944434", "n123ap", "N123", "058037"]
)
def test_a_client(admin_client, shop, typed):
    make.ivanov()

    assert found(admin_client, Counterparty, typed) == [shop]
    assert found(admin_client, Vehicle, typed) == [shop.ownerships.get().vehicle]


@pytest.mark.parametrize(
    "typed", ["никого", "%", "_", "\\", "😀", "<script>", "x" * 5000, "'", '"']
)
def test_nobody(admin_client, shop, typed):
    for model in (Counterparty, Vehicle, Document, Contact, Event, Part):
        assert found(admin_client, model, typed) == []


def test_a_nul_byte_asked_by_autocompletion(admin_client, shop):
    asked = {"app_label": "customers", "model_name": "contact", "field_name": "counterparty"}

    answer = admin_client.get("/admin/autocomplete/", asked | {"term": "зуб\0ков"})

    assert [row["text"] for row in answer.json()["results"]] == ["Зубков Алексей"]


def test_a_vehicle_without_an_owner(admin_client, db):
    car = make.vehicle(plate="а777аа77")
    make.vehicle(plate="в888вв77")

    assert found(admin_client, Vehicle, "A777AA") == [car]


def test_another_car_of_the_same_owner_is_not_found(admin_client, shop):
    make.vehicle(shop, plate="а777аа77")

    assert [plate.number for plate in found(admin_client, VehiclePlate, "n123ap")] == ["n123ap"]


def test_a_document_by_its_number(admin_client, db):
    order = make.work_order(number="ЦОА0000042")
    make.work_order(number="ЦОА0000043")
    line = make.goods(order)

    for typed in ("42", "цоа0000042"):
        assert found(admin_client, WorkOrder, typed) == [order]
        assert found(admin_client, PartLine, typed) == [line]


def test_a_part_by_its_article(admin_client, db):
    part = make.part("45022-S9A-A01")

    assert found(admin_client, Part, "45022-s9a-a01") == [part]


def test_the_history_of_a_client(admin_client, shop):
    [change] = found(admin_client, CounterpartyHistory, "зубков")

    assert change.pgh_obj_id == shop.pk


def test_opening_a_client_is_written_down(admin_client, admin_user, shop):
    admin_client.get(page(Counterparty, "change", shop.pk))

    entry = AccessLogEntry.objects.order_by("-pk").first()
    assert (entry.counterparty, entry.user, entry.why) == (shop, admin_user, "admin")
