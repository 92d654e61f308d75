"""The feed of a client: what was said and is to be done, and what became of their documents.

Two floors meet in it, by time. What waits stands on top.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from armclients.kit import keyset
from armclients.kit.addresses import narrowed_by
from armclients.models import User
from customers.call_queries import perhaps_of
from customers.models import Counterparty, Event
from orders.models import StateChange

DOCUMENTS = "documents"
KIND_GROUPS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "calls": (_("Calls"), ("call_in", "call_out", "call_missed")),
    "messages": (_("Messages"), ("sms", "email", "messenger", "web")),
    "visits": (_("Visits"), ("visit",)),
    "tasks": (_("Tasks"), ("task",)),
    "complaints": (_("Complaints"), ("complaint",)),
    "others": (_("Others"), ("other",)),
    DOCUMENTS: (_("States of documents"), ()),
}
# In the order of the feed: first what waits, then the rest; of one moment, events first.
NEW, REST = "0", "1"
EVENT, CHANGE = 1, 0
Key = tuple[datetime.datetime, int, int]


@dataclass(frozen=True)
class Said:
    """A line of the feed: an event."""

    event: Event

    @property
    def key(self) -> Key:
        return self.event.occurred_at, EVENT, self.event.pk

    @property
    def group(self) -> str:
        return NEW if self.event.is_new else REST


@dataclass(frozen=True)
class Changed:
    """A line of the feed: a document that went from one state to another."""

    change: StateChange
    group = REST

    @property
    def key(self) -> Key:
        return self.change.at, CHANGE, self.change.pk

    @property
    def operation(self) -> str:
        return self.change.document.operation


Line = Said | Changed


@dataclass(frozen=True)
class Asked:
    """What of the feed is wanted."""

    kinds: str = ""
    only_new: bool = False
    my: bool = False

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        """As the address says; nonsense asks for nothing in particular."""
        kinds = query.get("kinds", "")
        return cls(
            kinds if kinds in KIND_GROUPS else "",
            bool(query.get("only_new")),
            bool(query.get("my")),
        )

    @property
    def choices(self) -> list[tuple[str, Any]]:
        return [("", _("everything")), *((slug, name) for slug, (name, _k) in KIND_GROUPS.items())]

    @property
    def parameters(self) -> dict[str, str | None]:
        """What stands of it in an address; None is what does not."""
        boxes = {"only_new": self.only_new, "my": self.my}
        return {"kinds": self.kinds or None} | {n: "on" if v else None for n, v in boxes.items()}

    @property
    def is_narrow(self) -> bool:
        return bool(self.query)

    @property
    def query(self) -> str:
        """The beginning of the address of the next page."""
        return narrowed_by(kinds=self.kinds, only_new=self.only_new, my=self.my)


def of_client(
    customer: Counterparty, asked: Asked, *, by: User, after: str | None = None
) -> keyset.Page[Line]:
    """A page of the feed. At most four statements."""
    group, key = _cursor(after)
    events = Event.objects.for_lists().filter(_mine(by, "author", "manager") if asked.my else Q())
    # Calls from a shared phone stand with everybody who has it, until it is said whose they were.
    perhaps = perhaps_of(customer) if asked.kinds in {"", "calls"} else []
    events = events.filter(Q(counterparty=customer) | Q(pk__in=perhaps))
    if asked.kinds:
        events = events.filter(kind__in=KIND_GROUPS[asked.kinds][1])
    lines: list[Line] = []
    if group == NEW and asked.kinds != DOCUMENTS:
        lines = _events(events.new(), key)
        key = None
    if len(lines) <= keyset.SIZE and not asked.only_new:
        rest: list[Line] = []
        if asked.kinds != DOCUMENTS:
            rest += _events(events.exclude(processed_at=None), key)
        if asked.kinds in {"", DOCUMENTS} and by.has_perm("orders.view_document"):
            changes = _changes_of(customer)
            rest += _changes(changes.filter(_mine(by, "by")) if asked.my else changes, key)
        lines += sorted(rest, key=lambda line: line.key, reverse=True)
    shown = lines[: keyset.SIZE]
    return keyset.Page(shown, _packed(shown[-1]) if len(lines) > keyset.SIZE else "")


def _packed(line: Line) -> str:
    at, source, pk = line.key
    return keyset.pack(line.group, at.isoformat(), source, pk)


def _cursor(after: str | None) -> tuple[str, Key | None]:
    parts = keyset.unpack(after, 4)
    if parts:
        group, at, source, pk = parts
        try:
            return group, (keyset.moment(at), int(source), int(pk))
        except ValueError:  # a cursor of another list
            pass
    return NEW, None


def _mine(by: User, *roles: str) -> Q:
    mine = Q()
    for role in roles:
        mine |= Q(**{role: by})
    return mine


def _events(events: QuerySet[Event], key: Key | None) -> list[Line]:
    rows = _older(events, "occurred_at", EVENT, key)
    return [Said(event) for event in rows]


def _changes_of(customer: Counterparty) -> QuerySet[StateChange]:
    return StateChange.objects.filter(document__counterparty=customer).select_related(
        "document__repairrequest", "by"
    )


def _changes(changes: QuerySet[StateChange], key: Key | None) -> list[Line]:
    return [Changed(change) for change in _older(changes, "at", CHANGE, key)]


def _older(rows: QuerySet[Any], column: str, source: int, key: Key | None) -> QuerySet[Any]:
    """A page, and one more, of what stands below the key in the feed."""
    if key:
        at, of_source, pk = key
        below = Q(**{f"{column}__lt": at})
        if source < of_source:
            below |= Q(**{column: at})
        elif source == of_source:
            below |= Q(**{column: at}, pk__lt=pk)
        rows = rows.filter(Q(**{f"{column}__lte": at}), below)
    return rows.order_by(f"-{column}", "-pk")[: keyset.SIZE + 1]
