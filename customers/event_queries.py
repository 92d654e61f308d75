"""What the screens read of events: one's tasks, and the words exchanged with a client."""

import datetime
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Count, Q, QuerySet, Subquery
from django.http import Http404

from armclients.kit import keyset
from customers.models import Counterparty, Event
from customers.models.event import EventQuerySet
from customers.queries import primary_phone

FIRST = 10
SECTIONS = ("overdue", "new", "today", "later")


def event(pk: int) -> Event:
    """One event with what its form shows. Raises Http404 when there is none. One statement."""
    found = Event.objects.for_lists().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def contacts_of(customer: Counterparty, *, after: str | None = None) -> keyset.Page[Event]:
    """What was said with a client, newest first, without tasks. One statement."""
    said = Event.objects.for_lists().filter(counterparty=customer, kind__in=Event.CONTACTS)
    return keyset.newest_first(said, "occurred_at", after, parse=keyset.moment)


@dataclass(frozen=True)
class Tasks:
    """What waits for somebody: for `manager`, for nobody yet (`"nobody"`), or for all (None)."""

    manager: Any
    now: datetime.datetime
    midnight: datetime.datetime  # the end of today on the branch's clock

    def counts(self) -> dict[str, int]:
        """How many are in each section. One statement."""
        sections = {name: Count("pk", filter=self._of(name)) for name in SECTIONS}
        return self._all.aggregate(**sections)

    def page(
        self, section: str, *, after: str | None = None, size: int = keyset.SIZE
    ) -> keyset.Page[Event]:
        """A section: new events latest first, what is due the earliest first. One statement."""
        phone = primary_phone("counterparty").values("normalized")[:1]
        found = self._all.for_lists().filter(self._of(section)).annotate(phone=Subquery(phone))
        in_order = keyset.newest_first if section == "new" else keyset.soonest_first
        column = "occurred_at" if section == "new" else "due_at"
        return in_order(found, column, after, size=size, parse=keyset.moment)

    def first_pages(self) -> dict[str, keyset.Page[Event]]:
        """The beginning of every section. One statement each."""
        read = partial(self.page, size=FIRST)
        return {section: read(section) for section in SECTIONS}

    @property
    def _all(self) -> EventQuerySet:
        new = Event.objects.new()
        if self.manager is None:
            return new
        return new.filter(manager=None if self.manager == "nobody" else self.manager)

    def _of(self, section: str) -> Q:
        return {
            "overdue": Q(due_at__lt=self.now),
            "new": Q(due_at=None),
            "today": Q(due_at__gte=self.now, due_at__lt=self.midnight),
            "later": Q(due_at__gte=self.midnight),
        }[section]


def waiting_for(user: Any) -> int:
    """How many new events the header counts. One statement."""
    mine: QuerySet[Event] = Event.objects.new().filter(manager=user)
    return mine.count()
