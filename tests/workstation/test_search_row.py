"""The search row stays true whatever is written, and whoever writes it."""

from types import SimpleNamespace

import pytest
from django.db import connection

from armclients.models import SearchCard
from customers.models import Contact, Counterparty, DiscountCard, Event
from orders.models import (
    Document,
    OpeningBalance,
    PartLine,
    Payment,
    RepairRequest,
    Reserve,
    Slot,
    WorkLine,
    WorkOrder,
)
from tests import make
from tests.workstation import search_rows
from vehicles.models import Vehicle, VehicleOwnership, VehiclePlate


@pytest.fixture
def shop(anna, boris):
    """Two clients who have one of everything, and one who has nothing."""
    first, second = make.client("Зубков Алексей"), make.client('ООО "Лёд"', full_name="Лёд-Сервис")
    for client in (first, second):
        make.contact(client)
        make.card(client)
        make.event(client, author=anna, processed_at=None)
        make.request(client, slot=make.at(9), manager=boris)
        order = make.customer_order(client, author=boris)
        make.reserve(make.goods(order))
        make.work_order(client, state="in_progress", manager=anna)
        make.work_order(client, state="completed")
        make.vehicle(client, plate=f"А00{client.pk % 9}АА77", vin=f"VIN{client.pk:014}")
    return SimpleNamespace(first=first, second=second, third=make.client(), anna=anna, boris=boris)


