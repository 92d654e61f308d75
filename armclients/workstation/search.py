"""Finding clients: one page of what is wanted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from armclients.kit import keyset
from armclients.kit.limits import TooLongError, rows_in_time
from armclients.workstation.statement import CAP, ORDER, Statement
from armclients.workstation.wanted import Wanted

PAGE = 50
PLAIN_KEY = 3


@dataclass(frozen=True)
class Found:
    """One page of clients, by key, in order; the total is capped.

    `reading` says which understanding found them; the cursor `after` remembers it. A search that
    takes too long `was_cut`, and nothing is known of whom it would find.
    """

    ids: list[int] = field(default_factory=list)
    total: int = 0
    after: str = ""
    reading: int = 0
    was_cut: bool = False

    @property
    def total_shown(self) -> str:
        if self.was_cut:
            return "?"
        return f"{CAP}+" if self.total > CAP else str(self.total)


def find(wanted: Wanted, *, after: str | None = None, size: int = PAGE, reading: int = 0) -> Found:
    """A page of the clients wanted: names that start with the input first, then the rest, by name.

    One statement. A cursor of another search simply continues from its name.
    """
    if wanted.impossible:
        return Found(reading=reading)
    key = _cursor(after)
    statement = Statement(wanted, after=key and key[:3], limit=size + 1)
    try:
        rows = rows_in_time(statement.sql, statement.params)
    except TooLongError:
        return Found(reading=reading, was_cut=True)
    return _page(rows, size, reading)


def reading_of(after: str | None) -> int:
    """The understanding whose pages a cursor goes through."""
    key = _cursor(after)
    return int(key[3]) if key and len(key) > PLAIN_KEY else 0


def find_first(guesses: Sequence[Wanted], *, size: int = PAGE) -> Found:
    """The first page of the first guess that finds anyone. One statement, or none.

    Later guesses are not evaluated: PostgreSQL looks at an empty condition before what it guards.
    """
    if not guesses:
        return Found()
    params: dict[str, Any] = {}
    stages, pages = [], []
    for n, wanted in enumerate(guesses, 1):
        statement = Statement(wanted, after=None, limit=size + 1)
        statement.params = params
        earlier = " UNION ALL ".join(f"SELECT FROM r{k}" for k in range(1, n))
        guard = f"WHERE NOT EXISTS ({earlier})" if earlier else ""
        stages.append(f"r{n} AS MATERIALIZED (SELECT * FROM ({statement.sql}) AS guess {guard})")
        pages.append(f"SELECT {n} AS reading, * FROM r{n}")
    sql = f"WITH {', '.join(stages)} {' UNION ALL '.join(pages)} ORDER BY grp, {ORDER}"
    try:
        rows = rows_in_time(sql, params)
    except TooLongError:
        return Found()
    return _page([row[1:] for row in rows], size, rows[0][0]) if rows else Found()


def _cursor(after: str | None) -> list[str] | None:
    """Group, name and key of the last row; and the reading, when it is a guess."""
    return keyset.unpack(after, PLAIN_KEY) or keyset.unpack(after, PLAIN_KEY + 1)


def _page(rows: list[tuple[Any, ...]], size: int, reading: int) -> Found:
    if not rows:
        return Found(reading=reading)
    more = len(rows) > size
    group, name_key, customer_id, total = rows[:size][-1]
    guess = [reading] if reading else []
    return Found(
        ids=[row[2] for row in rows[:size]],
        total=total,
        after=keyset.pack(group, name_key, customer_id, *guess) if more else "",
        reading=reading,
    )
