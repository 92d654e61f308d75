"""A filled tire hotel: racks, sets of many seasons, and some that nobody came for."""

import datetime
import random
from decimal import Decimal

from django.utils import timezone

from armclients.kit import clock
from armclients.models import User
from orders.actions import tire_charges
from orders.models import Branch
from vehicles.actions import storage, tires
from vehicles.models import TireSet, VehicleOwnership

SEED = 20201104
SETS = 150
STORE = "Шинный отель"
# zone, racks, shelves, positions, up to R, season
RACKS = (
    ("A", 3, 4, 6, 16, "winter"),
    ("B", 3, 4, 6, 16, "summer"),
    ("C", 2, 4, 6, None, ""),
)
BRANDS = {
    "winter": (
        ("Nokian", "Hakkapeliitta 9"),
        ("Michelin", "X-Ice North 4"),
        ("Cordiant", "Snow Cross 2"),
        ("Pirelli", "Ice Zero"),
        ("Yokohama", "iceGuard iG65"),
    ),
    "summer": (
        ("Michelin", "Primacy 4"),
        ("Continental", "PremiumContact 6"),
        ("Nokian", "Hakka Green 3"),
        ("Hankook", "Ventus Prime 4"),
        ("Cordiant", "Comfort 2"),
    ),
}
SIZES = ("185/65 R15", "195/65 R15", "205/55 R16", "215/60 R16", "225/45 R17", "235/55 R18")
PRICES = (3000, 3500, 4000, 5000)
REMARKS = ("", "", "", "Порез боковины, заднее левое", "Латка", "Грыжа, переднее правое")
SAID = ("Письмо с уведомлением", "СМС и звонок")


def fill() -> None:
    """Sets of clients who are not of the seed's page lie in the racks."""
    dice = random.Random(SEED)
    today = clock.today(timezone.get_default_timezone())
    by = User.objects.filter(groups__name="master").order_by("pk").first()
    for zone, racks, shelves, positions, largest_rim, season in RACKS:
        storage.lay_out(
            store=STORE,
            zone=zone,
            first_rack=1,
            racks=racks,
            shelves=shelves,
            positions=positions,
            capacity=4,
            largest_rim=largest_rim,
            season=season,
        )
    owners = VehicleOwnership.objects.filter(role="owner", until=None)
    owners = owners.exclude(counterparty__source_id__startswith="seed").order_by("pk")
    for owner in dice.sample(list(owners), SETS):
        _keep(dice, owner, by, today)


def _keep(
    dice: random.Random, owner: VehicleOwnership, by: User | None, today: datetime.date
) -> None:
    """One set, taken in half a year ago or so; some are asked for, some lie too long."""
    season = dice.choice(("winter", "summer", "summer"))
    brand, model = dice.choice(BRANDS[season])
    day = today - datetime.timedelta(days=dice.randint(5, 240))
    late = dice.random() < 0.06
    wanted = not late and dice.random() < 0.08
    kept = tires.take_in(
        depositor=owner.counterparty,
        vehicle=owner.vehicle,
        season=season,
        is_studded=season == "winter" and dice.random() < 0.6,
        brand=brand,
        model=model,
        size=dice.choice(SIZES),
        dot=f"{dice.randint(1, 52):02}{dice.randint(18, 24)}",
        rims=dice.choice(("", "", "steel", "alloy")),
        has_tpms=dice.random() < 0.15,
        quantity=4,
        comment=dice.choice(REMARKS),
        until=today + datetime.timedelta(days=-dice.randint(5, 90) if late else 150),
        price=dice.choice(PRICES),
        by=by,
        at=_noon(day),
        today=day,
    )
    _measure(dice, kept, by, day)
    if late and dice.random() < 0.5:
        tires.give_notice(kept.pk, on=today, notice=dice.choice(SAID), today=today)
    elif wanted:
        soon = today + datetime.timedelta(days=dice.randint(0, 4))
        tires.request(kept.pk, needed_on=soon, today=today)
        facts = {
            "order": None,
            "price": kept.price,
            "branch": Branch.objects.order_by("pk").first(),
        }
        tire_charges.charge(kept.pk, by=by, on=today, **facts)
    elif dice.random() < 0.1:
        tires.release(kept.pk, words="владельцу", by=by, at=_noon(today), today=today)


def _measure(dice: random.Random, kept: TireSet, by: User | None, day: datetime.date) -> None:
    """The treads of three seasons: each a millimetre less, the driven wheels a little more."""
    new = Decimal(dice.randint(75, 90)) / 10
    for ago in (2, 1, 0):
        worn = new - Decimal("1.2") * (2 - ago)
        wheels = {
            wheel: (
                max(worn - Decimal(dice.randint(0, 8)) / 10 * (3 - ago) / 2, Decimal(1)).quantize(
                    Decimal("0.1")
                ),
                Decimal(dice.randint(20, 24)) / 10,
                "",
            )
            for wheel in ("fl", "fr", "rl", "rr")
        }
        on = day - datetime.timedelta(days=365 * ago)
        tires.measure(kept.pk, on=on, wheels=wheels, by=by, today=day)


def _noon(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(12), timezone.get_default_timezone())
