"""`/healthz`, what is said about failures, and the last backup on the administrator's page."""

import datetime
import io
import json
import logging
import os
import time
from http.client import HTTPConnection

import psycopg
import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection
from django.test import RequestFactory

from armclients import health
from armclients.backups import taking
from armclients.logs import DiscreetFormatter, JsonFormatter
from armclients.version import version
from tests import make

from .conftest import Product

QUOTES_A_ROW = "Key (phone)=(79084944434) already exists"


@pytest.fixture
def backups(monkeypatch, tmp_path):
    """An empty folder of backups."""
    monkeypatch.setattr(taking, "folder", lambda: tmp_path)
    return tmp_path


def checks(client) -> dict:
    return client.get("/healthz").json()["checks"]


class TestHealth:
    def test_knows_its_parts_and_its_version(self, client, db, backups):
        answer = client.get("/healthz")

        told = answer.json()
        assert told["version"] == version() == "0.1.0"
        assert told["checks"]["database"] == told["checks"]["migrations"] == {"status": "ok"}
        assert told["checks"]["disk"]["free_bytes"] > 0
        assert answer["Cache-Control"] == "no-store"

    def test_a_worker_that_is_not_there_or_silent_is_a_failure(self, client, transactional_db):
        nobody = client.get("/healthz")
        with connection.cursor() as cursor:
            insert = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s)"
            cursor.execute(insert, [datetime.timedelta(hours=1)])
            silent = client.get("/healthz")
            cursor.execute(insert, [datetime.timedelta(seconds=3)])
            alive = client.get("/healthz")
            cursor.execute("DELETE FROM procrastinate_workers")

        assert (nobody.status_code, silent.status_code, alive.status_code) == (503, 503, 200)
        assert alive.json()["checks"]["worker"]["status"] == "ok"

    def test_a_migration_that_waits_is_a_failure(self, client, db, monkeypatch):
        tomorrow = health.newest_migrations() | {("orders", "9999_of_tomorrow")}
        monkeypatch.setattr(health, "newest_migrations", lambda: tomorrow)

        assert checks(client)["migrations"] == {"status": "failed"}

    @pytest.mark.parametrize(("days", "status"), [(None, "warning"), (1, "ok"), (3, "warning")])
    def test_an_old_backup_is_a_warning(self, client, db, backups, days, status):
        if days is not None:
            file = backups / "arm.armbackup"
            file.touch()
            moment = (make.NOW - datetime.timedelta(days=days)).timestamp()
            os.utime(file, (moment, moment))

        assert checks(client)["backup"]["status"] == status

    @pytest.mark.parametrize("server", ["refuses", "is silent"])
    def test_a_database_that_is_down_is_said_within_a_second(
        self, client, db, monkeypatch, server, backups
    ):
        def connect(**_facts):
            if server == "refuses":
                raise psycopg.OperationalError
            time.sleep(2)
            raise psycopg.OperationalError

        monkeypatch.setattr(health.psycopg, "connect", connect)
        # A browser that was logged in would make Django look its session up.
        client.cookies[settings.SESSION_COOKIE_NAME] = "k" * 32
        began = time.monotonic()

        with connection.execute_wrapper(no_statement):
            answer = client.get("/healthz")

        assert time.monotonic() - began < 1
        assert answer.status_code == 503
        assert answer.json()["checks"]["database"] == {"status": "failed"}

    def test_makes_no_session(self, client, db):
        answer = client.get("/healthz")

        assert not answer.cookies
        assert not Session.objects.exists()


def no_statement(*_args):
    pytest.fail("a statement was run on the connection of the product")


class TestLogs:
    def formatted(self, formatter) -> str:
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        handler.setFormatter(formatter)
        logger = logging.Logger("django.request")
        logger.addHandler(handler)
        request = RequestFactory().get("/customers/7/info/?q=Зубков")
        try:
            try:
                raise psycopg.errors.UniqueViolation(QUOTES_A_ROW)
            except psycopg.Error as cause:
                raise IntegrityError(QUOTES_A_ROW) from cause
        except IntegrityError:
            facts = {"request": request, "status_code": 500}
            logger.exception("Internal Server Error: %s", request.path, extra=facts)
        return stream.getvalue()

    def test_json_is_one_line_and_names_the_request(self):
        line = self.formatted(JsonFormatter())

        told = json.loads(line)
        assert line.count("\n") == 1
        assert (told["method"], told["path"], told["status"]) == ("GET", "/customers/7/info/", 500)
        assert told["error"] == "IntegrityError 23505"
        assert "test_health.py" in told["trace"]

    @pytest.mark.parametrize("formatter", [JsonFormatter(), DiscreetFormatter()])
    def test_nothing_about_people(self, formatter):
        written = self.formatted(formatter)

        assert "UniqueViolation" in written
        assert "79084944434" not in written
        assert "Зубков" not in written

    def test_a_format_nobody_knows_is_one_sentence(self, fresh: Product):
        code, _out, err = fresh.run("check", LOG_FORMAT="xml")

        assert code == 1
        assert len(err.splitlines()) == 1
        assert "LOG_FORMAT" in err


class TestAdministratorsPage:
    @pytest.fixture
    def page(self, client_of, egor):
        egor.is_superuser = True
        egor.save()
        browser = client_of(egor)

        def page() -> str:
            return browser.get("/admin/").content.decode()

        return page

    def test_warns_when_there_is_none(self, page, backups):
        assert 'class="errornote"' in page()

    @pytest.mark.parametrize(("days", "warns"), [(1, False), (3, True)])
    def test_says_when_the_last_one_was(self, page, backups, days, warns):
        file = backups / "arm.armbackup"
        file.touch()
        moment = (make.NOW - datetime.timedelta(days=days)).timestamp()
        os.utime(file, (moment, moment))

        assert ('class="errornote"' in page()) == warns


@pytest.mark.slow
class TestServed:
    def test_all_is_well_soon_after_the_start(self, product: Product):
        with product.serving() as serving:
            serving.answer()
            deadline = time.monotonic() + 15
            while (answer := asked(product))[0] == 503 and time.monotonic() < deadline:
                time.sleep(0.2)

        status, told = answer
        assert status == 200, told
        assert told["status"] in {"ok", "warning"}  # by whether the first backup is made yet

    def test_plain_http_is_answered_where_browsers_need_tls(self, product: Product):
        with product.serving(PUBLIC_URL="https://arm.example.com") as serving:
            serving.answer()

            assert asked(product)[0] in {200, 503}


def asked(product: Product) -> tuple[int, dict]:
    call = HTTPConnection("127.0.0.1", product.port, timeout=10)
    call.request("GET", "/healthz")
    answer = call.getresponse()
    return answer.status, json.loads(answer.read())
