"""How many statements an answer may cost, and how many bytes it may weigh."""

from collections import defaultdict

import pytest
from django.db import connection

from customers.models import Contact, Counterparty
from tests import make
from vehicles.models import Vehicle, VehicleOwnership, VehiclePlate

RESULTS, CARD, WHOLE = 6, 10, 16
BYTES = 60_000
# The same rows with the chosen client, whom one can do much about, below them; the menu above leads
# to the calendar, the cars in the workshop and the warehouses too.
PAGE_BYTES = 65_000
TABS = ["info", "events", "cart", "orders", "documents", "contact"]
LISTS = ["info", "works", "goods", "history", "deferred"]
SEARCHES = [
    "",
    "client=%D1%81%D0%B8%D0%B4%D0%BE%D1%80%D0%BE%D0%B2",
    "phone=900",
    "vehicle=777",
    "mine=on&new_events=on&open_orders=on&reserved=on&in_service=on&awaiting_pickup=on",
    "booked_today=on",
    "client=%D1%81&phone=9&vehicle=%D0%B0",
]


def crowd(size: int, *, cars_each: int = 2) -> list[Counterparty]:
    """Clients with everything a row shows."""
    clients = Counterparty.objects.bulk_create(
        [
            Counterparty(name=f"Сидоров Константин Вячеславович {n:03}", inn="771233454512")
            for n in range(size)
        ]
    )
    Contact.objects.bulk_create(
        [
            Contact(counterparty=client, kind="mobile", value=f"+7 (900) {n:07}")
            for n, client in enumerate(clients)
        ]
    )
    model = make.model("MERCEDES-BENZ", "E-CLASS универсал (S212) рестайлинг")
    cars = Vehicle.objects.bulk_create(
        [Vehicle(model=model, year=2015, vin=f"WDD2120471A{n:06}") for n in range(cars_each * size)]
    )
    VehiclePlate.objects.bulk_create(
        [VehiclePlate(vehicle=car, number=f"А{n:03}ВС777") for n, car in enumerate(cars)]
    )
    VehicleOwnership.objects.bulk_create(
        [
            VehicleOwnership(vehicle=car, counterparty=clients[n // cars_each])
            for n, car in enumerate(cars)
        ]
    )
    return clients


def busy(client: Counterparty, user, rows: int) -> None:
    """`rows` of everything that the tabs of a client list."""
    car = make.vehicle(client, plate="А123ВС77")
    for n in range(rows):
        make.event(client, author=user, manager=user, vehicle=car, processed_at=None)
        order = make.customer_order(client, vehicle=car, manager=user)
        make.reserve(make.goods(order))
        work_order = make.work_order(client, vehicle=car, master=user, manager=user)
        make.work(work_order, performer=user)
        make.goods(work_order)
        make.request(client, vehicle=car, slot=make.at(9, days=n))
        make.deferred(car, document=work_order, due_on=make.day(n))
    make.cart(client, lines=rows, vehicle=car, author=user)


@pytest.fixture
def large_base(db):
    """Keys as long as those of a million clients: they stand in every row, thrice."""
    with connection.cursor() as cursor:
        for table in ("customers_counterparty", "vehicles_vehicle"):
            cursor.execute(f"ALTER SEQUENCE {table}_id_seq RESTART WITH 1000001")


class TestResults:
    @pytest.mark.parametrize("search", SEARCHES)
    def test_cost_the_same_for_one_and_for_fifty(self, htmx, statements, search):
        crowd(1)
        with statements(at_most=RESULTS) as for_one:
            htmx.get(f"/?{search}", target="results")
        crowd(60)
        with statements(at_most=RESULTS) as for_fifty:
            htmx.get(f"/?{search}", target="results")

        assert len(for_one) == len(for_fifty)

    def test_weigh_little_with_fifty_rows_and_a_hundred_vehicles(self, htmx, large_base):
        crowd(60)

        for target in ("results", "screen"):
            assert len(htmx.get("/", target=target).content) <= BYTES
        assert len(htmx.get("/", {"vehicle": "777"}, target="screen").content) <= BYTES


class TestWholePage:
    def test_costs_the_same_for_one_and_for_fifty(self, web, anna, statements):
        counts = []
        for rows in (1, 50):
            client = crowd(rows)[0]
            busy(client, anna, 1 if rows == 1 else 3)
            with statements(at_most=WHOLE) as sql:
                web.get("/", {"client": "сидоров", "customer": client.pk})
            counts.append(len(sql))

        assert counts[0] == counts[1]

    def test_weighs_little_with_fifty_rows_and_their_vehicles(self, web, large_base):
        client = crowd(60, cars_each=1)[0]

        assert len(web.get("/").content) <= BYTES
        page = web.get("/", {"customer": client.pk, "buyer_only": "off"})
        assert len(page.content) <= PAGE_BYTES


class TestCard:
    def test_costs_the_same_for_one_row_and_for_many(self, htmx, anna, statements):
        counts: dict[tuple[str, str], set[int]] = defaultdict(set)
        for rows in (1, 5):
            client = make.client()
            busy(client, anna, rows)
            car = client.ownerships.get().vehicle_id
            fragments = [f"/customers/{client.pk}/{tab}/" for tab in TABS]
            fragments += [f"/vehicles/{car}/{list_of}/" for list_of in LISTS]
            for name, address in zip(TABS + LISTS, fragments, strict=True):
                with statements(at_most=CARD) as sql:
                    htmx.get(address)
                counts[name, address.split("/")[1]].add(len(sql))

        assert all(len(different) == 1 for different in counts.values()), counts
