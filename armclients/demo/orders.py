"""Customer orders for parts, from the first call to the last closed one."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from . import parts
from .cars import Car
from .chance import stream
from .people import Client

HISTORY = 2340
CANCELLED_SHARE = 0.06
UNFINISHED = {"new": 24, "approved": 26, "in_supply": 40, "arrived": 34, "issued": 18}
# The chance that a line of an order in this state is put aside in the warehouse.
RESERVED = {"new": 0.25, "approved": 0.4, "in_supply": 0.2, "arrived": 1}
BY_FOUR = ("oil", "spark plug", "tyre", "valve", "coolant")
BY_TWO = ("front disc", "rear disc", "front damper", "rear damper", "link", "bush", "bulb")


@dataclass(frozen=True)
class Order:
    day: date
    state: str
    client: Client
    car: Car | None


def orders(today: date, everyone: list[Client], fleet: list[Car]) -> list[Order]:
    rng = stream("orders")
    garage: dict[Client, list[Car]] = {}
    for car in fleet:
        if car.owner:
            garage.setdefault(car.owner, []).append(car)
    buyers = [client for client in everyone if client.kind != "supplier"]
    made = []
    for state in _states(rng):
        client = rng.choice(buyers)
        if state in UNFINISHED:
            day = today - timedelta(days=int(25 * rng.random() ** 1.5))
        else:
            first = max(client.since, today - timedelta(days=730))
            day = first + timedelta(days=int(rng.random() * (today - first).days))
        cars = [car for car in garage.get(client, ()) if car.owners[-1][1] <= day]
        car = rng.choice(cars) if cars and rng.random() < 0.75 else None
        made.append(Order(day, state, client, car))
    return sorted(made, key=lambda order: (order.day, order.client.id))


def _states(rng: Random) -> list[str]:
    finished = rng.choices(
        ("cancelled", "closed"), (CANCELLED_SHARE, 1 - CANCELLED_SHARE), k=HISTORY
    )
    return finished + [state for state, count in UNFINISHED.items() for _ in range(count)]


def write(sheets, made: list[Order], shelves: parts.Shelves) -> None:
    for number, order in enumerate(made, 1):
        id = f"o{number:05}"
        rng = stream("order", number)
        client = order.client
        total = _write_lines(sheets, rng, id, order, shelves)
        sheets.add(
            "orders",
            id=id,
            customer=client.id,
            date=order.day,
            state=order.state,
            branch=client.branch.id,
            vehicle=order.car.id if order.car else "",
            author="gleb" if rng.random() < 0.4 else client.advisor,
            manager=client.advisor if rng.random() < 0.85 else "gleb",
            paid=_paid(rng, order.state, total) or "",
        )


def _write_lines(sheets, rng: Random, id: str, order: Order, shelves: parts.Shelves) -> Decimal:
    total = Decimal()
    warehouse = order.client.branch.warehouse
    for part in rng.sample(parts.PARTS, rng.choices((1, 2, 3, 4, 6), (40, 28, 17, 10, 5))[0]):
        quantity = Decimal(4 if part.group in BY_FOUR else 2 if part.group in BY_TWO else 1)
        wanted = rng.random() < RESERVED.get(order.state, 0)
        reserved = shelves.reserve(part, warehouse, quantity) if wanted else 0
        total += part.price * quantity
        sheets.add(
            "order_lines",
            order=id,
            part=part.id,
            quantity=quantity,
            price=part.price,
            reserved=reserved or "",
            warehouse=warehouse,
        )
    return total


def _paid(rng: Random, state: str, total: Decimal) -> Decimal:
    luck = rng.random()
    if state in ("new", "cancelled"):
        return Decimal()
    if state == "closed" or (state == "issued" and luck < 0.8):
        return total
    shares = ((0.4, "0"), (0.65, "0.3"), (0.85, "0.5"), (1, "1"))
    share = next(share for limit, share in shares if luck < limit)
    return round(total * Decimal(share), -1 if share != "1" else 2)
