"""Work orders: two years of them behind, and what stands in the workshop today."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from . import jobs, parts, staff
from .cars import Car
from .chance import stream
from .diary import Booking
from .people import Client

HISTORY = 5750
REFUSED_SHARE = 0.03
# How many cars stand in each open state on the day the demo is written.
STANDING = {
    "request": 15,
    "in_progress": 36,
    "approval": 11,
    "waiting": 17,
    "parked": 7,
    "completed": 21,
    "reserved": 9,
}
WITH_RESERVES = {
    "in_progress": 0.35,
    "waiting": 0.7,
    "approval": 0.5,
    "reserved": 1,
    "request": 0.4,
}


@dataclass(eq=False)
class WorkOrder:
    day: date
    state: str
    client: Client
    car: Car
    id: str = ""
    request: str = ""
    job: jobs.Job | None = None

    @property
    def branch(self) -> staff.Branch:
        return self.client.branch


def history(today: date, fleet: list[Car]) -> list[WorkOrder]:
    """Finished orders, each of a car that somebody owned on its day."""
    rng = stream("history")
    owned = [car for car in fleet if car.owners]
    orders = []
    for car in rng.choices(owned, k=HISTORY):
        first = max(car.owners[0][1], today - timedelta(days=730))
        last = car.owners[-1][2] or today - timedelta(days=1)
        day = first + timedelta(days=int(rng.random() * max((last - first).days, 1)))
        state = "refused" if rng.random() < REFUSED_SHARE else "closed"
        orders.append(WorkOrder(day, state, car.owner_on(day), car))
    return orders


def standing(today: date, fleet: list[Car]) -> list[WorkOrder]:
    """Unfinished orders, none of two on one car, none on a car that comes by appointment."""
    rng = stream("standing")
    free = [car for number, car in enumerate(fleet) if number % 3 and car.owner]
    cars = iter(rng.sample(free, sum(STANDING.values())))
    orders = []
    for state, count in STANDING.items():
        for _ in range(count):
            car = next(cars)
            days_ago = 1 + int(12 * rng.random() ** 2.5)
            orders.append(WorkOrder(today - timedelta(days=days_ago), state, car.owner, car))
    return orders


def from_bookings(today: date, made: list[Booking]) -> list[WorkOrder]:
    """Who came by appointment has a work order, closed by the next day."""
    return [
        WorkOrder(
            booking.day,
            "closed" if booking.day < today else _by_now(booking),
            booking.car.owner,
            booking.car,
            id=f"w-{booking.id}",
            request=booking.id,
            job=booking.job,
        )
        for booking in made
        if booking.state == "arrived" and booking.car
    ]


def _by_now(booking: Booking) -> str:
    """The short jobs of the early morning are done, the rest is in the works."""
    early_and_short = booking.start.hour < 9 and booking.job.hours < 1
    return "completed" if early_and_short else "in_progress"


def write(sheets, orders: list[WorkOrder], today: date, shelves: parts.Shelves) -> None:
    """Oldest first, so that the counter's numbers grow with the dates; reserves from *shelves*."""
    orders = sorted(orders, key=lambda order: (order.day, order.car.id, order.state))
    readings = {}
    for number, order in enumerate(orders, 1):
        order.id = order.id or f"w{number:05}"
        rng = stream("work order", order.id)
        total = _write_lines(sheets, rng, order, shelves)
        _write_header(sheets, rng, order, today, total)
        if order.state != "request":
            readings[order.car.id, order.day] = order.car.km_on(order.day)
    for (vehicle, day), km in readings.items():
        sheets.add("odometer", vehicle=vehicle, taken_on=day, km=km)


def _write_header(sheets, rng: Random, order: WorkOrder, today: date, total: Decimal) -> None:
    client, car, branch = order.client, order.car, order.branch
    employer = car.payer if car.owner is client else None
    author = client.advisor if rng.random() < 0.92 else rng.choice(branch.advisors)
    sheets.add(
        "work_orders",
        id=order.id,
        customer=client.id,
        date=order.day,
        state=order.state,
        branch=branch.id,
        payer=employer.id if employer else "",
        vehicle=car.id,
        request=order.request,
        repair_kind=order.job.kind,
        master=rng.choice(branch.masters),
        author=author,
        manager=client.advisor,
        mileage="" if order.state == "request" else car.km_on(order.day),
        planned_handover=_promised(rng, order, today),
        paid=_paid(rng, order.state, total) or "",
    )


def _write_lines(sheets, rng: Random, order: WorkOrder, shelves: parts.Shelves) -> Decimal:
    """The works and parts of one to three jobs; returns what they come to.

    Nothing is put aside for a car that comes by appointment: such orders are also written on later
    days, when the shelves are no longer as this package knows them.
    """
    order.job = order.job or rng.choices(jobs.JOBS, jobs.SHARES)[0]
    extra = rng.choices(jobs.JOBS, jobs.SHARES, k=rng.choices((0, 1, 2), (70, 24, 6))[0])
    todo = (order.job, *extra)
    works = dict.fromkeys(code for job in todo for code in job.works)
    needs = {group: quantity for job in todo for group, quantity in job.parts}
    reserving = not order.request and rng.random() < WITH_RESERVES.get(order.state, 0)
    total = Decimal()
    for code in works:
        name, hours = jobs.WORKS[code]
        price = round(hours * order.branch.hour_price, -1)
        total += price
        sheets.add(
            "work_order_works",
            work_order=order.id,
            name=name,
            code=code,
            norm_hours=hours,
            quantity=1,
            price=f"{price:f}",
            performer=rng.choice(order.branch.masters),
        )
    for group, quantity in needs.items():
        part = rng.choice(parts.OF_GROUP[group])
        total += part.price * quantity
        warehouse = order.branch.warehouse
        reserved = shelves.reserve(part, warehouse, quantity) if reserving else 0
        sheets.add(
            "work_order_parts",
            work_order=order.id,
            part=part.id,
            quantity=quantity,
            price=part.price,
            reserved=reserved or "",
            warehouse=warehouse,
        )
    return total.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _promised(rng: Random, order: WorkOrder, today: date) -> datetime | str:
    """When the car was promised; some of those in the works are late already."""
    if order.state in ("request", "reserved", "refused"):
        return ""
    if order.state == "closed":
        return datetime.combine(order.day + timedelta(days=rng.choice((0, 0, 1, 2))), time(18))
    hour = time(rng.choice((10, 12, 15, 17, 19)), rng.choice((0, 30)))
    days = rng.choices((-1, 0, 1, 3), (18, 52, 20, 10))[0]
    if order.state == "completed":
        days = min(days, 0)
    return datetime.combine(max(today + timedelta(days=days), order.day), hour)


def _paid(rng: Random, state: str, total: Decimal) -> Decimal:
    luck = rng.random()
    if state == "closed":
        return total if luck < 0.98 else round(total * Decimal("0.8"), -2)
    if state == "completed":
        return total if luck < 0.3 else round(total / 2, -2) if luck < 0.45 else Decimal()
    if state in ("in_progress", "waiting", "approval", "parked") and luck < 0.3:
        return round(total * Decimal("0.4"), -2)
    return Decimal()
