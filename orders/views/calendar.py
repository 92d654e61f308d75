"""The calendar as it is drawn: a day by the clock, a week by days."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date

from armclients.kit import clock
from armclients.kit.addresses import key
from armclients.kit.typing import HtmxRequest
from orders.models import Branch, Slot
from orders.queries import calendar
from orders.queries.calendar import BAYS, MASTERS, Day, Scarce

QUARTER = 15
QUARTERS_OF_A_DAY = 96
YEARS = range(2000, 2101)
DAYS_OF_A_WEEK = 7


@dataclass(frozen=True)
class Asked:
    """What of the calendar is wanted, as the address says."""

    branch: Branch
    day: datetime.date
    by: str
    is_week: bool
    customer: int | None
    car: int | None

    @classmethod
    def of(cls, request: HtmxRequest) -> "Asked | None":
        """Nonsense asks for nothing in particular; nothing where there is no branch at all."""
        branch = calendar.branch_of(request.user, key(request.GET.get("branch")))
        if branch is None:
            return None
        return cls(
            branch=branch,
            day=day_of(request.GET.get("day")) or clock.today(branch.zone),
            by=MASTERS if request.GET.get("by") == MASTERS else BAYS,
            is_week=request.GET.get("view") == "week",
            customer=key(request.GET.get("customer")),
            car=key(request.GET.get("car")),
        )

    @property
    def first(self) -> datetime.date:
        """The day, or the Monday of its week."""
        return self.day - datetime.timedelta(days=self.day.weekday() if self.is_week else 0)

    @property
    def days(self) -> int:
        return DAYS_OF_A_WEEK if self.is_week else 1

    @property
    def previous(self) -> datetime.date:
        return self.day - datetime.timedelta(days=self.days)

    @property
    def next(self) -> datetime.date:
        return self.day + datetime.timedelta(days=self.days)


def day_of(text: str | None) -> datetime.date | None:
    """A day from an address; nonsense, and days that no calendar has, are none."""
    try:
        day = parse_date(text or "")
    except ValueError:
        return None
    return day if day and day.year in YEARS else None


@dataclass(frozen=True)
class Block:
    """A slot in a column: from which line of quarters, over how many."""

    slot: Slot
    line: int
    span: int


@dataclass(frozen=True)
class Gap:
    """Where there is no work, or where a booking may begin."""

    line: int
    span: int
    at: datetime.datetime


@dataclass(frozen=True)
class Column:
    """A bay or a master on a day, drawn."""

    day: Day
    blocks: Sequence[Block]
    shut: Sequence[Gap]
    free: Sequence[Gap]

    @property
    def on(self) -> Scarce:
        return self.day.on


@dataclass(frozen=True)
class Load:
    """How much of the open hours is booked."""

    booked: datetime.timedelta
    capacity: datetime.timedelta

    @classmethod
    def of(cls, days: Sequence[Day]) -> "Load":
        nothing = datetime.timedelta()
        return cls(
            sum((day.booked for day in days), nothing), sum((day.capacity for day in days), nothing)
        )

    @property
    def percent(self) -> int:
        return round(100 * self.booked / self.capacity) if self.capacity else 0

    @property
    def drawn(self) -> int:
        """The length of the bar, which is never longer than its frame."""
        return min(self.percent, 100)

    @property
    def booked_hours(self) -> float:
        return round(self.booked.total_seconds() / 3600, 1)

    @property
    def capacity_hours(self) -> float:
        return round(self.capacity.total_seconds() / 3600, 1)


class Sheet:
    """A day by the clock: from the first open hour to the last, as quarters of an hour."""

    def __init__(self, branch: Branch, day: datetime.date, days: Sequence[Day]) -> None:
        self.start, self.end = calendar.midnights(branch, day)
        self.days = days
        moments = [at for each in days for hours in each.hours for at in hours]
        moments += [
            at for each in days for slot in each.slots for at in (slot.start_at, slot.end_at)
        ]
        shown = [at for at in moments if self.start <= at <= self.end]
        self.top = (min(shown, default=self._at(9 * 4)) - self.start).seconds // 3600 * 4
        last = max(shown, default=self._at(20 * 4)) - self.start
        self.bottom = min(-(-int(last.total_seconds()) // 3600) * 4, QUARTERS_OF_A_DAY)

    @property
    def hours(self) -> Iterator[tuple[int, str]]:
        """The hours beside the columns, each with its line."""
        for quarter in range(self.top, self.bottom, 4):
            yield quarter - self.top + 1, f"{quarter // 4}:00"

    def columns(self, *, now: datetime.datetime) -> list[Column]:
        return [self._column(day, now) for day in self.days]

    def line_of(self, at: datetime.datetime) -> int:
        """The line of a moment, to the nearest quarter."""
        minutes = (at - self.start).total_seconds() / 60
        quarter = min(max(int(minutes / QUARTER + 0.5), self.top), self.bottom)
        return quarter - self.top + 1

    def _column(self, day: Day, now: datetime.datetime) -> Column:
        blocks = [Block(slot, *self._lines(slot.start_at, slot.end_at)) for slot in day.slots]
        return Column(day, blocks, list(self._shut(day)), list(self._free(day, now)))

    def _lines(self, since: datetime.datetime, until: datetime.datetime) -> tuple[int, int]:
        first = self.line_of(since)
        return first, max(self.line_of(until) - first, 1)

    def _shut(self, day: Day) -> Iterator[Gap]:
        edge = self._at(self.top)
        for since, until in [*day.hours, (self._at(self.bottom),) * 2]:
            if since > edge:
                line, span = self._lines(edge, since)
                yield Gap(line, span, edge)
            edge = max(edge, until)

    def _free(self, day: Day, now: datetime.datetime) -> Iterator[Gap]:
        """The half-hours at which nothing is booked."""
        half = datetime.timedelta(minutes=2 * QUARTER)
        for quarter in range(self.top, self.bottom, 2):
            at = self._at(quarter)
            is_open = any(since <= at and at + half <= until for since, until in day.hours)
            is_held = any(slot.start_at < at + half and slot.end_at > at for slot in day.slots)
            if is_open and not is_held and at + half > now:
                yield Gap(quarter - self.top + 1, 2, at)

    def _at(self, quarter: int) -> datetime.datetime:
        return self.start + datetime.timedelta(minutes=QUARTER * quarter)


def drawn(asked: Asked, *, now: datetime.datetime) -> dict[str, Any]:
    """All that the calendar shows. At most five statements."""
    branch = asked.branch
    since, until = calendar.midnights(branch, asked.first, asked.days)
    on = calendar.masters_of(branch) if asked.by == MASTERS else calendar.bays_of(branch)
    slots = calendar.slots_between(branch, since, until)
    table = calendar.days_of(branch, on, slots, asked.first, asked.days)
    dates = [asked.first + datetime.timedelta(days=n) for n in range(asked.days)]
    apart = [slot for slot in slots if slot.is_held and not getattr(slot, f"{asked.by}_id")]
    facts: dict[str, Any] = {
        "apart": apart,
        "missed": [slot for slot in slots if not slot.is_held],
        "waiting": calendar.waiting_in(branch),
        "dates": [
            (date, Load.of(days))
            for date, days in zip(dates, zip(*table, strict=True), strict=False)
        ]
        if table
        else [(date, Load.of(())) for date in dates],
    }
    if asked.is_week:
        facts["rows"] = [
            (each, [(day, Load.of([day])) for day in row])
            for each, row in zip(on, table, strict=True)
        ]
    else:
        sheet = Sheet(branch, asked.day, [row[0] for row in table])
        facts |= {
            "sheet": sheet,
            "columns": [(column, Load.of([column.day])) for column in sheet.columns(now=now)],
            "now_line": sheet.line_of(now) if since <= now < until else None,
        }
    return facts
