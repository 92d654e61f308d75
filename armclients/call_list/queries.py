"""The call list as it is read: by an index, whatever the size of the base."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from armclients.kit import keyset
from armclients.kit.addresses import narrowed_by
from armclients.models import CallTarget, User
from customers.models import Consent
from customers.queries import primary_phone
from orders.models import DeferredWork, Document
from vehicles.queries import current_plate

WHY = {
    "service": Q(why__in=(CallTarget.Why.DATE, CallTarget.Why.MILEAGE)),
    # Deferred works are worth a call whatever else the vehicle is due for.
    "put_off": Q(Exists(DeferredWork.objects.waiting().filter(vehicle=OuterRef("vehicle")))),
    "absent": Q(why=CallTarget.Why.ABSENT),
    "storage": Q(why=CallTarget.Why.STORAGE),
}
LABELS = {
    "service": _("service is due"),
    "put_off": _("with deferred works"),
    "absent": _("have not come for long"),
    "storage": _("storage of tires is overdue"),
}


@dataclass(frozen=True)
class Asked:
    """Whom of the list one wants to see."""

    why: str = ""
    mine: bool = False
    without_consent: bool = False

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        why = query.get("why", "")
        return cls(why if why in WHY else "", bool(query.get("mine")), bool(query.get("silent")))

    @property
    def choices(self) -> list[tuple[str, Any]]:
        return [("", _("everybody who is due")), *LABELS.items()]

    @property
    def query(self) -> str:
        """The beginning of the address of the next page."""
        return narrowed_by(why=self.why, mine=self.mine, silent=self.without_consent)


def page(
    asked: Asked, *, by: User, today: datetime.date, after: str | None = None
) -> keyset.Page[CallTarget]:
    """Whoever may be called today, latest due first. One statement.

    Neither those who were called lately, nor those who are booked or in service already. Those
    without a consent to advertising are a list apart, without phones: it says whom to ask for one.
    """
    found = _rested(today).filter(may_advertise=not asked.without_consent)
    if asked.mine:
        found = found.filter(manager=by)
    if asked.why:
        found = found.filter(WHY[asked.why])
    if not asked.without_consent:
        found = found.filter(Exists(_live_consent()) | WHY["storage"])
    return keyset.newest_first(found, "due_on", after)


def target(pk: int) -> CallTarget | None:
    """One of the list, with what its form shows. One statement."""
    return _named().filter(pk=pk).first()


def _named() -> QuerySet[CallTarget]:
    return CallTarget.objects.select_related("customer", "vehicle__model__make")


def _rested(today: datetime.date) -> QuerySet[CallTarget]:
    busy = Document.objects.open().filter(
        counterparty=OuterRef("customer"), kind__in=("repair_request", "work_order")
    )
    rested = Q(rests_until=None) | Q(rests_until__lte=today)
    return (
        _named()
        .filter(rested, ~Exists(busy))
        .annotate(
            phone=Subquery(primary_phone("customer").values("normalized")[:1]),
            plate=current_plate("vehicle"),
        )
    )


def _live_consent() -> QuerySet[Consent]:
    return Consent.objects.live(purpose=Consent.Purpose.ADVERTISING).filter(
        counterparty=OuterRef("customer")
    )
