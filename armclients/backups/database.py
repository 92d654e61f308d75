"""What backups ask of PostgreSQL: its programs, one moment of the data, and a swap by rename."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from psycopg import sql

from armclients.backups.archive import BackupError
from armclients.embedded.programs import program
from customers.models import Counterparty
from orders.models import Document
from vehicles.models import Vehicle

COUNTED = {"clients": Counterparty, "vehicles": Vehicle, "documents": Document}
PACKAGED = Path("/usr/lib/postgresql")  # where Debian keeps the programs of each version
LONGEST_LOCK_WAIT = "60s"
# Older servers do not know it, newer programs set it all the same.
HARMLESS, KNOWS_IT = "transaction_timeout", 17
OTHER_LOCALES = {
    "i": " LOCALE_PROVIDER icu ICU_LOCALE {}",
    "b": " LOCALE_PROVIDER builtin BUILTIN_LOCALE {}",
}


# Its programs


def fitting(name: str) -> str:
    """The newest `name` that may talk to our server, and as safely as we do."""
    server = server_version()
    is_encrypted = connection.connection.pgconn.ssl_in_use
    # The programs the product brings along are built without TLS.
    found = [] if is_encrypted else [program(name)]
    found += [str(path) for path in PACKAGED.glob(f"*/bin/{name}")]
    found += [path] if (path := shutil.which(name)) else []
    newest = max(found, key=major, default="")
    if not newest or major(newest) < server:
        raise BackupError(
            _(
                "The server is PostgreSQL %(server)s and no %(name)s here can talk to it: install "
                "the client programs of version %(server)s or newer (postgresql-client)."
            )
            % {"server": server, "name": name}
        )
    return newest


@cache
def major(path: str) -> int:
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603
    number = re.search(r"\) (\d+)", told.stdout)
    return int(number[1]) if number else 0


def surroundings() -> dict[str, str]:
    """The environment in which PostgreSQL's programs find our server and are let in."""
    connection.ensure_connection()
    facts = connection.settings_dict
    _arguments, secrets = connection.client.settings_to_cmd_args_env(facts, [])
    places = {"PGHOST": facts["HOST"], "PGPORT": facts["PORT"], "PGUSER": facts["USER"]}
    named = {name: str(value) for name, value in places.items() if value}
    return {**os.environ, **(secrets or {}), **named, "LC_MESSAGES": "C"}


def run(name: str, *arguments: str, stdin: IO[bytes] | int = subprocess.DEVNULL) -> str:
    """What the program said; a failure is one sentence with its own last word."""
    done = subprocess.run(  # noqa: S603 — programs of PostgreSQL
        [fitting(name), *arguments],
        stdin=stdin,
        capture_output=True,
        env=surroundings(),
        check=False,
    )
    complaints = [
        line
        for line in done.stderr.decode(errors="replace").splitlines()
        if ": error:" in line and HARMLESS not in line
    ]
    if done.returncode and (complaints or b"errors ignored" not in done.stderr):
        reason = complaints[0].partition(": error:")[2].strip() if complaints else done.returncode
        raise BackupError(
            _("%(program)s did not succeed: %(reason)s") % {"program": name, "reason": reason}
        )
    return done.stdout.decode(errors="replace")


# Taking


@contextmanager
def moment() -> Iterator[str]:
    """One moment of the data, by the name under which pg_dump sees it too. Nobody waits for it."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def dump(to: Path, snapshot: str) -> None:
    run(
        "pg_dump",
        "--format=custom",
        "--compress=3",  # half the work of the default for a twentieth more bytes
        f"--file={to}",
        f"--snapshot={snapshot}",
        f"--lock-wait-timeout={LONGEST_LOCK_WAIT}",
        str(connection.settings_dict["NAME"]),
    )


def counts() -> dict[str, int]:
    return {name: model._default_manager.count() for name, model in COUNTED.items()}


def server_version() -> int:
    return int(answer("SELECT current_setting('server_version_num')::int / 10000"))


def size() -> int:
    return int(answer("SELECT pg_database_size(current_database())"))


def answer(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def catalogue(path: Path, *, offset: int = 0) -> list[str]:
    """What a dump holds, by pg_restore's own reading; it may stand inside another file."""
    with path.open("rb") as file:
        os.lseek(file.fileno(), offset, os.SEEK_SET)
        return run("pg_restore", "--list", stdin=file).splitlines()


