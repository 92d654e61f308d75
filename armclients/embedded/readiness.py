"""What the product asks of a database, embedded or not, before it works on it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.management import CommandError, call_command
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

OLDEST_SERVER = 16
EXTENSIONS = ("pg_trgm", "btree_gist")
MIGRATION_LOCK = 7_202_001  # any number nobody else locks in this database


def prepare_database() -> None:
    """The database is up, fit and on its newest migration; or one sentence says why not."""
    if problem := what_is_wrong():
        raise CommandError(problem)
    with only_one_migrates():
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", interactive=False, verbosity=0, skip_checks=True)


@contextmanager
def only_one_migrates() -> Iterator[None]:
    """Two commands started at once migrate one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def check_database(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """The same questions as a system check, which `migrate` runs before it touches anything."""
    problem = what_is_wrong() if databases else ""
    return [Error(problem, id="armclients.E100")] if problem else []


def what_is_wrong() -> str:
    """One sentence that says what to do about the database; empty when it is fit."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
            version = cursor.fetchone()[0]
        if version < OLDEST_SERVER:
            return _(
                "The database server is PostgreSQL %(version)s: set DATABASE_URL to one of "
                "version %(oldest)s or newer."
            ) % {"version": version, "oldest": OLDEST_SERVER}
        return missing_extension() or deaf_to_cyrillic()
    except DatabaseError as error:
        return _(
            "The database does not answer (%(reason)s): is DATABASE_URL right, does its server run?"
        ) % {"reason": " ".join(str(error).split())}


def missing_extension() -> str:
    """Proven by making what is not there yet, and taking it back."""
    for name in EXTENSIONS:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
                transaction.set_rollback(True)
        except DatabaseError as error:
            return _(
                "The database lacks the extension %(name)s (%(reason)s): install the server's "
                "contrib package and run «CREATE EXTENSION %(name)s» in this database as its owner."
            ) % {"name": name, "reason": " ".join(str(error).split())}
    return ""


def deaf_to_cyrillic() -> str:
    """Under a ctype that is not UTF-8 Russian words leave no trigrams, and search finds nothing."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute(
            "SELECT cardinality(show_trgm('Иванов')), current_database(), datctype, "
            "pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()"
        )
        trigrams, name, ctype, encoding = cursor.fetchone()
        transaction.set_rollback(True)
    if trigrams and encoding == "UTF8":
        return ""
    return _(
        "The database «%(name)s» has the encoding %(encoding)s and LC_CTYPE «%(ctype)s», which "
        "cannot search Russian words: make a new one with ENCODING 'UTF8' LC_CTYPE 'C.UTF-8' "
        "TEMPLATE template0."
    ) % {"name": name, "encoding": encoding, "ctype": ctype}
