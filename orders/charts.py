"""Mileage, visits and spending over time, as numbers for SVG."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from math import ceil

CHART = (560, 170)
LEFT, RIGHT, TOP, BOTTOM = 60, 12, 10, 36  # margins: for figures, for the last dot, for years
LOWEST = CHART[1] - BOTTOM
# More dots than these would be a smear, more names of years would run into each other.
DOTS, YEARS = 60, 12
LINES = 4
LEAST_STEP_KM = 1_000
MONTHS = 24
YEAR = 12
NOTHING = (Decimal(), 0)
BAR = (CHART[0] - LEFT - RIGHT) / MONTHS

Reading = tuple[datetime.date, int]


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    day: datetime.date
    km: int


@dataclass(frozen=True)
class Year:
    """A year of a vehicle; `km` is what its odometer showed last in it."""

    year: int
    x: float
    visits: int
    km: int | None
    is_named: bool


@dataclass(frozen=True)
class Mileage:
    """The readings as a line, the visits as marks below it, both over whole years."""

    points: str = ""
    dots: list[Dot] = field(default_factory=list)
    lower: list[Dot] = field(default_factory=list)  # than the reading before
    marks: str = ""
    scale: list[tuple[float, int]] = field(default_factory=list)
    years: list[Year] = field(default_factory=list)
    last: Reading | None = None
    visits: int = 0


@dataclass(frozen=True)
class Month:
    day: datetime.date
    spent: Decimal
    documents: int
    x: float
    y: float
    height: float


@dataclass(frozen=True)
class Spending:
    """What two years cost, a bar for each month; each year with its own sum."""

    months: list[Month]
    scale: list[tuple[float, int]]

    @property
    def latest(self) -> Decimal:
        return _spent(self.months[YEAR:])

    @property
    def before(self) -> Decimal:
        return _spent(self.months[:YEAR])

    @property
    def total(self) -> Decimal:
        return _spent(self.months)

    @property
    def paid_months(self) -> list[Month]:
        return [month for month in self.months if month.documents]


def mileage(
    readings: Sequence[Reading], visits: Iterable[datetime.date], *, today: datetime.date
) -> Mileage:
    """Both come in the order of their days; without either there is nothing to draw."""
    days = sorted({day for day, _km in readings} | (came := set(visits)))
    if not days:
        return Mileage()
    first, last = days[0].year, max(days[-1], today).year
    across = _across(datetime.date(first, 1, 1), datetime.date(last, 12, 31))
    figures = [km for _day, km in readings]
    down, scale = _down(min(figures), max(figures), LEAST_STEP_KM) if figures else (None, [])
    dots = [Dot(across(day), down(km), day, km) for day, km in readings] if down else []
    return Mileage(
        points=" ".join(f"{dot.x},{dot.y}" for dot in dots),
        dots=dots if len(dots) <= DOTS else dots[-1:],
        lower=[dot for before, dot in pairwise(dots) if dot.km < before.km],
        marks="".join(f"M{across(day)} {LOWEST + 2}v8" for day in sorted(came)),
        scale=scale,
        years=_years(first, last, readings, came, across),
        last=readings[-1] if readings else None,
        visits=len(came),
    )


def _years(
    first: int,
    last: int,
    readings: Sequence[Reading],
    came: Iterable[datetime.date],
    across: Callable[[datetime.date], float],
) -> list[Year]:
    shown = {day.year: km for day, km in readings}
    visits = Counter(day.year for day in came)
    every = (last - first) // YEARS + 1
    return [
        Year(
            year,
            across(datetime.date(year, 7, 1)),
            visits[year],
            shown.get(year),
            is_named=(last - year) % every == 0,
        )
        for year in range(first, last + 1)
    ]


def spending(
    spent: Mapping[tuple[int, int], tuple[Decimal, int]], *, today: datetime.date
) -> Spending:
    """`spent` is the sum and the number of documents by year and month."""
    now = today.year * 12 + today.month - 1
    span = range(now - MONTHS + 1, now + 1)
    days = [datetime.date(month // 12, month % 12 + 1, 1) for month in span]
    rows = [(day, *spent.get((day.year, day.month), NOTHING)) for day in days]
    down, scale = _down(0, ceil(max(total for _day, total, _documents in rows)), 1)
    months = [
        Month(
            day,
            total,
            documents,
            x=round(LEFT + place * BAR + 2, 1),
            y=(top := down(total)),
            height=round(LOWEST - top, 1),
        )
        for place, (day, total, documents) in enumerate(rows)
    ]
    return Spending(months, scale)


def _spent(months: list[Month]) -> Decimal:
    return sum((month.spent for month in months), Decimal())


def _across(first: datetime.date, last: datetime.date) -> Callable[[datetime.date], float]:
    """Where a day stands between two others."""
    width, days = CHART[0] - LEFT - RIGHT, (last - first).days
    return lambda day: round(LEFT + width * (day - first).days / days, 1)


def _down(
    least: int, most: int, least_step: int
) -> tuple[Callable[[Decimal | int], float], list[tuple[float, int]]]:
    """Where a figure stands, and the lines behind it: round figures, the lowest one first."""
    step = next(
        step
        for power in range(19)
        for step in (10**power, 2 * 10**power, 5 * 10**power)
        if step >= least_step and (most - least) / step <= LINES
    )
    bottom = least // step * step
    top = max(-(-most // step) * step, bottom + step)
    height = LOWEST - TOP

    def down(figure: Decimal | int) -> float:
        return round(LOWEST - height * float(figure - bottom) / (top - bottom), 1)

    return down, [(down(line), line) for line in range(bottom, top + 1, step)]
