"""«Что мы храним»: everything the base holds of one client, in words to be read to them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, JSONField, Model, QuerySet, UUIDField, Window
from django.utils.text import Truncator, capfirst
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from tablib import Databook, Dataset

from armclients.kit.wording import in_words
from armclients.privacy.catalogue import CATALOGUE
from customers.held import Held
from customers.models import Counterparty
from customers.personal import SOURCE
from vehicles.models import Vehicle

SHOWN = 30  # rows of a table; the file has them all
LONGEST = 300  # characters of a text


@dataclass(frozen=True)
class Section:
    """What one table holds: as much of it as the page has room for, and how much there is."""

    name: str
    columns: list[str]
    rows: list[list[tuple[str, str]]]  # in each cell the column, too
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def sections(client: Counterparty) -> list[Section]:
    """Table by table, the newest rows first; empty columns are left out. One statement a table."""
    return [_section(held, client) for held in CATALOGUE if held.is_told]


def whole_file(client: Counterparty) -> bytes:
    """All of it as XLSX, a sheet for each table, keys of other bases and long texts included."""
    book = Databook()
    for held in CATALOGUE:
        columns = _columns(held, but=set())
        rows = [
            [ILLEGAL_CHARACTERS_RE.sub("", word) for word in _words(held, columns, row, client)]
            for row in _rows(held, columns, client)
        ]
        if rows:
            title, headings = _name(held), [_heading(column) for column in columns]
            book.add_sheet(Dataset(*rows, headers=headings, title=title))
    # Words that begin with «=» are words, no formulas.
    return book.export("xlsx", escape=True)


def _section(held: Held, client: Counterparty) -> Section:
    columns = _columns(held, but={*SOURCE, *held.hidden})
    found = _rows(held, columns, client).annotate(how_many=Window(Count("*")))[:SHOWN]
    rows = list(found)
    words = [_words(held, columns, row, client) for row in rows]
    headings = [_heading(column) for column in columns]
    said = [n for n in range(len(columns)) if any(row[n] for row in words)]
    return Section(
        _name(held),
        [headings[n] for n in said],
        [[(headings[n], Truncator(row[n]).chars(LONGEST)) for n in said] for row in words],
        rows[0].how_many if rows else 0,
    )


def _name(held: Held) -> str:
    named = held.model._meta
    is_one = held.model is Counterparty
    return capfirst(str(named.verbose_name if is_one else named.verbose_name_plural))


def _columns(held: Held, *, but: set[str]) -> list[Any]:
    """The table's own columns that a person can read."""
    return [
        column
        for column in held.model._meta.local_concrete_fields
        if column.name not in but
        and not column.generated
        and not isinstance(column, UUIDField | JSONField)
        and (_is_of_parent(column) or not column.primary_key)
    ]


def _rows(held: Held, columns: list[Any], client: Counterparty) -> QuerySet[Any]:
    """With the names of what they speak of."""
    named = [
        f"{column.name}__model__make" if column.related_model is Vehicle else column.name
        for column in columns
        if column.is_relation and column.name not in held.hidden
    ]
    return held.rows([client.pk]).select_related(*named).order_by("-pk")


def _words(held: Held, columns: list[Any], row: Model, client: Counterparty) -> list[str]:
    return [_in_words(held, column, row, client) for column in columns]


def _in_words(held: Held, column: Any, row: Model, client: Counterparty) -> str:
    if column.name in held.worded:
        return str(getattr(row, held.worded[column.name]))
    if _is_of_parent(column):
        return str(row)
    value = getattr(row, column.attname)
    if not column.is_relation or column.name in held.hidden:
        return in_words(column, value)
    is_themselves = column.related_model is Counterparty and value == client.pk
    return "" if value is None or is_themselves else str(getattr(row, column.name))


def _is_of_parent(column: Any) -> bool:
    """Of a work order the document's own columns stand in the parent's table."""
    return column.is_relation and column.remote_field.parent_link


def _heading(column: Any) -> str:
    named = column.related_model._meta if _is_of_parent(column) else column
    return capfirst(str(named.verbose_name))
