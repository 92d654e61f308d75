"""Bringing a directory in: all of it in one transaction, by set-based statements.

Whatever the number of rows: each file is staged by one COPY, matched and tried by a fixed number of
statements, and only when every row of every file has been judged does the writing begin. The rows
a search is made of are derived once, at the end.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

import pghistory
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from armclients.importing import rejects
from armclients.importing.complaints import Complaints
from armclients.importing.deriving import BESIDE_THE_FILES, derive
from armclients.importing.files import CATALOGUE, tables_in
from armclients.importing.matching import Params, complain, match, put_bad_rows_aside, run
from armclients.importing.merging import merge
from armclients.importing.problems import FileRefused, ImportRefused
from armclients.importing.reading import Table
from armclients.importing.staging import COMMON_TABLES, Layout, Watch, create_table, stage
from armclients.importing.users import ROLES
from armclients.kit import clock
from armclients.kit.fileformat import FileFormat
from orders import import_files as orders

IMPORT_LOCK = 7_202_003  # any number nobody else locks in this database
LONGEST_SOURCE = 40


@dataclass(frozen=True)
class Count:
    """What became of the rows of one file."""

    read: int
    new: int
    changed: int
    unchanged: int
    rejected: int


@dataclass
class Outcome:
    """What an import did, or, when `landed` is false, what it found and left undone."""

    counts: dict[str, Count] = field(default_factory=dict)
    complaints: Complaints = field(default_factory=Complaints)
    landed: bool = False
    rejects: list[Path] = field(default_factory=list)

    @property
    def rejected(self) -> int:
        return sum(count.rejected for count in self.counts.values())

    def as_json(self) -> dict[str, dict[str, int]]:
        return {name: asdict(count) for name, count in self.counts.items()}


def bring_in(
    directory: Path,
    *,
    source: str,
    dry_run: bool = False,
    skip_bad: bool = False,
    encoding: str = "auto",
    watch: Watch = lambda _stage, _name, _rows: None,
) -> Outcome:
    """The rows of a directory are in the database: all or, with `skip_bad`, all good ones."""
    if not source or len(source) > LONGEST_SOURCE or not source.isprintable() or "]" in source:
        raise ImportRefused(
            _("A source has a name of at most %(longest)s letters, without a bracket.")
            % {"longest": LONGEST_SOURCE}
        )
    tables = tables_in(directory, encoding)
    layouts = [Layout(form, tables[form.name]) for form in CATALOGUE if form.name in tables]
    outcome = Outcome()
    with refusals(), transaction.atomic(), pghistory.context(**{"import": source}):
        take_turn()
        params = prepare(source)
        with derivations_suspended():
            read = {layout.form.name: stage(layout, watch) for layout in layouts}
            for form in CATALOGUE:
                watch("checking", form.name, 0)
                with blamed_on(form, tables):
                    match(form, params, is_there=form.name in tables)
                if form is orders.BRANCHES:
                    choose_first_branch(params)
            if skip_bad or not has_errors():
                write(params, tables, watch)
        outcome.complaints = Complaints.read(tables)
        outcome.landed = not dry_run and (skip_bad or not outcome.complaints.total)
        outcome.counts = counts(read, is_written=dry_run or outcome.landed)
        if outcome.landed:
            run("SET CONSTRAINTS ALL DEFERRED", params)
            outcome.rejects = rejects.write(directory, tables)
        else:
            transaction.set_rollback(True)
    return outcome


def write(params: Params, tables: dict[str, Table], watch: Watch) -> None:
    """Every row that passed is in the database, and what follows from it is derived."""
    there = [form for form in CATALOGUE if form.name in tables]
    keep_vacuum_away(there, params)
    for form in there:
        watch("writing", form.name, 0)
        with blamed_on(form, tables):
            merge(form, params)
    for form in there:
        with blamed_on(form, tables):
            for statement in form.finish:
                run(statement, params)
            for check in form.late_checks:
                complain(form, check, params)
            if form.late_checks:
                put_bad_rows_aside(form, params)
    watch("deriving", "", 0)
    derive(params)


def keep_vacuum_away(forms: list[FileFormat], params: Params) -> None:
    """Nobody but this import counts the rows it writes; people read and write as ever.

    Autovacuum would find tables without the uncommitted rows and tell the planner so, and would
    hold what `merge()` wants for its own count.
    """
    written = {target.table for form in forms for target in form.targets}
    written |= {form.lines.table for form in forms if form.lines}
    tables = ", ".join(sorted(written | set(BESIDE_THE_FILES)))
    run(f"LOCK TABLE {tables} IN SHARE UPDATE EXCLUSIVE MODE", params)


def take_turn() -> None:
    """This transaction is the only one that imports."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [IMPORT_LOCK])
        if not cursor.fetchone()[0]:
            raise ImportRefused(_("Another import is running: start this one when it has ended."))


