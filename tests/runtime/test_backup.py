"""Backups: taken, read back, restored elsewhere, refused when damaged, and made by themselves."""

import datetime
import os
import signal
import subprocess
import tarfile
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from django.conf import settings as switches

from armclients import tasks
from armclients.backups import archive, nightly, taking
from tests import make

from .conftest import Product
from .test_embedded import visiting

KEY = "k" * 50
UPLOAD = Path("uploads") / "акты" / "акт 17.pdf"
SHOP = switches.BASE_DIR / "tests" / "samples" / "shop"

# Who is found by a dozen questions, as anna sees it: words alone, without anything signed.
ANSWERS = """
import re
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils.html import strip_tags
anna = get_user_model().objects.get(username="anna")
browser = Client(SERVER_NAME="localhost")
browser.force_login(anna, backend="armclients.users.OneStatementBackend")
for question in (
    "client=зуб", "client=иванов иван", "client=иксора", "client=строганов", "client=000124",
    "phone=4944434", "phone=9161234", "phone=ivanov@mail.ru", "vehicle=037", "vehicle=JZX100",
    "vehicle=в321ор", "open_orders=on", "", "client=никого", "client=леонидов&phone=909",
):
    answer = browser.get(f"/?{question}", headers={"HX-Request": "true", "HX-Target": "results"})
    print(answer.status_code, question, *strip_tags(answer.content.decode()).split())
"""
ASK_IF_ANY = """
from django.db import connection
from customers.models import Counterparty
tables = connection.introspection.table_names()
print(Counterparty.objects.count() if "customers_counterparty" in tables else 0)
"""
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
COUNT = "from customers.models import Counterparty as C; print(C.objects.count())"


def shell(product: Product, code: str, **changes: str) -> str:
    # DEBUG: pages are asked for, and no static files were collected.
    status, out, err = product.run("shell", "-v0", "-c", code, DEBUG="on", **changes)
    assert status == 0, err
    return out


@pytest.fixture(scope="module")
def shop(home: Path) -> Product:
    """A shop with an upload, at rest, and its backup."""
    product = Product(home)
    assert product.run("import_data", str(SHOP))[0] == 0
    (home / UPLOAD).parent.mkdir(parents=True)
    (home / UPLOAD).write_bytes(b"%PDF-" + bytes(range(256)) * 9)
    for unconfirmed in ("imports", "dictionaries"):
        (home / "uploads" / unconfirmed).mkdir()
        (home / "uploads" / unconfirmed / "table").write_text("id,name\n")
    code, out, err = product.run("backup", "--to", str(home / "shop.armbackup"))
    assert code == 0, err
    assert "6" in out
    return product


@pytest.fixture
def backup(shop: Product) -> Path:
    return shop.home / "shop.armbackup"


@contextmanager
def real_server(host: Product, *, owner: str = "postgres"):
    """The address of an empty database on a server that is not ours to start or stop."""
    with visiting(host) as sockets:
        with psycopg.connect(f"{sockets}/postgres", autocommit=True) as server:
            if owner != "postgres":
                server.execute(f"CREATE ROLE {owner} LOGIN")
            server.execute(f"CREATE DATABASE real OWNER {owner}")
        try:
            yield f"{sockets.replace('postgres@', f'{owner}@')}/real"
        finally:
            with psycopg.connect(f"{sockets}/postgres", autocommit=True) as server:
                server.execute("DROP DATABASE real")


@pytest.fixture(scope="module")
def answers(shop: Product) -> str:
    """What the shop answered when the backup was taken."""
    answers = shell(shop, ANSWERS)
    assert answers.count("Зубков") > 1
    return answers


