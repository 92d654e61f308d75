"""Writing the base into the files it can be imported from.

Each file is one COPY of one SELECT, written as it arrives: memory stays constant whatever the
number of rows. All files show the same moment, whoever works meanwhile.
"""

import getpass
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from armclients.importing.export_files import FILES
from armclients.importing.files import SUFFIXES
from armclients.importing.matching import Params
from armclients.importing.runner import first_line
from armclients.kit.fileselect import FileSelect

log = logging.getLogger(__name__)

UNFINISHED = ".unfinished"
WATCH_EVERY = 2000
# Told the file and the rows so far.
Watch = Callable[[str, int], None]


class ExportRefused(Exception):  # noqa: N818 — it reads as a sentence where it is raised
    """Nothing was exported, and this sentence says why."""


@dataclass
class Written:
    """How many rows each file holds, and what found no place in any."""

    rows: dict[str, int] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def send_out(
    directory: Path,
    *,
    source: str,
    overwrite: bool = False,
    watch: Watch = lambda _name, _rows: None,
) -> Written:
    """The directory holds the whole base: every file, or, when refused, what it held before."""
    written = Written()
    in_the_way = files_in(directory)
    if in_the_way and not overwrite:
        raise ExportRefused(
            _("%(path)s already holds %(file)s: name another directory, or add --overwrite.")
            % {"path": directory, "file": in_the_way[0].name}
        )
    with refusals(directory), discarded_unless_whole(directory):
        # Clients' phones are for nobody else on this machine.
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with transaction.atomic():
            params = prepare(source)
            for select in FILES:
                written.rows[select.name] = write(directory, select, params, watch)
                written.left_out += left_out(select, params)
        for path in in_the_way:
            path.unlink()
        for select in FILES:
            unfinished(directory, select).rename(directory / f"{select.name}.csv")
    # No client's access log can hold an export of all clients; the server's log does.
    log.warning("%s exported the whole base to %s: %s", getpass.getuser(), directory, written.rows)
    return written


def files_in(directory: Path) -> list[Path]:
    """What the directory holds of the files that an import would read."""
    if not directory.is_dir():
        return []
    known = {select.name for select in FILES}
    return sorted(
        path
        for path in directory.iterdir()
        if path.stem.lower() in known and path.suffix.lower() in SUFFIXES
    )


def unfinished(directory: Path, select: FileSelect) -> Path:
    return directory / f"{select.name}.csv{UNFINISHED}"


def prepare(source: str) -> Params:
    """One moment for all statements, times as the first branch's clock shows them."""
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT timezone FROM orders_branch ORDER BY id LIMIT 1")
        (zone,) = cursor.fetchone() or (settings.TIME_ZONE,)
        cursor.execute(
            "SELECT set_config('TimeZone', %s, true), set_config('DateStyle', 'ISO', true)", [zone]
        )
    return {"source": source}


def write(directory: Path, select: FileSelect, params: Params, watch: Watch) -> int:
    """The file stands there under its unfinished name; counts its rows."""
    path, lines = unfinished(directory, select), 0
    path.touch(mode=0o600)
    with (
        path.open("wb") as file,
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({statement(select)}) TO STDOUT (FORMAT csv, HEADER)", params) as copy,
    ):
        # The server sends line by line, each ended by a single LF; RFC 4180 wants CRLF.
        for lines, line in enumerate(copy, 1):
            file.write(bytes(line)[:-1] + b"\r\n")
            if lines % WATCH_EVERY == 0:
                watch(select.name, lines)
    watch(select.name, lines - 1)
    return lines - 1


def statement(select: FileSelect) -> str:
    """The SELECT of a file: an empty text and nothing at all look the same."""
    inner = ", ".join(f'{cell} AS "{column}"' for column, cell in select.cells.items())
    outer = ", ".join(f"""nullif("{column}"::text, '') AS "{column}\"""" for column in select.cells)
    return f"SELECT {outer} FROM (SELECT {inner} FROM {select.rows}) AS rows"


def left_out(select: FileSelect, params: Params) -> Iterator[str]:
    for what in select.left_out:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {what.rows}", dict(params))
            if count := cursor.fetchone()[0]:
                yield f"{select.name}.csv: {what.message % {'count': count}}"


@contextmanager
def discarded_unless_whole(directory: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for select in FILES:
            unfinished(directory, select).unlink(missing_ok=True)
        raise


@contextmanager
def refusals(directory: Path) -> Iterator[None]:
    """What the disk or the server refuses is one sentence."""
    try:
        yield
    except OSError as error:
        raise ExportRefused(
            _("%(path)s cannot be written (%(error)s).")
            % {"path": directory, "error": error.strerror}
        ) from error
    except OperationalError as error:
        raise ExportRefused(
            _("The database gave up (%(error)s): start the export again.")
            % {"error": first_line(error)}
        ) from error
