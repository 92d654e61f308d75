"""Whether the product works: one address that a monitor may ask, without a name."""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from functools import cache
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection, models
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from armclients.backups import nightly
from armclients.embedded.base import server_of
from armclients.embedded.server import SUPERUSER
from armclients.kit import clock
from armclients.kit.access import open_to_all
from armclients.version import version

PATH = "/healthz"
PATIENCE = 0.7  # seconds the database is given; a monitor is answered within one
CONNECT_TIMEOUT = 2  # seconds, the least there is; nobody waits for it, a thread ends by it
SILENT_FOR = 60  # seconds; a worker says every ten that it lives
SCARCE, FULL = 2 * 1024**3, 256 * 1024**2

# Two at a time are enough for monitors, and no crowd of askers takes more connections.
askers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="healthz")


class State(models.TextChoices):
    """From best to worst."""

    OK = "ok"
    WARNING = "warning"
    FAILED = "failed"


@require_safe
@open_to_all
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 while the product works, with or without warnings; 503 when somebody must come."""
    checks = {**database_checks(), "disk": disk(), "backup": last_backup(clock.now())}
    worst = max((check["status"] for check in checks.values()), key=list(State).index)
    return JsonResponse(
        {"status": worst, "version": version(), "checks": checks},
        status=503 if worst == State.FAILED else 200,
        headers={"Cache-Control": "no-store"},
    )


def database_checks() -> dict[str, dict[str, Any]]:
    """Database, migrations and worker; what cannot be asked has failed, too."""
    server = dict(connection.settings_dict)
    try:
        return askers.submit(asked_of, server).result(PATIENCE)
    except (psycopg.Error, TimeoutError):
        return {name: {"status": State.FAILED} for name in ("database", "migrations", "worker")}


def asked_of(server: dict[str, Any]) -> dict[str, dict[str, Any]]:
    with closing(own_connection(server)) as database:
        database.execute(f"SET statement_timeout = {int(PATIENCE * 1000)}")
        applied = set(database.execute("SELECT app, name FROM django_migrations").fetchall())
        is_current = newest_migrations() <= applied
        silence = "extract(epoch FROM now() - max(last_heartbeat))::int"
        workers = f"SELECT {silence} FROM procrastinate_workers"
        seconds = database.execute(workers).fetchone()[0] if is_current else None  # type: ignore[index]
    is_at_work = seconds is not None and seconds <= SILENT_FOR
    return {
        "database": {"status": State.OK},
        "migrations": {"status": State.OK if is_current else State.FAILED},
        "worker": {
            "status": State.OK if is_at_work else State.FAILED,
            "seconds_since_heartbeat": seconds,
        },
    }


def own_connection(server: dict[str, Any]) -> psycopg.Connection[Any]:
    """A connection of its own, which neither waits long nor starts the embedded server."""
    if not settings.DATABASE_URL:
        embedded = server_of(settings.DATA_DIR)
        if not embedded.is_ready():
            raise psycopg.OperationalError
        server |= {"HOST": str(embedded.listening_in()), "PORT": "5432", "USER": SUPERUSER}
    options = {**server["OPTIONS"], "connect_timeout": CONNECT_TIMEOUT, "tcp_user_timeout": 2000}
    wrapper = DatabaseWrapper({**server, "OPTIONS": options}, alias="healthz")
    return psycopg.connect(**wrapper.get_connection_params(), autocommit=True)


@cache
def newest_migrations() -> frozenset[tuple[str, str]]:
    """The last migration of every app, of those that came with this version."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())


def disk() -> dict[str, Any]:
    """Room where the data lie."""
    home = settings.DATA_DIR
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    status = State.FAILED if free < FULL else State.WARNING if free < SCARCE else State.OK
    return {"status": status, "free_bytes": free}


def last_backup(now: datetime) -> dict[str, Any]:
    """An old backup is a warning: the work goes on, but not for ever."""
    last = nightly.last()
    return {
        "status": State.WARNING if nightly.is_old(now, last) else State.OK,
        "hours_since": round((now - last).total_seconds() / 3600, 1) if last else None,
    }


class HealthMiddleware:
    """Who asks for health has no name: no session is looked up in a database that is down."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == PATH:
            request.COOKIES = {}
        return self.get_response(request)
