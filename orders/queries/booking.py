"""Who is booked, and when."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    DateField,
    DateTimeField,
    F,
    Func,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    TextField,
)
from django.db.models.functions import JSONObject
from django.shortcuts import get_object_or_404

from armclients.kit import changes
from armclients.kit.compiled import Compiled, Given
from armclients.kit.folding import FoldName, token
from armclients.kit.lookups import holding
from customers import queries as customers
from customers.models import Counterparty
from orders.models import Document, RepairRequest, Slot
from vehicles.models import Vehicle
from vehicles.queries import current_plate

BOOKINGS_SHOWN = 20
NAMED_IN_A_WARNING = 3
# Of somebody who misses more, nobody wants to know how many exactly.
MISSED_COUNTED = 9


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


@dataclass(frozen=True)
class Warned:
    """What whoever books should know first."""

    attention: str = ""
    attention_label: str = ""
    open_orders: Sequence[Document] = ()
    other_bookings: Sequence[Slot] = ()
    missed: Sequence[RepairRequest] = ()

    def __bool__(self) -> bool:
        return bool(self.attention_label or self.open_orders or self.other_bookings or self.missed)


def warnings_of(
    customer: Counterparty | None,
    vehicle: Vehicle | None,
    *,
    now: datetime.datetime,
    but: int = 0,
) -> Warned:
    """The client's flag, unfinished work on the car, its other bookings, and when the client did
    not come. Three statements, or none."""
    if not (customer or vehicle):
        return Warned()
    about: dict[str, Any] = {"vehicle": vehicle} if vehicle else {"counterparty": customer}
    orders = Document.objects.filter(kind=Document.Kind.WORK_ORDER, **about).open()
    slots = Slot.objects.filter(
        is_held=True, end_at__gt=now, **{f"request__{name}": of for name, of in about.items()}
    ).exclude(request=but)
    coming = slots.exclude(request__state="arrived").select_related("request", "bay")
    missed: QuerySet[Any] = RepairRequest.objects.filter(counterparty=customer, state="no_show")
    shown = NAMED_IN_A_WARNING
    return Warned(
        attention=customer.attention_text if customer else "",
        attention_label=customer.get_attention_display() if customer and customer.attention else "",
        open_orders=list(orders.select_related("workorder").order_by("-date", "-pk")[:shown]),
        other_bookings=list(coming.order_by("start_at", "pk")[:shown]),
        missed=list(missed.order_by("-date", "-pk")[:MISSED_COUNTED]) if customer else (),
    )


def open_booking(pk: int, *, by: Any) -> RepairRequest:
    """A request for its own window, whose client's card is thereby opened; with `places`, its
    slots, `moves`, where they stood before, and `planned`, its norm-hours. At most nine statements.

    Raises Http404.
    """
    requests = RepairRequest.objects.select_related(
        *("branch", "counterparty", "vehicle__model__make", "repair_kind", "author", "manager")
    )
    request: Any = get_object_or_404(
        requests.annotate(
            plate=current_plate("vehicle"),
            phone=Subquery(_phone_of_client().values("normalized")[:1]),
        ),
        pk=pk,
    )
    if request.counterparty_id:
        customers.open_card(request.counterparty_id, by=by, why="booking")
    request.places = list(request.slots.select_related("bay", "master").order_by("start_at", "pk"))
    request.moves = changes.changes_of(
        apps.get_model("orders.SlotHistory").objects.filter(request=request)
    )
    request.orders = list(Document.objects.filter(base=request).order_by("pk"))
    request.planned = planned_hours(request)
    return request


def _phone_of_client() -> Any:
    return customers.primary_phone("counterparty")


def planned_hours(document: Document) -> Decimal:
    """Norm-hours of all its works. One statement."""
    worked = document.works.aggregate(hours=Sum(F("norm_hours") * F("quantity")))
    return worked["hours"] or Decimal()