def prepare(source: str) -> Params:
    """Empty temporary tables, memory for sorting, and what every statement may name."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")
        # Each statement keeps its own promises. Waiting for the commit, the checks of millions of
        # rows would fill the server's memory, and row triggers would go through all that wait.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # An import that is killed leaves at once and does not bar the next one.
        cursor.execute(
            "SELECT set_config('client_connection_check_interval', '1s', true)"
            " WHERE version() ~ 'linux'"
        )
        if left := temporary_tables():
            cursor.execute(f"DROP TABLE {', '.join(left)}")
        for statement in (*COMMON_TABLES, *map(create_table, CATALOGUE)):
            cursor.execute(statement)
    return {"source": source, "roles": list(ROLES.known), "zone": settings.TIME_ZONE}


def temporary_tables() -> list[str]:
    """Tables that an import within the same outer transaction left behind."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = pg_my_temp_schema() AND relname ~ '^(import|stage|replaced)_'"
        )
        return [name for (name,) in cursor.fetchall()]


def choose_first_branch(params: Params) -> None:
    """Rows that name no branch work in this one, and times without an offset are of its zone."""
    run(orders.MAKE_FIRST_BRANCH, params)
    with connection.cursor() as cursor:
        cursor.execute(orders.FIRST_BRANCH)
        params["branch"], params["zone"] = cursor.fetchone() or (None, settings.TIME_ZONE)
    params["today"] = clock.today(ZoneInfo(params["zone"]))


@contextmanager
def derivations_suspended() -> Iterator[None]:
    """Triggers leave the search rows and the sums alone; `derive()` makes up for it."""
    run("SET LOCAL arm.derivations = 'suspended'", {})
    yield
    # An outer transaction goes on after us.
    run("SET LOCAL arm.derivations = ''", {})


def has_errors() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM import_error WHERE NOT warns)")
        return cursor.fetchone()[0]


def counts(read: dict[str, int], *, is_written: bool) -> dict[str, Count]:
    """Nothing is new or changed in an import that was refused."""
    found = {}
    for form in CATALOGUE:
        if form.name not in read:
            continue
        is_new = "m.is_new"
        if form.lines and is_written:
            is_new = (
                f"EXISTS (SELECT FROM replaced_{form.name} r"
                f" WHERE r.owner = m.{form.lines.owner} AND NOT r.had_lines)"
            )
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                SELECT count(*), count(*) FILTER (WHERE {is_new}),
                       (SELECT count(DISTINCT c.row) FROM import_changed c
                         WHERE c.file = %(file)s
                           AND c.row IN (SELECT row FROM import_{form.name} WHERE NOT is_new)),
                       (SELECT count(DISTINCT e.row) FROM import_error e
                         WHERE e.file = %(file)s AND NOT e.warns)
                  FROM import_{form.name} m
                """,
                {"file": form.name},
            )
            good, new, changed, bad = cursor.fetchone()
        found[form.name] = (
            Count(read[form.name], new, changed, good - new - changed, bad)
            if is_written
            else Count(read[form.name], 0, 0, 0, bad)
        )
    return found


@contextmanager
def blamed_on(form: FileFormat, tables: dict[str, Table]) -> Iterator[None]:
    """What the database refuses in spite of all checks is told with the file and the promise."""
    try:
        yield
    except OperationalError:
        raise
    except DatabaseError as error:
        raise FileRefused(tables[form.name].file, refusal_of(error)) from error


@contextmanager
def refusals() -> Iterator[None]:
    """A database error is one sentence, never a traceback; nothing of the import is left."""
    try:
        yield
    except OperationalError as error:
        raise ImportRefused(
            _("The database gave up (%(error)s); nothing was imported: start the import again.")
            % {"error": first_line(error)}
        ) from error
    except DatabaseError as error:
        raise ImportRefused(refusal_of(error)) from error


def refusal_of(error: DatabaseError) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    return _("the database refuses the rows (%(promise)s): %(error)s; nothing was imported") % {
        "promise": getattr(diagnosis, "constraint_name", None) or "—",
        "error": first_line(error),
    }


def first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)
