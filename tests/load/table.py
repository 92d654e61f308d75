"""The one table, and the lines around it."""

import os
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.load.measure import Timing

MIDDLE, HIGH, HIGHEST = 0.50, 0.95, 0.99


@dataclass
class Line:
    """One case with all that was measured of it; times in milliseconds."""

    name: str
    over_http: Mapping[int, Timing] = field(default_factory=dict)
    statements: int = 0
    within: Timing | None = None
    floor: Timing | None = None
    by_name: Timing | None = None
    by_all: Timing | None = None

    def cells(self) -> Iterator[str]:
        for timing in self.over_http.values():
            yield from (_ms(timing, share) for share in (MIDDLE, HIGH, HIGHEST))
        yield str(self.statements)
        yield f"{max(timing.bytes for timing in self.over_http.values()) / 1000:.1f}"
        yield _ms(self.within, MIDDLE)
        yield _ms(self.floor, MIDDLE)
        yield _ratio(self.within, self.floor, MIDDLE)
        yield _ratio(self.within, self.floor, HIGH)
        for baseline in (self.by_name, self.by_all):
            yield _ms(baseline, MIDDLE)
            yield _ratio(baseline, self.within, MIDDLE)


def table(lines: list[Line]) -> str:
    """Cases down, figures across, with two rows of headings."""
    users = list(lines[0].over_http)
    groups = [(f"HTTP, {count} user{'s' if count > 1 else ''}, ms", 3) for count in users]
    groups += [("", 2), ("in-process, ms", 4), ("by name", 2), ("admin", 2)]
    heads = [*(["p50", "p95", "p99"] * len(users)), "SQL", "kB"]
    heads += ["p50", "floor", "×p50", "×p95", "p50", "×ours", "p50", "×ours"]
    rows = [[line.name, *line.cells()] for line in lines]
    widths = [
        max(len(row[place]) for row in [["", *heads], *rows]) for place in range(len(heads) + 1)
    ]
    above, place = [" " * widths[0]], 1
    for title, span in groups:
        room = sum(widths[place : place + span]) + span - 1
        above.append(title[:room].center(room))
        place += span
    body = [_row(["", *heads], widths), *(_row(row, widths) for row in rows)]
    return "\n".join([" ".join(above), body[0], "-" * len(body[0]), *body[1:]])


def machine() -> str:
    """What the figures were measured on, and what else kept it busy."""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    python = platform.python_version()
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {python}; load {load}"


def in_words(name: str, timing: Timing) -> str:
    shares = ((MIDDLE, "p50"), (HIGH, "p95"), (HIGHEST, "p99"), (1, "most"))
    figures = ", ".join(f"{label} {timing.percentile(share):.1f}" for share, label in shares)
    return f"{name}: {figures} ms ({len(timing.seconds)} times)"


def _row(cells: list[str], widths: list[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return " ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)])


def _ms(timing: Timing | None, share: float) -> str:
    return f"{timing.percentile(share):.1f}" if timing else "·"


def _ratio(over: Timing | None, under: Timing | None, share: float) -> str:
    if not over or not under:
        return "·"
    return f"{over.percentile(share) / under.percentile(share):.1f}"
