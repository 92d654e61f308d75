"""Bookings. A calendar day's bookings are fixed by its date alone, whenever they are written.

So the demo can be continued on any later day: rows already imported come back with the same
identifiers and the same slots, and no slot ever overlaps another on its bay. What *today* decides
is which of them have been made by now, and what has become of those of today and before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from . import jobs, names, phones, staff
from .cars import Car
from .chance import ranked, stream

OPENS, CLOSES = time(8), time(20)
DAYS_BACK, DAYS_AHEAD = 14, 45
STRANGERS = 4
SURE = 15  # so many bookings of a day are neither cancelled nor missed
PLANS = 60


@dataclass(frozen=True, eq=False)
class Booking:
    id: str
    made_on: date
    branch: staff.Branch
    bay: str
    start: datetime
    end: datetime
    state: str
    job: jobs.Job
    author: str
    manager: str
    car: Car | None = None
    customer_text: str = ""
    contact_phone: str = ""

    @property
    def day(self) -> date:
        return self.start.date()


@dataclass(frozen=True)
class Slot:
    branch: staff.Branch
    bay: str
    start: datetime
    end: datetime
    job: jobs.Job


def booked_cars(fleet: list[Car]) -> dict[str, list[Car]]:
    """Every third car of each branch: these come by appointment, in an order that lasts weeks."""
    rng = stream("booked cars")
    pools = {}
    for branch in staff.BRANCHES:
        cars = [car for car in fleet[::3] if car.owner and car.branch is branch]
        pools[branch.id] = rng.sample(cars, len(cars))
    return pools


def bookings(first: date, last: date, today: date, pools: dict) -> list[Booking]:
    """The bookings from one day to another that have been made by *today*, oldest entry first."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    made = [
        booking
        for day in days
        for booking in _of_day(day, today, pools)
        if booking.made_on <= today
    ]
    return sorted(made, key=lambda booking: (booking.made_on, booking.id))


def _of_day(day: date, today: date, pools: dict) -> Iterable[Booking]:
    rng = stream("diary", day)
    slots = [
        slot
        for branch in staff.BRANCHES
        for bay in branch.bays
        for slot in _slots(rng, branch, bay, day)
    ]
    rng.shuffle(slots)
    turns = {branch.id: day.toordinal() * 16 for branch in staff.BRANCHES}
    for number, slot in enumerate(slots[: 17 if day.weekday() > 4 else 23]):
        branch = slot.branch
        luck, habit, lead = rng.random(), rng.random(), int(46 * rng.random())
        facts = {
            "id": f"r-{day:%Y%m%d}-{number + 1:02}",
            "made_on": day - timedelta(days=lead),
            "state": _state(day, today, slot, 0.5 + luck / 2 if number < SURE else luck),
            **slot.__dict__,
        }
        if number < STRANGERS:
            yield Booking(**facts, author="vera", manager="vera", **_stranger(rng))
            continue
        pool = pools[branch.id]
        car = pool[turns[branch.id] % len(pool)]
        turns[branch.id] += 1
        advisor = car.owner.advisor
        author = "vera" if habit < 0.15 else "gleb" if habit < 0.18 else advisor
        yield Booking(**facts, author=author, manager=advisor, car=car)


def _slots(rng: Random, branch: staff.Branch, bay: str, day: date) -> Iterable[Slot]:
    """One bay's day, filled from the morning on."""
    start = datetime.combine(day, OPENS) + timedelta(minutes=rng.choice((0, 0, 30)))
    while True:
        job = rng.choices(jobs.JOBS, jobs.SHARES)[0]
        halves = min(max(round(job.hours * 2), 2), 7)
        end = start + timedelta(minutes=30 * halves)
        if end > datetime.combine(day, CLOSES):
            return
        yield Slot(branch, bay, start, end, job)
        start = end + timedelta(minutes=rng.choice((0, 0, 30, 30, 60)))


def _state(day: date, today: date, slot: Slot, luck: float) -> str:
    if luck < 0.2:
        return "cancelled"
    if day > today:
        return "new" if luck < 0.6 else "confirmed"
    if day == today:
        arrived = slot.start.time() < time(11)
        return "arrived" if arrived else "new" if luck < 0.6 else "confirmed"
    return "no_show" if luck < 0.4 else "arrived"


def _stranger(rng: Random) -> dict:
    """Somebody who has no card yet: a name, a car in passing, a phone."""
    given = ranked(rng, [name for name, _ in names.MEN] + names.WOMEN)
    car = rng.choice(("Солярис", "Рио", "Поло", "Логан", "Камри", "Джолион", "Веста", "Тигго 7"))
    manner = rng.choice(("{0}, {1}", "{0} {1}", "{0} ({1}), первый раз", "{1}, {0}"))
    text = manner.format(given, car)
    return {"customer_text": text, "contact_phone": phones.Book(rng).mobile()}


def write(sheets, made: list[Booking]) -> None:
    for booking in made:
        car = booking.car
        sheets.add(
            "requests",
            id=booking.id,
            date=booking.made_on,
            state=booking.state,
            operation="request",
            branch=booking.branch.id,
            customer=car.owner.id if car else "",
            customer_text=booking.customer_text,
            contact_phone=booking.contact_phone,
            vehicle=car.id if car else "",
            start=booking.start,
            end=booking.end,
            bay=booking.bay,
            repair_kind=booking.job.kind,
            reason=booking.job.reason,
            author=booking.author,
            manager=booking.manager,
        )


def write_plans(sheets, today: date, fleet: list[Car]) -> None:
    """Plans of repair: agreed in words, without a slot and without a state."""
    rng = stream("plans")
    owned = [car for car in fleet if car.owner]
    planned = [
        (today - timedelta(days=rng.randint(1, 700)), car) for car in rng.sample(owned, PLANS)
    ]
    for number, (day, car) in enumerate(sorted(planned, key=lambda plan: (plan[0], plan[1].id)), 1):
        job = rng.choices(jobs.JOBS, jobs.SHARES)[0]
        sheets.add(
            "requests",
            id=f"plan-{number:03}",
            date=max(day, car.owners[-1][1]),
            operation="plan",
            branch=car.branch.id,
            customer=car.owner.id,
            vehicle=car.id,
            repair_kind=job.kind,
            reason=job.reason,
            author=car.owner.advisor,
            manager=car.owner.advisor,
        )
