"""What the demo shop found on cars and put off: recommendations, defects, an estimate that is out."""

import datetime
import random

from django.utils import timezone

from armclients.kit import clock
from orders.actions import defects, deferred, documents, estimates
from orders.models import Document, WorkLine, WorkOrder

from .tables import table

SEED = 780
SHARE = 0.35  # of finished orders advise something
FOUND = table("""
    Замена передних тормозных колодок | 3200 | soon | Колодки изношены, осталось 3 мм
    Замена ремня ГРМ с роликами | 14800 | soon | Трещины на ремне ГРМ
    Замена амортизаторов задней подвески | 11400 | soon | Течёт задний левый амортизатор
    Регулировка углов установки колёс | 2900 | watch | Неравномерный износ шин
    Замена тормозной жидкости | 1800 | watch | Тормозная жидкость тёмная
    Замена рулевой тяги | 4600 | dangerous | Люфт рулевой тяги справа
""")


def fill() -> None:
    """Finished orders advise; orders in the workshop show defects, and one estimate is out."""
    dice = random.Random(SEED)
    advise(dice)
    under_way = WorkOrder.objects.filter(
        state__in=("in_progress", "approval"), vehicle__isnull=False
    )
    orders = under_way.select_related("vehicle", "manager", "author", "branch")
    for order in orders.order_by("pk"):
        for _work, _price, severity, text in dice.sample(FOUND, dice.randint(0, 2)):
            defects.note(
                order,
                text=text,
                severity=severity,
                by=order.manager or order.author,
                at=clock.now(),
            )
    for order in orders.filter(state="approval").order_by("pk"):
        offer(order, dice)


def advise(dice: random.Random) -> None:
    closed = Document.objects.filter(kind="work_order", state="closed", vehicle__isnull=False)
    for order in closed.select_related("vehicle", "branch", "author").order_by("-date", "-pk")[
        :600
    ]:
        if dice.random() > SHARE:
            continue
        name, price, _severity, _text = dice.choice(FOUND)
        months = dice.choice((None, 2, 4, 6))
        noon = datetime.datetime.combine(order.date, datetime.time(17), order.branch.zone)
        deferred.note(
            order.vehicle,
            name=name,
            price=price,
            document=order,
            due_on=order.date + datetime.timedelta(days=30 * months) if months else None,
            by=order.author,
            at=noon,
        )


def offer(order: WorkOrder, dice: random.Random) -> None:
    """What was found is offered to the client, who has the link."""
    today = clock.today(timezone.get_default_timezone())
    estimate = documents.create(
        "estimate",
        branch=order.branch,
        customer=order.counterparty,
        vehicle=order.vehicle,
        base=order,
        by=order.manager or order.author,
        on=today,
    )
    for position, (name, price, *_found) in enumerate(dice.sample(FOUND, 2), 1):
        WorkLine.objects.create(
            document=estimate, position=position, name=name, price=price, vat_percent=22
        )
    order.defects.update(estimate=estimate)
    estimates.sent(estimate.pk, by=estimate.author, today=today)
