"""What the demo shop has and no import file brings: open carts, and where its people work."""

import datetime
import random

from django.utils import timezone

from armclients.call_list import building
from armclients.demo import findings, paperwork, tires
from armclients.kit import clock
from armclients.models import User, Workplace
from orders.actions import booking
from orders.models import (
    Branch,
    Cart,
    CartLine,
    Labor,
    Part,
    RepairRequest,
    WorkingHours,
    WorkPackage,
)
from vehicles.models import VehicleOwnership

SEED = 20201020
CARTS = 40
LONGEST_CART = 5
# name, codes of works, parts by the beginning of their name
SERVICES = [
    ("ТО-15", ("TO-01", "DG-01"), {"Масло моторное": 4, "Фильтр масляный": 1}),
    (
        "ТО-60",
        ("TO-01", "TO-02", "TO-03", "TO-05", "TO-06"),
        {
            "Масло моторное": 4,
            "Фильтр масляный": 1,
            "Фильтр воздушный": 1,
            "Фильтр салона": 1,
            "Свеча зажигания": 4,
        },
    ),
]


def fill() -> None:
    """Forty clients are choosing something, none of them of the seed's page."""
    dice = random.Random(SEED)
    parts = list(Part.objects.exclude(price=None).order_by("pk"))
    advisors = list(User.objects.filter(groups__name="advisor").order_by("pk"))
    owners = (
        VehicleOwnership.objects.filter(role="owner", until=None)
        .exclude(counterparty__source_id__startswith="seed")
        .order_by("counterparty", "pk")
        .distinct("counterparty")
    )
    for owner in dice.sample(list(owners), CARTS):
        cart = Cart.objects.create(
            counterparty_id=owner.counterparty_id,
            vehicle_id=owner.vehicle_id,
            author=dice.choice(advisors),
        )
        for part in dice.sample(parts, dice.randint(1, LONGEST_CART)):
            CartLine.objects.create(
                cart=cart,
                part=part,
                name=part.name,
                quantity=dice.choice((1, 1, 2)),
                price=part.price or 0,
            )
    pack_services()
    give_workplaces()
    tires.fill()
    give_hours()
    findings.fill()
    today = clock.today(timezone.get_default_timezone())
    paperwork.fill(today)
    building.build(today=today)


def give_workplaces() -> None:
    """Зоя works in the second branch, everybody else in the first."""
    first, *others = Branch.objects.order_by("pk")
    for user in User.objects.order_by("pk"):
        away = others and user.username == "zoya"
        Workplace.objects.get_or_create(
            user=user, defaults={"branch": others[0] if away else first}
        )


def give_hours() -> None:
    """From eight to eight, on Sundays to six; one client waits for a time."""
    closes = dict.fromkeys(range(1, 7), datetime.time(20)) | {7: datetime.time(18)}
    WorkingHours.objects.bulk_create(
        WorkingHours(branch=branch, weekday=weekday, opens=datetime.time(8), closes=until)
        for branch in Branch.objects.order_by("pk")
        for weekday, until in closes.items()
    )
    booking.book(
        branch=Branch.objects.order_by("pk")[0],
        by=User.objects.get(username="vera"),
        at=clock.now(),
        customer_text="Валентина",
        contact_phone="+7 (912) 555-14-02",
        vehicle_text="Киа Рио, белая",
        stay=RepairRequest.Stay.WAITS,
        reason="Шумит ремень, приедет в любой день после обеда",
    )


def pack_services() -> None:
    """What every shop does by the interval: works, and the first part of each sort they take."""
    for name, codes, sorts in SERVICES:
        package = WorkPackage.objects.create(name=name)
        for position, code in enumerate(codes, 1):
            labor = Labor.objects.get(code=code)
            package.works.create(
                position=position,
                labor=labor,
                code=code,
                name=labor.name,
                norm_hours=labor.norm_hours,
            )
        for position, (sort, quantity) in enumerate(sorts.items(), 1):
            part = Part.objects.filter(name__istartswith=sort).order_by("pk").first()
            if part:
                package.goods.create(position=position, part=part, quantity=quantity)