def sql(statement: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def change(row, **facts) -> None:
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()


def sell(shop) -> None:
    link = shop.first.ownerships.get()
    change(link, until=make.day())
    make.ownership(link.vehicle, shop.third, since=make.day())


def re_plate(shop) -> None:
    plate = VehiclePlate.objects.first()
    change(plate, until=make.day())
    make.plate_of(plate.vehicle, "Х999ХХ99", since=make.day())


def copy_events(_shop) -> None:
    sql(
        "INSERT INTO customers_event (source, kind, counterparty_id, subject, text,"
        " result, manager_id, occurred_at) SELECT '', 'task', c.id, '', '', '', u.id, now()"
        " FROM customers_counterparty c, armclients_user u"
    )


def copy_documents(_shop) -> None:
    sql(
        "INSERT INTO orders_document (source, kind, number, date, branch_id,"
        " counterparty_id, state, comment, total, paid) SELECT '', 'work_order', 'N' || c.id,"
        " now(), b.id, c.id, 'in_progress', '', 0, 0 FROM customers_counterparty c, orders_branch b"
    )


def swap_clients(model: str):
    """One statement that gives rows of the first client to the third, and of the second to none."""

    def write(shop) -> None:
        sql(
            f"UPDATE {model} SET counterparty_id = CASE counterparty_id WHEN %s THEN %s END"
            " WHERE counterparty_id IS NOT NULL",
            shop.first.pk,
            shop.third.pk,
        )

    return write


WRITES = {
    # Clients
    "a client is renamed": lambda shop: change(shop.first, name="Ёжиков"),
    "a full name is given": lambda shop: change(shop.first, full_name="Ёжиков и сыновья"),
    "a client is added": lambda _shop: make.client("Новый"),
    "clients are added in bulk": lambda _shop: Counterparty.objects.bulk_create(
        [Counterparty(name=f"Много {n}") for n in range(3)]
    ),
    "clients are renamed in bulk": lambda _shop: Counterparty.objects.update(name="Все Одинаковы"),
    "clients are renamed by SQL": lambda _shop: sql(
        "UPDATE customers_counterparty SET name = name || ' (' || id || ')'"
    ),
    "a client is deleted": lambda shop: shop.third.delete(),
    "a client is deleted by SQL": lambda shop: sql(
        "DELETE FROM customers_counterparty WHERE id = %s", shop.third.pk
    ),
    "clients are inserted from a SELECT": lambda _shop: sql(
        "INSERT INTO customers_counterparty (source, kind, legal_form, name, full_name,"
        " inn, kpp, comment, attention, attention_text) SELECT '', 'buyer', 'person', name,"
        " '', '', '', '', '', '' FROM customers_counterparty"
    ),
    "a client becomes a supplier": lambda shop: change(shop.first, kind="both"),
    "a client must be warned of": lambda shop: change(shop.first, attention="stop"),
    "a client gets a manager and prices": lambda shop: change(
        shop.first,
        manager=shop.boris,
        price_type_goods=make.price_type(),
        price_type_works=make.price_type("Опт"),
    ),
    "managers are given by SQL": lambda shop: sql(
        "UPDATE customers_counterparty SET manager_id = %s", shop.anna.pk
    ),
    # Contacts and cards
    "a contact is added": lambda shop: make.contact(shop.third, "ёж@mail.ru"),
    "a contact is changed": lambda shop: change(shop.first.contacts.get(), value="8 916 1112233"),
    "a contact changes hands": lambda shop: change(
        shop.first.contacts.get(), counterparty=shop.third
    ),
    "a contact is deleted": lambda shop: shop.first.contacts.get().delete(),
    "contacts are changed in bulk": lambda _shop: Contact.objects.update(value="+7 900 0000000"),
    "contacts are deleted by SQL": lambda _shop: sql("DELETE FROM customers_contact"),
    "contacts change hands by SQL": lambda shop: sql(
        "UPDATE customers_contact SET counterparty_id = %s", shop.third.pk
    ),
    "a card is added": lambda shop: make.card(shop.third, "77-А"),
    "a card changes its number": lambda shop: change(shop.first.cards.get(), number="77-А"),
    "a card changes hands": lambda shop: change(shop.first.cards.get(), holder=shop.third),
    "cards are deleted": lambda _shop: DiscountCard.objects.all().delete(),
    # Vehicles
    "a car is added with owner and plate": lambda shop: make.vehicle(
        shop.third, plate="О777ОО77", vin="ХТА", body_number="NZE-1"
    ),
    "a VIN is corrected": lambda _shop: change(Vehicle.objects.first(), vin="CORRECTED"),
    "VINs are changed by SQL": lambda _shop: sql(
        "UPDATE vehicles_vehicle SET vin = 'V' || id, body_number = 'B-' || id"
    ),
    "a car gets model and year": lambda _shop: change(
        Vehicle.objects.first(), model=make.model("LADA", "VESTA"), year=2019
    ),
    "years are corrected by SQL": lambda _shop: sql("UPDATE vehicles_vehicle SET year = 1899"),
    "a car is sold": sell,
    "an owner is forgotten": lambda _shop: VehicleOwnership.objects.first().delete(),
    "cars change hands by SQL": lambda shop: sql(
        "UPDATE vehicles_vehicleownership SET counterparty_id = %s", shop.third.pk
    ),
    "an ownership is of another car": lambda shop: change(
        shop.first.ownerships.get(), vehicle=make.vehicle(plate="Е444ЕЕ44")
    ),
    "a driver is added": lambda shop: make.ownership(
        Vehicle.objects.first(), shop.third, role="driver"
    ),
    "a plate is changed": re_plate,
    "a plate is corrected": lambda _shop: change(VehiclePlate.objects.first(), number="Е555КХ"),
    "plates are moved by SQL": lambda shop: sql(
        "UPDATE vehicles_vehicleplate SET vehicle_id = %s WHERE id ="
        " (SELECT min(id) FROM vehicles_vehicleplate)",
        make.vehicle(shop.third).pk,
    ),
    "plates are deleted": lambda _shop: VehiclePlate.objects.all().delete(),
    "a car is deleted": lambda shop: shop.first.ownerships.get().vehicle.delete(),
    "cars are added in bulk": lambda shop: VehicleOwnership.objects.bulk_create(
        [
            VehicleOwnership(vehicle=car, counterparty=shop.third)
            for car in Vehicle.objects.bulk_create([Vehicle(vin=f"BULK{n}") for n in range(3)])
        ]
    ),
    # Events
    "an event is registered": lambda shop: make.event(shop.third, manager=shop.boris),
    "an event is processed": lambda shop: change(shop.first.events.get(), processed_at=make.NOW),
    "all events are processed": lambda _shop: Event.objects.update(processed_at=make.NOW),
    "an event changes hands": lambda shop: change(
        shop.first.events.get(), counterparty=shop.third, manager=shop.boris
    ),
    "an event loses its author": lambda shop: change(shop.first.events.get(), author=None),
    "events are deleted by SQL": lambda _shop: sql("DELETE FROM customers_event"),
    "events are inserted from a SELECT": copy_events,
    "events change hands by SQL": swap_clients("customers_event"),
    # Documents
    "an order is added": lambda shop: make.customer_order(shop.third, manager=shop.anna),
    "an order is closed": lambda shop: change(
        shop.first.documents.get(kind="customer_order"), state="closed"
    ),
    "every work order is completed": lambda _shop: WorkOrder.objects.update(state="completed"),
    "states are changed by SQL": lambda _shop: sql(
        "UPDATE orders_document SET state = 'cancelled' WHERE kind = 'repair_request'"
    ),
    "a kind is changed by SQL": lambda _shop: sql(
        "UPDATE orders_document SET state = 'closed' WHERE kind <> 'repair_request'"
    ),
    "a document changes hands": lambda shop: change(
        shop.first.documents.filter(kind="work_order").first(), counterparty=shop.third
    ),
    "documents change hands by SQL": swap_clients("orders_document"),
    "documents are inserted from a SELECT": copy_documents,
    "a manager takes over everything": lambda shop: Document.objects.update(manager=shop.boris),
    "a work order is deleted": lambda _shop: WorkOrder.objects.first().delete(),
    "a user leaves": lambda shop: shop.anna.delete(),
    "a payment comes in": lambda _shop: make.payment(WorkOrder.objects.first(), 100),
    "payments are deleted": lambda _shop: Payment.objects.all().delete(),
    "work is written down": lambda _shop: make.work(WorkOrder.objects.first(), price=500),
    "works are deleted": lambda _shop: (
        make.work(WorkOrder.objects.first(), price=500),
        WorkLine.objects.all().delete(),
    ),
    "what is owed is paid": lambda _shop: (
        make.work(WorkOrder.objects.first(), price=500),
        make.payment(WorkOrder.objects.first(), 500),
    ),
    "somebody else pays": lambda shop: (
        make.work(WorkOrder.objects.first(), price=500),
        change(WorkOrder.objects.first(), payer=shop.third),
    ),
    "payers are exchanged by SQL": lambda shop: (
        make.work(WorkOrder.objects.first(), price=500),
        sql("UPDATE orders_document SET payer_id = %s", shop.third.pk),
    ),
    "a client owes from before": lambda shop: OpeningBalance.objects.create(
        counterparty=shop.third, amount=100
    ),
    "an old debt is paid": lambda shop: (
        OpeningBalance.objects.create(counterparty=shop.third, amount=100),
        make.payment(None, 100, counterparty=shop.third),
    ),
    "an advance is given back": lambda shop: (
        make.payment(None, 100, counterparty=shop.third),
        make.payment(None, 150, counterparty=shop.third, direction="out"),
    ),
    "a visit was on another day": lambda _shop: change(WorkOrder.objects.first(), date=make.day(3)),
    "visits are refused": lambda _shop: WorkOrder.objects.update(state="refused"),
    # Slots
    "a slot is moved to another day": lambda _shop: change(
        Slot.objects.first(), start_at=make.at(9, days=3), end_at=make.at(10, days=3)
    ),
    "slots are moved by SQL": lambda _shop: sql(
        "UPDATE orders_slot SET start_at = start_at + interval '1 day',"
        " end_at = end_at + interval '1 day'"
    ),
    "a slot is added": lambda shop: make.slot_of(make.request(shop.third), make.at(15, days=1)),
    "a slot is given to another request": lambda shop: change(
        Slot.objects.first(), request=make.request(shop.third)
    ),
    "slots are deleted": lambda _shop: Slot.objects.all().delete(),
    "a request is cancelled": lambda _shop: change(
        RepairRequest.objects.first(), state="cancelled"
    ),
    "a request is deleted": lambda _shop: RepairRequest.objects.first().delete(),
    "a branch moves to another zone": lambda _shop: sql(
        "UPDATE orders_branch SET timezone = 'Pacific/Honolulu'"
    ),
    # Goods
    "goods are reserved": lambda shop: make.reserve(make.goods(make.work_order(shop.third))),
    "a reserve is released": lambda _shop: Reserve.objects.first().delete(),
    "reserves are released by SQL": lambda _shop: sql("DELETE FROM orders_reserve"),
    "an order that held goods is cancelled": lambda shop: change(
        shop.first.documents.get(kind="customer_order"), state="cancelled"
    ),
    "a line that held goods is deleted": lambda _shop: PartLine.objects.first().delete(),
    "a line moves to another document": lambda shop: change(
        PartLine.objects.first(), document=make.work_order(shop.third)
    ),
    "lines are moved by SQL": lambda shop: sql(
        "UPDATE orders_partline SET document_id = %s", make.work_order(shop.third).pk
    ),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_stays_true_when(shop, write):
    write(shop)

    search_rows.assert_true()


def test_is_true_from_the_start(shop):
    search_rows.assert_true()


def test_is_not_rewritten_when_nothing_it_holds_changes(shop):
    """A comment or a line that costs nothing is no reason to rewrite the search row."""
    versions = SearchCard.objects.extra(select={"version": "xmin::text || ctid::text"})
    before = list(versions.order_by("pk").values_list("pk", "version"))

    Counterparty.objects.update(comment="x", attention_text="notice")
    Event.objects.update(text="x", result="y")
    make.work(WorkOrder.objects.first(), price=0)
    Contact.objects.update(person="жена")

    assert list(versions.order_by("pk").values_list("pk", "version")) == before


def test_a_day_that_is_over_is_forgotten_when_the_row_is_next_derived(shop):
    Slot.objects.update(start_at=make.at(9, days=-10_000), end_at=make.at(10, days=-10_000))

    days = range(-1_000_000, -1_000)
    assert not any(tag in days for card in SearchCard.objects.all() for tag in card.tags)
