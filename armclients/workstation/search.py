"""Finding clients: one page of what is wanted."""

from dataclasses import dataclass, field

from django.db import connection

from armclients.kit import keyset
from armclients.workstation.statement import CAP, Statement
from armclients.workstation.wanted import Wanted

PAGE = 50


@dataclass(frozen=True)
class Found:
    """One page of clients, by key, in order; the total is capped."""

    ids: list[int] = field(default_factory=list)
    total: int = 0
    after: str = ""

    @property
    def total_shown(self) -> str:
        return f"{CAP}+" if self.total > CAP else str(self.total)


def find(wanted: Wanted, *, after: str | None = None, size: int = PAGE) -> Found:
    """A page of the clients wanted: names that start with the input first, then the rest, by name.

    One statement. A cursor of another search simply continues from its name.
    """
    if wanted.impossible:
        return Found()
    statement = Statement(wanted, after=keyset.unpack(after, 3), limit=size + 1)
    with connection.cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        rows = cursor.fetchall()
    if not rows:
        return Found()
    more = len(rows) > size
    group, name_key, customer_id, total = rows[:size][-1]
    return Found(
        ids=[row[2] for row in rows[:size]],
        total=total,
        after=keyset.pack(group, name_key, customer_id) if more else "",
    )
