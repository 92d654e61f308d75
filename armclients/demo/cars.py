"""Cars and everything dated about them: owners, plates, mileage."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from . import makes, staff
from .chance import stream
from .people import Client

OWNERLESS = 25
SOLD = 80
SOLD_TO_STRANGERS = 12
REPLATED = 45
# 123 is left to the seed's n123ap, so that a search for N123 finds that car alone.
NUMBERS = [number for number in range(1, 1000) if number != 123]


@dataclass(eq=False)
class Car:
    make: str
    model: str
    made: date
    daily_km: float
    branch: staff.Branch
    id: str = ""
    trim: str = ""
    vin: str = ""
    body_number: str = ""
    colour: str = ""
    plate: str = ""
    former_plate: str = ""
    replated_on: date | None = None
    owners: list[tuple[Client, date, date | None]] = field(default_factory=list)
    driver: Client | None = None
    payer: Client | None = None

    @property
    def owner(self) -> Client | None:
        return self.owners[-1][0] if self.owners and not self.owners[-1][2] else None

    @property
    def title(self) -> str:
        return f"{self.make} {self.model.split(' (')[0]}"

    def owner_on(self, day: date) -> Client:
        position = bisect_right([since for _, since, _ in self.owners], day)
        return self.owners[max(position - 1, 0)][0]

    def km_on(self, day: date) -> int:
        return 300 + int(self.daily_km * max((day - self.made).days, 0))


def cars(today: date, everyone: list[Client]) -> list[Car]:
    """The same cars on any day; only purchases, sales and new plates are dated from *today*."""
    rng = stream("cars")
    factory = Factory(rng)
    fleet = []
    for client in everyone:
        for _ in range(_how_many(rng, client)):
            car = factory.car(client.branch, taxi=client.fleet)
            bought = min(max(client.since, car.made), today - timedelta(days=60))
            car.owners.append((client, bought, None))
            fleet.append(car)
    _sell(rng, today, fleet, everyone)
    fleet += [factory.car(staff.CENTRE, taxi=False) for _ in range(OWNERLESS)]
    for number, car in enumerate(fleet, 1):
        car.id = f"v{number:05}"
    for car in rng.sample([car for car in fleet if car.plate], REPLATED):
        changed = today - timedelta(days=30 + int(900 * rng.random()))
        car.former_plate = factory.plate(car.branch, taxi=False)
        car.replated_on = changed
    _lend(rng, fleet, everyone)
    return fleet


def _how_many(rng: Random, client: Client) -> int:
    if client.fleet:
        return rng.randint(10, 20)
    if client.kind == "supplier":
        return 0
    return rng.choices((0, 1, 2, 3), (4, 64, 23, 9))[0]


def _sell(rng: Random, today: date, fleet: list[Car], everyone: list[Client]) -> None:
    """Some cars have changed hands, a few of them to somebody the shop does not know."""
    sold = [car for car in rng.sample(fleet, SOLD * 2) if not car.owner.fleet][:SOLD]
    for count, car in enumerate(sold):
        days_ago = 70 + int(500 * rng.random())
        sale = today - timedelta(days=days_ago)
        seller, bought, _ = car.owners[0]
        car.owners[0] = (seller, min(bought, sale - timedelta(days=200)), sale)
        known = [
            client
            for client in everyone
            if client.legal_form == "person" and client.since <= sale and client is not seller
        ]
        buyer = rng.choice(known)
        if count >= SOLD_TO_STRANGERS:
            car.owners.append((buyer, sale, None))
            car.branch = buyer.branch


def _lend(rng: Random, fleet: list[Car], everyone: list[Client]) -> None:
    """Wives drive their husbands' cars, and some employers pay for the repair."""
    employers = [c for c in everyone if c.legal_form == "company" and c.kind == "buyer"]
    for car in fleet:
        owner = car.owner
        if owner and owner.spouse and rng.random() < 0.6:
            car.driver = owner.spouse
        elif owner and owner.legal_form == "person" and rng.random() < 0.02:
            car.payer = rng.choice(employers)