@pytest.mark.slow
class TestRestored:
    def test_elsewhere_gives_the_same_answers(self, shop, backup: Path, answers, fresh: Product):
        code, out, err = fresh.run("restore", str(backup))

        assert code == 0, err
        assert "0.1.0" in out
        assert shell(fresh, ANSWERS) == answers
        assert (fresh.home / UPLOAD).read_bytes() == (shop.home / UPLOAD).read_bytes()
        assert [each.name for each in (fresh.home / "uploads").iterdir()] == ["акты"]
        assert fresh.run("rebuild_search", "--check")[0] == 0

    def test_after_all_was_wiped(self, shop: Product, backup: Path, answers):
        wipe = "from django.core.management import call_command as c; c('flush', interactive=False)"
        shell(shop, wipe)
        (shop.home / UPLOAD).unlink()
        assert shell(shop, COUNT) == "0\n"

        code, _out, err = shop.run("restore", str(backup))

        assert code == 0, err
        assert shell(shop, ANSWERS) == answers
        assert (shop.home / UPLOAD).exists()

    def test_into_a_real_server_and_out_of_it(self, shop, backup: Path, answers, fresh: Product):
        with real_server(shop) as address:
            real = {"DATABASE_URL": address, "SECRET_KEY": KEY}
            code, _out, err = fresh.run("restore", str(backup), **real)
            assert code == 0, err
            answered = shell(fresh, ANSWERS, **real)
            again = fresh.run("restore", str(backup), "--overwrite", **real)
            taken = fresh.run("backup", **real)

        assert (again[0], taken[0]) == (0, 0), again[2] + taken[2]
        assert answered == answers
        assert not (fresh.home / "postgres").exists()
        assert len(list((fresh.home / "backups").glob("*.armbackup"))) == 1

    def test_where_no_database_may_be_made(self, shop: Product, backup: Path, fresh: Product):
        with real_server(shop, owner="plain") as address:
            real = {"DATABASE_URL": address, "SECRET_KEY": KEY}
            first = fresh.run("restore", str(backup), **real)
            second = fresh.run("restore", str(backup), "--overwrite", **real)

        assert first[0] == 0, first[2]
        assert (second[0], len(second[2].splitlines())) == (1, 1)
        assert "CREATEDB" in second[2]

    def test_a_failure_half_way_leaves_an_empty_database_empty(
        self, shop: Product, backup: Path, fresh: Product, tmp_path: Path
    ):
        """Neither a dump that breaks off, nor one that does not hold what was promised."""
        broken = dict(zip(("cut", "wrong"), unlike(backup, tmp_path), strict=True))
        with real_server(shop, owner="half") as address:
            real = {"DATABASE_URL": address, "SECRET_KEY": KEY}
            for how, file in broken.items():
                code, _out, err = fresh.run("restore", str(file), **real)
                assert (code, len(err.splitlines())) == (1, 1), how
                with psycopg.connect(address) as database:
                    tables = database.execute(
                        "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
                    )
                    assert tables.fetchone() == (0,), how
                assert not [*fresh.home.glob(".restore-*"), *fresh.home.glob("uploads*")]
            whole = fresh.run("restore", str(backup), **real)

        assert whole[0] == 0, whole[2]

    def test_a_kill_half_way_leaves_what_was_there(
        self, shop: Product, backup: Path, fresh: Product
    ):
        before = {"killed": 0, "finished": 0}
        for after in (0.6, 1.4, 2.2):
            process = fresh.start("restore", str(backup))
            with suppress(subprocess.TimeoutExpired):
                process.wait(after)
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate(timeout=10)
            count = shell(fresh, ASK_IF_ANY)
            assert count in {"0\n", "6\n"}
            before["finished" if count == "6\n" else "killed"] += 1

        code, _out, err = fresh.run("restore", str(backup), "--overwrite")

        assert code == 0, err
        assert before["killed"]
        assert shell(fresh, COUNT) == "6\n"
        assert not [*fresh.home.glob(".restore-*")]


@pytest.mark.slow
class TestRefused:
    def test_where_clients_are(self, shop: Product, backup: Path):
        code, out, err = shop.run("restore", str(backup))

        assert (code, len(err.splitlines())) == (1, 1)
        assert "0.1.0" in out
        assert "--overwrite" in err

    def test_while_somebody_works(self, shop: Product, backup: Path):
        with visiting(shop):
            code, _out, err = shop.run("restore", str(backup), "--overwrite")

        assert (code, len(err.splitlines())) == (1, 1)
        assert shell(shop, COUNT) == "6\n"

    def test_what_does_not_come_back_whole(self, shop: Product, backup: Path, tmp_path: Path):
        """A restore that fails at its last check leaves data and uploads as they were."""
        _cut, wrong = unlike(backup, tmp_path)

        code, _out, err = shop.run("restore", str(wrong), "--overwrite")

        assert (code, len(err.splitlines())) == (1, 1)
        assert shell(shop, COUNT) == "6\n"
        assert (shop.home / UPLOAD).exists()
        names = "SELECT string_agg(datname, ' ') FROM pg_database WHERE NOT datistemplate"
        ask = f"from armclients.backups import database as d; print(d.answer({names!r}))"
        assert set(shell(shop, ask).split()) == {"postgres", "arm"}

    @pytest.mark.parametrize("damage", ["byte", "cut", "text", "tar", "nothing there", "newer"])
    def test_damaged_and_foreign_files(self, backup, fresh: Product, tmp_path: Path, damage):
        file = damaged(backup, tmp_path / "a.armbackup", damage)

        code, _out, err = fresh.run("restore", str(file))

        assert (code, len(err.splitlines())) == (1, 1)
        assert not (fresh.home / "postgres").exists()


