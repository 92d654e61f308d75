"""Pictures of the tire hotel, as numbers for SVG: racks with their load, and how treads wear."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from vehicles.models import StorageCell, TireMeasurement, TireSet

CELL = (40, 24)  # width and height of a cell on the map
GAP = 3
CHART = (560, 170)  # of the treads
LEFT, RIGHT, TOP, BOTTOM = 28, 106, 10, 22  # margins: for figures, for names, for dates
# The least tread a tire may have on the road [law: ТР ТС 018/2011].
LEAST_MM = {"winter": Decimal("4.0"), "summer": Decimal("1.6"), "all": Decimal("1.6")}
NAME_HEIGHT = 12
Across = Callable[[datetime.date], float]
Down = Callable[[Decimal | int], float]
# Where each wheel stands, seen from above.
STANDS = {"fl": (8, 8), "fr": (86, 8), "rl": (8, 92), "rr": (86, 92), "sp": (47, 128)}


@dataclass(frozen=True)
class Place:
    """A cell on the map, with what lies in it."""

    cell: StorageCell
    x: int
    y: int
    sets: list[TireSet]

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + CELL[0] // 2, self.y + CELL[1] // 2 + 4


@dataclass(frozen=True)
class Rack:
    """A rack from its front: shelves from the floor upwards, positions from the left."""

    title: str
    places: list[Place]
    width: int
    height: int

    @property
    def held(self) -> int:
        return sum(place.cell.held for place in self.places)

    @property
    def capacity(self) -> int:
        return sum(place.cell.capacity for place in self.places if place.cell.is_active)


def racks(cells: Iterable[StorageCell], sets: Iterable[TireSet]) -> list[Rack]:
    """The racks of a store, drawn; the cells come in walking order."""
    lying: dict[int, list[TireSet]] = {}
    for each in sets:
        lying.setdefault(each.cell_id or 0, []).append(each)
    by_rack = groupby(cells, key=lambda cell: (cell.zone, cell.rack))
    return [_rack(*address, list(inside), lying) for address, inside in by_rack]


def _rack(zone: str, rack: int, cells: list[StorageCell], lying: dict[int, list[TireSet]]) -> Rack:
    top = max(cell.shelf for cell in cells)
    wide = max(cell.position for cell in cells)
    step_x, step_y = CELL[0] + GAP, CELL[1] + GAP
    places = [
        Place(
            cell,
            x=(cell.position - 1) * step_x + GAP,
            y=(top - cell.shelf) * step_y + GAP,
            sets=lying.get(cell.pk, []),
        )
        for cell in cells
    ]
    title = f"{zone}-{rack}" if zone else str(rack)
    return Rack(title, places, width=wide * step_x + GAP, height=top * step_y + GAP)


@dataclass(frozen=True)
class Wheel:
    """A wheel as it was measured last, seen from above."""

    measured: TireMeasurement
    x: int
    y: int
    is_worn: bool


@dataclass(frozen=True)
class Line:
    """How one wheel wore: points for a polyline, and where its name stands."""

    wheel: str
    label: str
    points: str
    dots: list[tuple[float, float]]
    name_at: float


@dataclass(frozen=True)
class Chart:
    """Treads over the seasons."""

    lines: list[Line]
    days: list[tuple[float, datetime.date]]
    scale: list[tuple[float, int]]
    least_at: float
    least_mm: Decimal


@dataclass(frozen=True)
class Season:
    """What was measured on one day, wheel by wheel; nothing where a wheel was not looked at."""

    day: datetime.date
    wheels: list[TireMeasurement | None]

    @property
    def remarks(self) -> str:
        said = (each for each in self.wheels if each and each.condition)
        return "; ".join(f"{each.get_wheel_display()}: {each.condition}" for each in said)


@dataclass(frozen=True)
class Wear:
    """All that was ever measured of a set; the last season comes first."""

    columns: list[TireMeasurement.Wheel]
    seasons: list[Season]
    wheels: list[Wheel]
    chart: Chart | None


def wear(kept: TireSet, measured: list[TireMeasurement]) -> Wear:
    """The measurements of a set, which come by day and wheel, as a table and two pictures."""
    columns = [w for w in TireMeasurement.Wheel if any(each.wheel == w for each in measured)]
    days = {day: list(rows) for day, rows in groupby(measured, lambda each: each.taken_on)}
    least = LEAST_MM[kept.season]
    last = days[max(days)] if days else []
    seasons = []
    for day in sorted(days, reverse=True):
        of_wheel = {each.wheel: each for each in days[day]}
        seasons.append(Season(day, [of_wheel.get(wheel.value) for wheel in columns]))
    wheels = [Wheel(each, *STANDS[each.wheel], is_worn=_is_below(each, least)) for each in last]
    return Wear(columns, seasons, wheels, _chart(measured, list(days), least))


def _is_below(measured: TireMeasurement, least: Decimal) -> bool:
    return measured.tread_mm is not None and measured.tread_mm < least


def _chart(
    measured: list[TireMeasurement], days: list[datetime.date], least: Decimal
) -> Chart | None:
    """Nothing where there is only one day: one point is no line."""
    treads = [each.tread_mm for each in measured if each.tread_mm is not None]
    if len(days) == 1 or not treads:
        return None
    first, last = days[0], days[-1]
    most = int(max(*treads, least)) + 1
    width, height = CHART[0] - LEFT - RIGHT, CHART[1] - TOP - BOTTOM

    def x(day: datetime.date) -> float:
        return round(LEFT + width * ((day - first) / (last - first)), 1)

    def y(tread: Decimal | int) -> float:
        return round(TOP + height * (1 - float(tread) / most), 1)

    return Chart(
        lines=list(_lines(measured, x, y)),
        days=[(x(day), day) for day in days],
        scale=[(y(mm), mm) for mm in range(0, most + 1, 2)],
        least_at=y(least),
        least_mm=least,
    )


def _lines(measured: list[TireMeasurement], x: Across, y: Down) -> Iterator[Line]:
    """A line for each wheel; names of lines that end at one height stand below each other."""
    ends: list[tuple[list[tuple[float, float]], TireMeasurement.Wheel]] = []
    for wheel in TireMeasurement.Wheel:
        of_wheel = (each for each in measured if each.wheel == wheel)
        dots = [(x(m.taken_on), y(m.tread_mm)) for m in of_wheel if m.tread_mm is not None]
        if dots:
            ends.append((dots, wheel))
    lowest = 0.0
    for dots, wheel in sorted(ends, key=lambda end: end[0][-1][1]):
        lowest = max(dots[-1][1] + 3, lowest + NAME_HEIGHT)
        points = " ".join(f"{across},{down}" for across, down in dots)
        yield Line(wheel.value, str(wheel.label), points, dots, round(lowest, 1))
