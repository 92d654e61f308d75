"""`rejected/FILE.csv`: the rows that did not land, with their errors, ready to be mended."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from armclients.importing.complaints import with_detail
from armclients.importing.problems import ImportRefused
from armclients.importing.reading import REJECTS_ENCODING, Table, csv_writer
from armclients.importing.staging import REJECTS_COLUMNS

FOLDER = "rejected"


def write(directory: Path, tables: dict[str, Table]) -> list[Path]:
    """Each file with rejected rows has its rejects; those of an earlier run are gone."""
    folder, written = directory / FOLDER, []
    try:
        for name, table in tables.items():
            path = folder / f"{name}.csv"
            path.unlink(missing_ok=True)
            if errors := dict(errors_of(name)):
                write_file(path, table, errors)
                written.append(path)
    except OSError as error:
        raise ImportRefused(
            _("Rejected rows cannot be written into %(path)s (%(error)s); nothing was imported.")
            % {"path": folder, "error": error.strerror}
        ) from error
    with suppress(OSError):  # not there, or not empty
        folder.rmdir()
    return written


def write_file(path: Path, table: Table, errors: dict[int, str]) -> None:
    path.parent.mkdir(exist_ok=True)
    kept = [i for i, column in enumerate(table.header) if column not in REJECTS_COLUMNS]
    with path.open("w", encoding=REJECTS_ENCODING, errors="replace", newline="") as file:
        out = csv_writer(file)
        out.writerow([*(table.header[i] for i in kept), *REJECTS_COLUMNS])
        for number, cells in table.rows():
            if number in errors:
                values = [cells[i] if i < len(cells) else "" for i in kept]
                out.writerow([*values, number, errors[number]])


def errors_of(name: str) -> Iterator[tuple[int, str]]:
    """Rejected rows and their errors, in the order of the file."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT row, "column", message, detail FROM import_error
             WHERE file = %s AND NOT warns ORDER BY row, "column", message
            """,
            [name],
        )
        for row, faults in groupby(cursor, key=lambda fault: fault[0]):
            yield (
                row,
                "; ".join(
                    f"{column}: {with_detail(message, detail)}"
                    if column
                    else with_detail(message, detail)
                    for _number, column, message, detail in faults
                ),
            )
