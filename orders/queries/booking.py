"""Who is booked, and when."""

import datetime
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    DateField,
    DateTimeField,
    F,
    Func,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
)
from django.db.models.functions import JSONObject

from armclients.kit.compiled import Compiled, Given
from armclients.kit.folding import FoldName, token
from armclients.kit.lookups import holding
from orders.models import RepairRequest, Slot

BOOKINGS_SHOWN = 20


class LocalDay(Func):
    """The calendar day of a moment on the wall clock of a branch."""

    template = "(%(expressions)s)::date"
    arg_joiner = " AT TIME ZONE "
    output_field = DateField()


DAY, SINCE, BEFORE = (
    Given("day", DateField()),
    Given("since", DateTimeField()),
    Given("before", DateTimeField()),
)


def on_given_day(slots: QuerySet[Slot]) -> QuerySet[Slot]:
    """Slots that start on the day of `hours_of()` where their branch is."""
    day = LocalDay(F("start_at"), F("request__branch__timezone"))
    return slots.annotate(day=day).filter(day=DAY, start_at__gte=SINCE, start_at__lt=BEFORE)


def hours_of(day: datetime.date | None) -> dict[str, Any]:
    """What a compiled `on_given_day()` is given.

    The range lets the index on start_at work; no clock is more than 14 hours from UTC.
    """
    if day is None:
        return {}
    midnight = datetime.datetime.combine(day, datetime.time(), tzinfo=datetime.UTC)
    hour = datetime.timedelta(hours=1)
    return {"day": day, "since": midnight - 14 * hour, "before": midnight + 38 * hour}


def next_of_client(now: datetime.datetime | Given) -> Subquery:
    """The next slot of a client's live request, as JSON, for an annotation of clients."""
    slots = Slot.objects.filter(
        request__counterparty=OuterRef("pk"), is_held=True, start_at__gt=now
    ).exclude(request__state="arrived")
    return Subquery(
        slots.order_by("start_at").values(
            slot=JSONObject(at="start_at", bay="bay__name", number="request__number")
        )[:1]
    )


def without_card(
    *, names: Sequence[str], phones: Sequence[str], on: datetime.date | None
) -> list[RepairRequest]:
    """Live requests of people without a client's card, by what they told. One statement."""
    told = _told(by_phone=bool(phones), on_day=on is not None)
    return list(
        told(
            names=[holding(needle) for needle in names],
            phones=[holding(needle) for needle in phones],
            **hours_of(on),
        )
    )


@cache
def _told(*, by_phone: bool, on_day: bool) -> Compiled[RepairRequest]:
    return Compiled(lambda: _requests_without_card(by_phone=by_phone, on_day=on_day))


def _requests_without_card(*, by_phone: bool, on_day: bool) -> QuerySet[Any]:
    slots = Slot.objects.filter(request=OuterRef("pk"))
    requests = (
        RepairRequest.objects.filter(counterparty=None)
        .exclude(state="cancelled")
        .annotate(
            told_name=token(FoldName("customer_text")),
            told_phone=token("contact_phone_folded"),
            slot_at=Subquery(slots.order_by("start_at").values("start_at")[:1]),
        )
        .filter(told_name__like_all=Given("names", ArrayField(TextField())))
        .select_related("vehicle__model__make", "branch")
    )
    if by_phone:
        requests = requests.filter(told_phone__like_any=Given("phones", ArrayField(TextField())))
    if on_day:
        requests = requests.filter(pk__in=on_given_day(Slot.objects.all()).values("request"))
    return requests.order_by(F("slot_at").desc(nulls_last=True), "-pk")[:BOOKINGS_SHOWN]