class Factory:
    """Makes cars; no VIN, body number or plate leaves it twice."""

    def __init__(self, rng: Random):
        self.rng = rng
        self.taken = {""}
        self.shares = [int(row[4]) for row in makes.MODELS]
        self.right_hand_shares = [int(row[4]) for row in makes.RIGHT_HAND]

    def car(self, branch: staff.Branch, *, taxi: bool) -> Car:
        rng = self.rng
        if rng.random() < 0.045 and not taxi:
            return self._right_hand(branch)
        make, model, first, last, _, start, trims = rng.choices(makes.MODELS, self.shares)[0]
        car = self._assembled(make, model, int(first), int(last), branch)
        if rng.random() < 0.7:
            car.trim = rng.choice(trims.split(", "))
        if rng.random() < 0.93:
            letter = makes.YEAR_LETTERS[car.made.year]
            car.vin = self._once(
                lambda: f"{start}{letter}{rng.choice(makes.PLANTS)}{rng.randrange(10**6):06}"
            )
        car.plate = self.plate(branch, taxi=taxi) if rng.random() < 0.96 else ""
        if taxi:
            car.colour = rng.choice(("жёлтый", "белый", "белый"))
        return car

    def _right_hand(self, branch: staff.Branch) -> Car:
        """A Japanese domestic car: a body number instead of a VIN."""
        rng = self.rng
        row = rng.choices(makes.RIGHT_HAND, self.right_hand_shares)[0]
        make, model, first, last, _, start = row
        car = self._assembled(make, model, int(first), int(last), branch)
        car.body_number = self._once(lambda: f"{start}-{rng.randint(1_000_000, 3_999_999)}")
        car.plate = self.plate(branch, taxi=False)
        return car

    def _assembled(self, make, model, first, last, branch) -> Car:
        rng = self.rng
        year = rng.randint(first, last)
        return Car(
            make=make,
            model=model,
            made=date(year, rng.randint(1, 12), rng.randint(1, 28)),
            daily_km=rng.uniform(18, 42) + (12 if year > 2015 else 0),
            branch=branch,
            colour=rng.choices(makes.COLOURS, range(len(makes.COLOURS), 0, -1))[0],
        )

    def plate(self, branch: staff.Branch, *, taxi: bool) -> str:
        """A plate as the advisor typed it: mostly as on the tin, sometimes in Latin or small."""
        proper = self._once(lambda: self._proper_plate(branch, taxi=taxi))
        typed = (
            proper,
            proper.lower(),
            proper.translate(makes.LOOK_ALIKES),
            proper.translate(makes.LOOK_ALIKES).lower(),
            f"{proper[0]} {proper[1:4]} {proper[4:6]} {proper[6:]}",
        )
        return typed[0] if taxi else self.rng.choices(typed, (80, 7, 7, 3, 3))[0]

    def _proper_plate(self, branch: staff.Branch, *, taxi: bool) -> str:
        rng = self.rng
        letters = rng.choices(makes.PLATE_LETTERS, k=3)
        digits = f"{rng.choice(NUMBERS):03}"
        local = rng.random() < 0.93
        region = rng.choice(makes.REGIONS[branch.id] if local else makes.OTHER_REGIONS)
        if taxi and rng.random() < 0.5:
            return f"{letters[0]}{letters[1]}{digits}{region}"
        return f"{letters[0]}{digits}{letters[1]}{letters[2]}{region}"

    def _once(self, make) -> str:
        value = ""
        while value in self.taken:
            value = make()
        self.taken.add(value)
        return value


def write(sheets, fleet: list[Car]) -> None:
    """A car that had another plate before has both in the plates' own file, with their days."""
    for car in fleet:
        sheets.add(
            "vehicles",
            id=car.id,
            make=car.make,
            model=car.model,
            trim=car.trim,
            vin=car.vin,
            body_number=car.body_number,
            year=car.made.year,
            colour=car.colour,
            plate="" if car.former_plate else car.plate,
        )
        for client, since, until in car.owners:
            owner = {"vehicle": car.id, "customer": client.id, "role": "owner"}
            sheets.add("ownerships", **owner, since=since, until=until)
        for role in ("driver", "payer"):
            if client := getattr(car, role):
                since = car.owners[-1][1]
                sheets.add("ownerships", vehicle=car.id, customer=client.id, role=role, since=since)
        if changed := car.replated_on:
            since = min(car.made, changed - timedelta(days=30))
            plates = {"vehicle": car.id}
            sheets.add("plates", **plates, number=car.former_plate, since=since, until=changed)
            sheets.add("plates", **plates, number=car.plate, since=changed)