# Restoring


def is_empty() -> bool:
    return not connection.introspection.table_names()


def clients() -> int:
    """How many there are; none in a database this product never worked on."""
    if answer(f"SELECT to_regclass('{Counterparty._meta.db_table}') IS NULL"):
        return 0
    return Counterparty.objects.count()


def is_in_use() -> bool:
    return answer(
        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database()"
        " AND usesysid IS NOT NULL AND pid <> pg_backend_pid())"
    )


def may_be_replaced() -> bool:
    """Whether we may make a database beside this one and give it this one's name."""
    return answer(
        "SELECT (r.rolcreatedb OR r.rolsuper) AND pg_has_role(d.datdba, 'MEMBER')"
        " FROM pg_roles r, pg_database d"
        " WHERE r.rolname = current_user AND d.datname = current_database()"
    )


def loads_at_once() -> bool:
    """Whether pg_restore can do it in one transaction, in which nothing is HARMLESS."""
    return server_version() >= KNOWS_IT


def load(dump_file: Path, name: str, *, at_once: bool = False) -> None:
    """The database holds what the dump holds. Comments on extensions are their owners' to write."""
    listed = catalogue(dump_file)
    chosen = dump_file.with_suffix(".list")
    chosen.write_text("\n".join(line for line in listed if " COMMENT - EXTENSION " not in line))
    run(
        "pg_restore",
        "--no-owner",
        "--no-acl",
        *(["--single-transaction"] if at_once else []),
        f"--use-list={chosen}",
        f"--dbname={name}",
        str(dump_file),
    )


@contextmanager
def empty_again_after_a_failure() -> Iterator[None]:
    """What was loaded into an empty database is gone when something fails in here."""
    try:
        yield
    except BaseException:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
            cursor.execute("GRANT USAGE ON SCHEMA public TO PUBLIC")
        raise


@contextmanager
def beside() -> Iterator[str]:
    """A new database beside ours, of the same kind; gone again when it did not take its place."""
    name = f"{connection.settings_dict['NAME']}_incoming"
    row = "SELECT to_jsonb(d)::text FROM pg_database d WHERE datname = current_database()"
    kind = json.loads(answer(row))
    connection.close()
    with elsewhere() as cursor:
        drop(cursor, name)
        cursor.execute(creation(name, kind))
    try:
        yield name
    finally:
        connection.close()
        with elsewhere() as cursor:
            drop(cursor, name)


def creation(name: str, kind: Mapping[str, Any]) -> sql.Composed:
    """CREATE DATABASE with the encoding and the locale of a row of pg_database."""
    statement = sql.SQL(
        "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE {} LC_CTYPE {}"
    ).format(sql.Identifier(name), sql.Literal(kind["datcollate"]), sql.Literal(kind["datctype"]))
    if provider := OTHER_LOCALES.get(kind["datlocprovider"]):
        locale = kind.get("datlocale") or kind.get("daticulocale")
        statement += sql.SQL(provider).format(sql.Literal(locale))
    return statement


def replace_by(name: str) -> None:
    """The database `name` bears our name, and ours is gone; where others use it, it stays."""
    own = str(connection.settings_dict["NAME"])
    aside = f"{own}_replaced"
    connection.close()
    with elsewhere() as cursor:
        drop(cursor, aside)
        cursor.execute("BEGIN")
        for old, new in ((own, aside), (name, own)):
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            cursor.execute(rename.format(sql.Identifier(old), sql.Identifier(new)))
        cursor.execute("COMMIT")
        drop(cursor, aside)


def drop(cursor: Any, name: str) -> None:
    cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def elsewhere() -> AbstractContextManager[Any]:
    """A cursor in the server's own database: ours cannot be renamed from inside."""
    return connection._nodb_cursor()


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Everything in here works on the database `name`."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
