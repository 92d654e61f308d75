"""The house of tests: the cast, a browser that speaks HTMX, and a count of SQL statements."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as switches
from django.core.cache import cache
from django.core.management.commands import flush
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from armclients.kit import clock
from armclients.models import User
from tests import make

BACKEND = "armclients.users.OneStatementBackend"
# Rows that migrations brought: the truncation after a transactional test spares them.
BROUGHT_BY_MIGRATIONS = {
    "armclients_jumplink",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "customers_messagetemplate",
    "django_content_type",
    "django_migrations",
    "customers_contactresult",
    "orders_discountlimit",
    "orders_vatrate",
}


def pytest_configure() -> None:
    """Tests on the embedded server have one of their own, which forgets at a power cut."""
    switches.DATA_DIR = switches.DATA_DIR / "tests"
    switches.MEDIA_ROOT = switches.DATA_DIR / "uploads"
    switches.EMBEDDED_SERVER_SWITCHES = {
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
    }
    switches.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    switches.STORAGES = {
        **switches.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    switches.AXES_DISABLE_ACCESS_LOG = True


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take longest begin first, so that no worker is left alone with one at the end.

    Slow ones go by name: the first then needs a database and the second a product, and neither
    worker waits for what the other makes.
    """
    slow, browser = (
        {item.path for item in items if item.get_closest_marker(name)}
        for name in ("slow", "browser")
    )
    items.sort(
        key=lambda item: (
            item.path not in slow,
            item.path not in browser,
            str(item.path) if item.path in slow else "",
        )
    )


@pytest.fixture(scope="session", autouse=True)
def what_migrations_brought_stays() -> Iterator[None]:
    """Tests that really commit leave the tables as migrations left them, and quickly.

    Django would truncate roles, jump links and VAT rates too, and then make its permissions anew.
    """
    truncation = DatabaseOperations.sql_flush

    def sql_flush(self: Any, style: Any, tables: list[str], **options: Any) -> list[str]:
        ours = set(tables) - BROUGHT_BY_MIGRATIONS
        if _is_crowded(self.connection):
            return truncation(self, style, ours, **options)
        # A truncation costs the same for one row and for a million; these are a few. What the
        # deletion writes into the history goes last.
        last = sorted(ours, key=lambda table: table.endswith("history"))
        return ["SET LOCAL arm.derivations = 'suspended'", *(f"DELETE FROM {t}" for t in last)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_args, **_kwargs: None)
        yield


def _is_crowded(connection: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) > 500 FROM (SELECT FROM customers_counterparty LIMIT 501) c"
        )
        return cursor.fetchone()[0]


@pytest.fixture(autouse=True)
def stopped_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is `make.NOW` in every test, whatever the wall says."""
    monkeypatch.setattr(clock, "now", lambda: make.NOW)
    monkeypatch.setattr(clock, "today", lambda zone=None: timezone.localdate(make.NOW, zone))


@pytest.fixture(autouse=True)
def nobody_knocked_yet() -> None:
    """The doors that are open to the world count who knocks, beyond the end of a test."""
    cache.clear()


@pytest.fixture
def shelf(settings: Any, tmp_path: Path) -> Path:
    """Where photographs lie, those of this test alone."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


# The cast. Who they are stands in tests/README.md.


@pytest.fixture
def anna(db: None) -> User:
    return make.user("anna", role="advisor", full_name="Белова Анна Игоревна")


@pytest.fixture
def boris(db: None) -> User:
    return make.user("boris", role="operator", full_name="Орлов Борис Львович")


@pytest.fixture
def vera(db: None) -> User:
    return make.user("vera", role="parts", full_name="Чернова Вера Олеговна")


@pytest.fixture
def gleb(db: None) -> User:
    return make.user("gleb", role="master", full_name="Котов Глеб Юрьевич")


@pytest.fixture
def dina(db: None) -> User:
    return make.user("dina", role="manager", full_name="Гордеева Дина Павловна")


@pytest.fixture
def egor(db: None) -> User:
    return make.user("egor", role="admin", full_name="Ильин Егор Янович", is_staff=True)


@pytest.fixture
def zoya(db: None) -> User:
    return make.user("zoya", full_name="Лапина Зоя Артёмовна")


class Htmx(Client):
    """A browser whose requests come from HTMX: `get(url, target="results")`."""

    def generic(self, *args: Any, **kwargs: Any) -> HttpResponse:
        sent = {"HX-Request": "true"}
        for name in ("target", "trigger_name", "current_url", "history_restore_request"):
            if value := kwargs.pop(name, None):
                sent[f"HX-{name.replace('_', '-')}"] = value
        kwargs["headers"] = sent | (kwargs.get("headers") or {})
        return super().generic(*args, **kwargs)


@pytest.fixture
def client_of() -> Callable[..., Client]:
    """A browser in which this user is logged in."""

    def log_in(user: User, browser: type[Client] = Client) -> Client:
        logged_in = browser()
        logged_in.force_login(user, backend=BACKEND)
        return logged_in

    return log_in


@pytest.fixture
def web(anna: User, client_of: Callable[..., Client]) -> Client:
    """Anna's browser, because most of what is asked is asked by advisors."""
    return client_of(anna)


@pytest.fixture
def htmx(anna: User, client_of: Callable[..., Client]) -> Htmx:
    """Anna's browser, once the page is there and HTMX asks for parts."""
    return client_of(anna, Htmx)


@pytest.fixture
def statements() -> Callable[..., Any]:
    """`with statements(at_most=6) as sql:` — without the look-up of session and user."""

    @contextmanager
    def count(at_most: int | None = None) -> Iterator[list[str]]:
        own: list[str] = []
        with CaptureQueriesContext(connection) as queries:
            yield own
        own += [query["sql"] for query in queries if not _knows_the_user(query["sql"])]
        if at_most is not None:
            assert len(own) <= at_most, "\n".join(own)

    return count


def _knows_the_user(sql: str) -> bool:
    return '"django_session"' in sql or sql.startswith('SELECT "armclients_user"."id"')
