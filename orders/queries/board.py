"""«Доска цеха»: the open work orders by state, the earliest promise first."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from armclients.kit.addresses import key
from orders import states
from orders.actions.states import possible_for
from orders.models import Bay, Branch, Document, Slot

SHOWN = 30  # of a column; whoever has more narrows it
PROMISED = {"late": _("overdue"), "today": _("today")}


@dataclass(frozen=True)
class Asked:
    """Which work orders one wants to see; `promised` is one of PROMISED, or empty."""

    branch: Branch | None
    master: int | None = None
    bay: int | None = None
    promised: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str], branch: Branch | None) -> "Asked":
        promised = query.get("promised", "")
        return cls(
            branch,
            key(query.get("master")),
            key(query.get("bay")),
            promised if promised in PROMISED else "",
        )

    @property
    def promises(self) -> list[tuple[str, Any]]:
        return [("", _("any time")), *PROMISED.items()]


@dataclass
class Column:
    """A state, how many work orders are in it, and the first of them."""

    state: str
    count: int = 0
    orders: list[Document] = field(default_factory=list)

    @property
    def label(self) -> str:
        return states.label("work_order", self.state)

    @property
    def more(self) -> int:
        return self.count - len(self.orders)


def columns(asked: Asked, *, by: Any, now: datetime.datetime) -> list[Column]:
    """A column for each state in which a work order is open; each order knows the `ways` this user
    may send it. Two statements.
    """
    found = {state: Column(state) for state in states.UNFINISHED["work_order"]}
    first: list[int] = []
    for pk, state, count in _ranked(_open(asked, now=now)):
        found[state].count = count
        first.append(pk)
    for order in _in_promised_order(Document.objects.filter(pk__in=first)):
        order.ways = possible_for(by, order)  # type: ignore[attr-defined]
        found[order.state].orders.append(order)
    return list(found.values())


def masters() -> QuerySet[Any]:
    """Whom work orders may be given to. One statement."""
    people = get_user_model().objects.filter(is_active=True, groups__name="master")
    return people.order_by("full_name", "username")


def bays(branch: Branch | None) -> QuerySet[Bay]:
    return Bay.objects.filter(branch=branch).order_by("name", "pk")


def _open(asked: Asked, *, now: datetime.datetime) -> QuerySet[Document]:
    orders = Document.objects.open().filter(kind=Document.Kind.WORK_ORDER)
    if asked.branch:
        orders = orders.filter(branch=asked.branch)
    if asked.master:
        orders = orders.filter(workorder__master=asked.master)
    if asked.bay:
        booked = Slot.objects.filter(request=OuterRef("base"), bay=asked.bay)
        orders = orders.filter(Exists(booked))
    if asked.promised:
        orders = orders.filter(_promised(asked, now))
    return orders


def _promised(asked: Asked, now: datetime.datetime) -> Q:
    if asked.promised == "late":
        return Q(workorder__planned_handover_at__lt=now) & ~Q(state="completed")
    today = now.astimezone(asked.branch.zone if asked.branch else None).date()
    return Q(workorder__planned_handover_at__date=today)


def _ranked(orders: QuerySet[Document]) -> Iterable[tuple[int, str, int]]:
    """The first of each state, with how many that state has."""
    promise = F("workorder__planned_handover_at").asc(nulls_last=True)
    ranked = orders.annotate(
        place=Window(RowNumber(), partition_by=F("state"), order_by=[promise, F("pk").asc()]),
        of_state=Window(Count("pk"), partition_by=F("state")),
    )
    return ranked.filter(place__lte=SHOWN).values_list("pk", "state", "of_state")


def _in_promised_order(orders: QuerySet[Document]) -> QuerySet[Document]:
    bay = Slot.objects.filter(request=OuterRef("base")).order_by("start_at", "pk")
    shown = orders.for_lists().select_related("counterparty")  # type: ignore[attr-defined]
    shown = shown.annotate(bay_name=Subquery(bay.values("bay__name")[:1]))
    return shown.order_by(F("workorder__planned_handover_at").asc(nulls_last=True), "pk")
