"""From a file to a temporary table: cells are checked one by one, rows travel by COPY."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from armclients.importing.problems import FileRefused, shown
from armclients.importing.reading import Row, Table, decodable
from armclients.kit.columns import Type
from armclients.kit.fileformat import FileFormat

# The columns of a rejects file that are not the shop's.
REJECTS_COLUMNS = ("row", "error")
# Told the stage (reading, checking, writing, deriving), the file and the rows so far.
Watch = Callable[[str, str, int], None]
WATCH_EVERY = 2000

COMMON_TABLES = (
    """CREATE TEMPORARY TABLE import_error (
        file text, row integer, "column" text, value text, message text, detail text, warns boolean
    ) ON COMMIT DROP""",
    """CREATE TEMPORARY TABLE import_changed (file text, row integer, pk bigint) ON COMMIT DROP""",
    """CREATE TEMPORARY TABLE import_client (id bigint) ON COMMIT DROP""",
    """CREATE TEMPORARY TABLE import_vehicle (id bigint) ON COMMIT DROP""",
    """CREATE TEMPORARY TABLE import_document (id bigint) ON COMMIT DROP""",
)


def create_table(form: FileFormat) -> str:
    columns = "".join(f', "{column.name}" {column.type.sql}' for column in form.columns)
    return (
        f"CREATE TEMPORARY TABLE stage_{form.name} (row integer, fault jsonb{columns})"
        " ON COMMIT DROP"
    )


class Layout:
    """How the cells of one file become the columns of its staging table."""

    def __init__(self, form: FileFormat, table: Table):
        self.table, self.form = table, form
        header = table.header
        self.width = len(header)
        self.names = header
        known = {column.name: column for column in form.columns}
        if unknown := [n for n in header if n not in known and n not in REJECTS_COLUMNS]:
            raise FileRefused(
                table.file,
                _("unknown column «%(name)s»; known are: %(known)s")
                % {"name": shown(unknown[0]), "known": ", ".join(known)},
            )
        if twice := [name for name in header if header.count(name) > 1]:
            raise FileRefused(
                table.file, _("the column «%(name)s» is there twice") % {"name": twice[0]}
            )
        if missing := [name for name in form.required if name not in header]:
            raise FileRefused(
                table.file,
                _("the column «%(name)s» is missing; the first row is: %(header)s")
                % {"name": missing[0], "header": shown(", ".join(header))},
            )
        self.cells: list[tuple[int, str, Type, bool]] = [
            (position, name, known[name].type, known[name].required)
            for position, name in enumerate(header)
            if name in known
        ]

    def staged(self, watch: Watch) -> Iterator[tuple[Any, ...]]:
        """Rows for COPY: number, faults, values; a cell that is wrong stays empty."""
        width, cells, damaged = self.width, self.cells, self.table.is_damaged
        for count, (number, read) in enumerate(self.table.rows(), 1):
            if count % WATCH_EVERY == 0:
                watch("reading", self.form.name, count)
            faults = self.faults_of_row(read) if damaged or len(read) > width else []
            row = read if len(read) >= width else read + [""] * (width - len(read))
            values: list[Any] = [number, None]
            for position, name, kind, required in cells:
                cell = row[position].strip()
                if cell:
                    try:
                        values.append(kind(cell))
                    except ValueError as error:
                        faults.append((name, shown(cell), str(error)))
                        values.append(None)
                else:
                    if required:
                        faults.append((name, "", _("must not be empty")))
                    values.append(None)
            if faults:
                values[1] = json.dumps(faults)
                values[2:] = [v if v is None or encodable(v) else None for v in values[2:]]
            yield tuple(values)

    def faults_of_row(self, row: Row) -> list[tuple[str, str, str]]:
        """What is wrong with a row as a whole."""
        faults = []
        if (cell := decodable(row)) is not None:
            position = row.index(cell)
            name = self.names[position] if position < self.width else ""
            faults.append(
                (
                    name,
                    shown(cell),
                    _("holds bytes that are not %(name)s") % {"name": self.table.charset},
                )
            )
        if any(cell.strip() for cell in row[self.width :]):
            faults.append(("", "", _("has more cells than the first row has columns")))
        return faults


def encodable(value: str) -> bool:
    return not any("\udc80" <= c <= "\udcff" for c in value)


def stage(layout: Layout, watch: Watch) -> int:
    """The file is in its staging table, faulty cells are among the errors; counts the rows."""
    name = layout.form.name
    columns = ", ".join(f'"{column}"' for _position, column, _type, _required in layout.cells)
    read = 0
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY stage_{name} (row, fault, {columns}) FROM STDIN") as copy:
            for values in layout.staged(watch):
                copy.write_row(values)
                read += 1
        watch("reading", name, read)
        cursor.execute(
            f"""
            INSERT INTO import_error
            SELECT %(file)s, s.row, f ->> 0, f ->> 1, f ->> 2, NULL, false
              FROM stage_{name} s, jsonb_array_elements(s.fault) AS f
             WHERE s.fault IS NOT NULL
            """,
            {"file": name},
        )
        cursor.execute(f"ANALYZE stage_{name}")
    return read
