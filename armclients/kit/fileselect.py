"""How a floor says what goes out into a file: the way back of `fileformat`.

The descriptions are data; `armclients.importing.exporting` makes SQL of them. In their expressions
`%(source)s` is the source whose identifiers the files speak in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class LeftOut:
    """Rows that the file has no words for: what to say of `%(count)s`, and where to find them."""

    message: "StrOrPromise"
    rows: str


@dataclass(frozen=True)
class FileSelect:
    """One file: its cells by column, and the rows they stand in, with their order."""

    name: str
    cells: Mapping[str, str]
    rows: str
    left_out: tuple[LeftOut, ...] = ()


def identifier(row: str) -> str:
    """What a sourced row is called in the files, wherever they mention it; NULL when not there.

    Rows of other sources, and those entered here, say whose name it is: `[1c]0007`, `[]…`.
    """
    return f"""
        CASE WHEN {row}.source = %(source)s AND NOT starts_with({row}.source_id, '[')
             THEN {row}.source_id ELSE '[' || {row}.source || ']' || {row}.source_id END
    """


def plain(row: str, *names: str) -> dict[str, str]:
    """Columns that are written as they are kept."""
    return {name: f"{row}.{name}" for name in names}


def filled(value: str) -> str:
    """A text that the file requires, whatever the row holds."""
    return f"coalesce(nullif(btrim({value}), ''), '—')"


def with_offset(moment: str) -> str:
    """A time that means the same on every clock."""
    return f"to_char({moment}, {to_the_point(moment, 'TZH:TZM')})"


def to_the_point(moment: str, end: str = "") -> str:
    """The pattern of a time, with parts of a second where there are any."""
    whole, parts = f"'YYYY-MM-DD HH24:MI:SS{end}'", f"'YYYY-MM-DD HH24:MI:SS.US{end}'"
    return f"CASE WHEN {moment} = date_trunc('second', {moment}) THEN {whole} ELSE {parts} END"


def on_wall(moment: str, zone: str) -> str:
    """A time as the wall of `zone` shows it; with its offset in an hour that comes twice."""
    wall = f"{moment} AT TIME ZONE {zone}"
    return f"""
        CASE WHEN ({wall}) AT TIME ZONE {zone} = {moment}
             THEN to_char({wall}, {to_the_point(moment)}) ELSE {with_offset(moment)} END
    """
