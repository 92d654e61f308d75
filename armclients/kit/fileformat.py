"""How a floor describes a file it can take in: columns, what they refer to, where they go.

The descriptions are data; `armclients.importing` makes SQL of them. In their expressions `s` is a
row as read, `m` the same row once its references are found (with `pk`, the key it has or will have,
and `is_new`), `t` the row in the database. `%(source)s` is the name of the source.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from armclients.kit.columns import Identifier, Type

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ID = Identifier()


@dataclass(frozen=True)
class Reference:
    """What a column names: a row of another file, or one that the database already holds."""

    table: str
    found_by: str  # condition between `{t}` and the cell `{cell}`
    file: str = ""
    file_column: str = "id"
    make: str = ""  # INSERT of the names in `{stage}`.`{column}` that are not there yet


@dataclass(frozen=True)
class Column:
    name: str
    type: Type
    required: bool = False
    refers: Reference | None = None


@dataclass(frozen=True)
class Check:
    """Rows that cannot land, or, with `warns`, that are worth a second look.

    They are named by a condition on `m`, or by a SELECT of row, value and detail; the detail fills
    the message's `%(detail)s`.
    """

    column: str
    message: "StrOrPromise"
    when: str = ""
    rows: str = ""
    detail: str = "NULL"
    warns: bool = False


@dataclass(frozen=True)
class Kept:
    """A value for which an empty cell means `new` at first, and later «as it is»."""

    given: str
    new: str


@dataclass(frozen=True)
class Target:
    """A table that a row lands in. `at_first` are columns the file says nothing about."""

    table: str
    values: Mapping[str, str | Kept]
    key: str = "id"
    at_first: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Lines:
    """A table whose rows belong to a record: the record's rows in the file replace them whole.

    `alike` pairs further expressions, on `m` and on `t`, that tell whether the lines differ;
    `before_delete` frees the lines of the records in `{replaced}` from what holds them. Lines that
    are not `numbered` stand in the order of their keys.
    """

    table: str
    owner: str
    values: Mapping[str, str]
    alike: tuple[tuple[str, str], ...] = ()
    joins: str = ""
    before_delete: tuple[str, ...] = ()
    numbered: bool = True


@dataclass(frozen=True)
class Touch:
    """The key, on `m` now and on `t` before, of what a changed row concerns."""

    now: str
    was: str


@dataclass(frozen=True)
class FileFormat:
    """One file of the catalogue.

    `key` tells the rows of one file apart and `found_by` finds what they made before. `prepare`
    runs on the staged rows, `settle` on the found ones before the conflicts are looked for,
    `before` and `after` around the writing, `finish` when every file is written.
    """

    name: str
    columns: tuple[Column, ...]
    key: str = ""
    found_by: str = ""
    targets: tuple[Target, ...] = ()
    lines: Lines | None = None
    joins: str = ""
    derived: Mapping[str, str] = field(default_factory=dict)
    completed: Mapping[str, str] = field(default_factory=dict)
    completed_joins: str = ""
    checks: tuple[Check, ...] = ()
    conflicts: tuple[Check, ...] = ()
    prepare: tuple[str, ...] = ()
    settle: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    finish: tuple[str, ...] = ()
    late_checks: tuple[Check, ...] = ()
    clients: Touch | None = None
    vehicles: Touch | None = None

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.required)

    @property
    def key_column(self) -> str:
        """The column to blame for a row that is there twice."""
        first = self.key.split(",")[0]
        return next(c.name for c in self.columns if first in {c.name, f"{c.name}_id"})


def same(*names: str) -> dict[str, str]:
    """Columns that hold the cell as it is, or nothing."""
    return {name: f"m.{name}" for name in names}


def kept(*names: str, new: str = "''") -> dict[str, Kept]:
    """Columns whose empty cell leaves what is there: a file may know nothing of them."""
    return {name: Kept(f"m.{name}", new) for name in names}


def text(*names: str) -> dict[str, str]:
    """Columns of text that hold no NULL."""
    return {name: f"coalesce(m.{name}, '')" for name in names}


def source_of(cell: str) -> str:
    """The source whose identifier a cell holds: another one stands in brackets before it."""
    return (
        f"CASE WHEN starts_with({cell}, '[') AND strpos({cell}, ']') > 0"
        f" THEN substr({cell}, 2, strpos({cell}, ']') - 2) ELSE %(source)s END"
    )


def name_of(cell: str) -> str:
    """The identifier itself."""
    return (
        f"CASE WHEN starts_with({cell}, '[') THEN substr({cell}, strpos({cell}, ']') + 1)"
        f" ELSE {cell} END"
    )


def known_as(row: str, cell: str) -> str:
    """The row is the one that the cell names."""
    return f"{row}.source = {source_of(cell)} AND {row}.source_id = {name_of(cell)}"


SOURCED = {"source": source_of("m.id"), "source_id": name_of("m.id")}
BY_SOURCE = known_as("t", "s.id")
IN_SOURCE = known_as("{t}", "{cell}")


def by_name(
    table: str,
    *,
    within: Mapping[str, str] | None = None,
    at_first: Mapping[str, str] | None = None,
) -> Reference:
    """An entry of a dictionary, found without regard to case and made when it is new."""
    within = within or {}
    scope = "".join(f" AND {{t}}.{column} = {value}" for column, value in within.items())
    others = {**within, **(at_first or {})}
    columns, values = "".join(f", {c}" for c in others), "".join(f", {v}" for v in others.values())
    return Reference(
        table,
        found_by=f"upper({{t}}.name) = upper({{cell}}){scope}",
        make=f"""
            INSERT INTO {table} (name{columns})
            SELECT DISTINCT ON (upper(s.{{column}})) s.{{column}}{values} FROM {{stage}} s
             WHERE s.{{column}} IS NOT NULL AND s.fault IS NULL
             ORDER BY upper(s.{{column}}), s.row
            ON CONFLICT DO NOTHING
        """,
    )


def at_zone(moment: str, zone: str) -> str:
    """The point in time of a staged moment: by its own offset, or on the wall of `zone`."""
    return (
        f"CASE WHEN substr({moment}, 20) ~ '[+-]' THEN {moment}::timestamptz"
        f" ELSE {moment}::timestamp AT TIME ZONE {zone} END"
    )


def overlapping(periods: str) -> str:
    """Rows of a file whose period overlaps another of its scope, one look at each.

    `periods` is a SELECT of scope, starts, ends, row and value; row is NULL where the database has
    the period. Of two rows the later start is named; against the database always the row.
    """
    return f"""
        WITH periods AS (
            SELECT *, max(ends) OVER (
                          PARTITION BY scope ORDER BY starts, row NULLS FIRST
                          ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS ended,
                      min(starts) FILTER (WHERE row IS NULL) OVER (
                          PARTITION BY scope ORDER BY starts, row NULLS FIRST
                          ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS next_of_ours
              FROM ({periods}) AS found WHERE starts < ends
        )
        SELECT row, value, NULL::text AS detail FROM periods
         WHERE row IS NOT NULL AND (ended > starts OR next_of_ours < ends)
    """