def unlike(backup: Path, place: Path) -> tuple[Path, Path]:
    """Whole archives of a dump that breaks off, and of one with fewer clients than promised."""
    dump = place / "dump"
    with archive.opened(backup) as contents:
        contents.extract(archive.DUMP, dump)
        facts = contents.manifest.facts
    facts.counts["clients"] += 1
    wrong, cut = place / "wrong.armbackup", place / "cut.armbackup"
    archive.write(wrong, facts, dump=dump, uploads=place / "none")
    with dump.open("r+b") as file:
        file.truncate(dump.stat().st_size * 9 // 10)
    archive.write(cut, facts, dump=dump, uploads=place / "none")
    return cut, wrong


def damaged(backup: Path, file: Path, damage: str) -> Path:
    whole = bytearray(backup.read_bytes())
    if damage == "byte":
        whole[len(whole) // 2] ^= 1
        file.write_bytes(whole)
    elif damage == "cut":
        file.write_bytes(whole[: len(whole) // 2])
    elif damage == "text":
        file.write_text("id,name\n1,Зубков\n" * 99)
    elif damage == "tar":
        with tarfile.open(file, "w") as tar:
            tar.add(__file__, "manifest.json")
    elif damage == "newer":
        with archive.opened(backup) as contents:
            contents.extract(archive.DUMP, file.with_name("dump"))
            known = vars(contents.manifest.facts) | {"version": "99.0"}
        facts = archive.Facts(**known)
        archive.write(file, facts, dump=file.with_name("dump"), uploads=file.with_name("none"))
    return file


@pytest.fixture
def backups(monkeypatch, tmp_path):
    monkeypatch.setattr(taking, "folder", lambda: tmp_path)
    return tmp_path


class TestNightly:
    def test_the_worker_takes_one_and_not_another(self, transactional_db, backups):
        make.client()

        tasks.back_up(timestamp=0)
        (taken,) = backups.rglob("*.armbackup")
        moment = make.NOW.timestamp()
        os.utime(taken, (moment, moment))
        tasks.back_up(timestamp=0)

        assert [*backups.rglob("*.armbackup")] == [taken]
        assert taken.stat().st_mode & 0o777 == 0o600
        with archive.opened(taken) as contents:
            assert contents.manifest.facts.counts["clients"] == 1
        assert [each.name for each in taken.parent.iterdir()] == [taken.name]

    def test_never_on_a_server_of_the_shop(self, db, backups, settings):
        settings.DATABASE_URL = "postgresql://arm@db/arm"

        tasks.back_up(timestamp=0)

        assert not [*backups.rglob("*")]

    @pytest.mark.parametrize(
        ("hour", "hours_since", "due"),
        [(3, 11, False), (3, 13, True), (11, 13, False), (11, 24, True), (11, None, True)],
    )
    def test_is_due_at_night_or_after_a_day(self, hour, hours_since, due):
        now = datetime.datetime(2026, 11, 24, hour, 41, tzinfo=make.MOSCOW)
        last = now - datetime.timedelta(hours=hours_since) if hours_since else None

        assert nightly.is_due(now, last) == due

    def test_a_year_of_nights_leaves_days_weeks_and_months(self, tmp_path):
        last = datetime.datetime(2026, 11, 24, 3, 41)
        for days in range(500):
            (tmp_path / (last - datetime.timedelta(days=days)).strftime(taking.NAMED)).touch()
        (tmp_path / "before the upgrade.armbackup").touch()

        nightly.thin_out(tmp_path, make.NOW)

        kept = sorted(each.name[4:14] for each in tmp_path.iterdir() if each.name[0] == "a")
        assert kept == [
            *("2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"),
            *("2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30", "2026-10-31"),
            *("2026-11-08", "2026-11-15", "2026-11-18", "2026-11-19", "2026-11-20"),
            *("2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24"),
        ]
        assert (tmp_path / "before the upgrade.armbackup").exists()
