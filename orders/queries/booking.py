"""Who is booked, and when."""

import datetime
from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import DateField, F, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat, JSONObject

from armclients.kit.folding import FoldName
from orders.models import RepairRequest, Slot

BOOKINGS_SHOWN = 20


class LocalDay(Func):
    """The calendar day of a moment on the wall clock of a branch."""

    template = "(%(expressions)s)::date"
    arg_joiner = " AT TIME ZONE "
    output_field = DateField()


def on_day(slots: QuerySet[Slot], day: datetime.date) -> QuerySet[Slot]:
    """Slots that start on `day` where their branch is."""
    # The range lets the index on start_at work; no clock is more than 14 hours from UTC.
    around = datetime.datetime.combine(day, datetime.time(), tzinfo=datetime.UTC)
    return slots.annotate(day=LocalDay(F("start_at"), F("request__branch__timezone"))).filter(
        day=day,
        start_at__gte=around - datetime.timedelta(hours=14),
        start_at__lt=around + datetime.timedelta(hours=38),
    )


def next_of_client(now: datetime.datetime) -> Subquery:
    """The next slot of a client's live request, as JSON, for an annotation of clients."""
    slots = Slot.objects.filter(
        request__counterparty=OuterRef("pk"), is_held=True, start_at__gt=now
    ).exclude(request__state="arrived")
    return Subquery(
        slots.order_by("start_at").values(
            slot=JSONObject(at="start_at", bay="bay__name", number="request__number")
        )[:1]
    )


def _token(folded: Combinable) -> Concat:
    """With a blank at both ends, as the search row has its values."""
    return Concat(Value(" "), folded, Value(" "), output_field=TextField())


def without_card(
    *, names: Sequence[str], phones: Sequence[str], on: datetime.date | None
) -> list[RepairRequest]:
    """Live requests of people without a client's card, by what they told. One statement."""
    slots = Slot.objects.filter(request=OuterRef("pk"))
    requests = (
        RepairRequest.objects.filter(counterparty=None)
        .exclude(state="cancelled")
        .annotate(
            told_name=_token(FoldName("customer_text")),
            told_phone=_token(F("contact_phone_folded")),
            slot_at=Subquery(slots.order_by("start_at").values("start_at")[:1]),
        )
        .select_related("vehicle__model__make", "branch")
    )
    for needle in names:
        requests = requests.filter(told_name__contains=needle)
    if phones:
        requests = requests.filter(
            reduce(or_, (Q(told_phone__contains=needle) for needle in phones))
        )
    if on:
        requests = requests.filter(pk__in=on_day(Slot.objects.all(), on).values("request"))
    newest = requests.order_by(F("slot_at").desc(nulls_last=True), "-pk")
    return list(newest[:BOOKINGS_SHOWN])  # type: ignore[arg-type]
