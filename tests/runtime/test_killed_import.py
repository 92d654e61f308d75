"""Power cuts in the middle of an import: nothing of it is there, and it can be started again."""

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from armclients.importing.runner import IMPORT_LOCK

from .conftest import GIVE_UP_AFTER, Product, Serving, wait_for

pytestmark = pytest.mark.slow

CLIENTS = 5_000
WRITING, DERIVING = "INSERT INTO customers_contact ", "search_derive"
# What lives on its own beside an import.
NOT_ITS_OWN = "^(procrastinate_|django_session|pghistory_context|armclients_importrun|axes_)"
UPLOAD = """
import time
from pathlib import Path
from django.contrib.auth import get_user_model
from django.test import Client
from armclients.models import ImportRun
egor, _ = get_user_model().objects.get_or_create(
    username="egor", is_superuser=True, is_staff=True, password="!"
)
browser = Client(headers={{"host": "127.0.0.1"}})
browser.force_login(egor, backend="armclients.users.OneStatementBackend")
files = [path.open("rb") for path in Path({directory!r}).glob("*.csv")]
page = browser.post(
    "/admin/armclients/importrun/add/", {{"uploaded": files, "mode": "all", "source": "uploaded"}}
)["Location"]
run = ImportRun.objects.latest("pk")
while run.state in ("check_waits", "checking"):
    time.sleep(0.1)
    run.refresh_from_db()
browser.post(page.replace("change/", "start/"), {{"token": run.token}})
print(run.pk, browser.session.session_key)
"""


class Shop:
    """A product that serves, and the database under it as its owner sees it."""

    def __init__(self, product: Product, serving: Serving) -> None:
        self.product = product
        self.serving = serving

    def asked(self, sql: str, *values: object) -> list[tuple]:
        """Answers once the database is back from whatever befell it."""
        deadline = time.monotonic() + GIVE_UP_AFTER
        while True:
            try:
                with self.connected() as database:
                    return database.execute(sql, values).fetchall()
            except (psycopg.OperationalError, OSError, IndexError):
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def connected(self) -> psycopg.Connection:
        sockets = (self.product.home / "postgres" / "postmaster.pid").read_text().split("\n")[4]
        return psycopg.connect(host=sockets, user="postgres", dbname="arm", autocommit=True)

    def counts(self) -> dict[str, int]:
        tables = self.asked(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname !~ %s"
            " AND relnamespace = 'public'::regnamespace",
            NOT_ITS_OWN,
        )
        counted = " UNION ALL ".join(
            f"SELECT '{table}', count(*) FROM {table}" for (table,) in tables
        )
        return dict(self.asked(counted))

    def importing(self, statement: str) -> int:
        """The backend of the import, seen while it carries out this statement."""
        deadline = time.monotonic() + GIVE_UP_AFTER
        with self.connected() as database:
            while time.monotonic() < deadline:
                seen = database.execute(
                    "SELECT pid FROM pg_locks JOIN pg_stat_activity USING (pid)"
                    " WHERE locktype = 'advisory' AND objid = %s"
                    "   AND state = 'active' AND position(%s IN query) > 0",
                    [IMPORT_LOCK, statement],
                ).fetchone()
                if seen:
                    return seen[0]
                time.sleep(0.002)
        pytest.fail("it never came so far")

    def is_left_clean(self) -> bool:
        """No import holds on, and no table of one is left."""
        ((locks, tables),) = self.asked(
            "SELECT (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s),"
            "       (SELECT count(*) FROM pg_class WHERE relpersistence = 't')",
            IMPORT_LOCK,
        )
        return locks == tables == 0


@pytest.fixture(scope="module")
def shop(home: Path) -> Iterator[Shop]:
    product = Product(home)
    with product.serving() as serving:
        serving.answer()
        yield Shop(product, serving)


def files(directory: Path, clients: int) -> Path:
    """Four files of as many rows each."""
    numbers = range(1, clients + 1)
    rows = {
        "customers": ("id,name", (f"{n},Иванов Иван {n}" for n in numbers)),
        "contacts": ("customer,kind,value", (f"{n},mobile,8916{n:07}" for n in numbers)),
        "vehicles": ("id,make,model,vin", (f"{n},Лада,Веста,XTA{n:014}" for n in numbers)),
        "ownerships": ("vehicle,customer", (f"{n},{n}" for n in numbers)),
    }
    for name, (header, lines) in rows.items():
        (directory / f"{name}.csv").write_text("\n".join([header, *lines]))
    return directory


def kill(*processes: psutil.Process) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):  # it went with its parent
            process.kill()


def test_an_import_killed_in_the_middle_leaves_nothing_and_starts_again(
    shop: Shop, tmp_path: Path
) -> None:
    directory = files(tmp_path, CLIENTS)
    before = shop.counts()

    for statement, victim in (
        (DERIVING, "importer"),
        (WRITING, "backend"),
        (DERIVING, "database"),
    ):
        importer = shop.product.start("import_data", str(directory), "--source", "killed")
        backend = psutil.Process(shop.importing(statement))
        server = shop.product.postmaster()
        assert server
        assert importer.poll() is None
        if victim == "importer":
            importer.kill()
        elif victim == "backend":
            kill(backend)
        else:
            kill(server, *server.children())
        _out, err = importer.communicate(timeout=GIVE_UP_AFTER)

        assert importer.returncode == (-9 if victim == "importer" else 1), victim
        assert "Traceback" not in err
        wait_for(shop.is_left_clean)
        assert shop.counts() == before, victim

    assert shop.product.run("rebuild_search", "--check")[0] == 0
    code, _out, err = shop.product.run("import_data", str(directory), "--source", "killed")

    assert code == 0, err
    after = shop.counts()
    for table in ("customers_counterparty", "customers_contact", "vehicles_vehicle"):
        assert after[table] - before[table] == CLIENTS
    assert after["armclients_searchcard"] == after["customers_counterparty"]
    assert shop.product.run("rebuild_search", "--check")[0] == 0


def test_a_run_whose_worker_is_killed_ends_refused_and_can_be_uploaded_again(
    shop: Shop, tmp_path: Path
) -> None:
    clients = CLIENTS // 2
    upload = UPLOAD.format(directory=str(files(tmp_path, clients)))
    before = shop.counts()["customers_counterparty"]

    def state(run: str) -> str:
        return shop.asked("SELECT state FROM armclients_importrun WHERE id = %s", int(run))[0][0]

    code, out, err = shop.product.run("shell", "-v0", "-c", upload)
    assert code == 0, err
    run, session = out.split()
    shop.importing(DERIVING)
    assert state(run) == "importing"
    killed = shop.serving.worker()
    kill(killed)
    wait_for(shop.is_left_clean)
    page = shop.product.page(f"/admin/armclients/importrun/{run}/change/", session)

    assert (page, state(run)) == (200, "refused")
    assert shop.counts()["customers_counterparty"] == before

    code, out, err = shop.product.run("shell", "-v0", "-c", upload)
    assert code == 0, err
    again, _session = out.split()
    wait_for(lambda: state(again) == "imported")

    assert shop.serving.worker().pid != killed.pid
    assert shop.counts()["customers_counterparty"] == before + clients
