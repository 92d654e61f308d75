"""The base: :size clients and all that hangs on them, made once and kept."""

import time
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection, transaction

from armclients.demo import makes, parts
from armclients.demo.tables import words as words_of
from armclients.models import User
from armclients.workstation import rebuild
from orders.models import Branch, Part, RepairKind, Stock, Warehouse
from tests.load import words
from vehicles.models import Make, VehicleModel

FILL = Path(__file__).with_name("fill.sql")
USERNAME, PASSWORD = "user{}", "bench"
BATCH = 50_000
# Where a plain ModelAdmin looks with `icontains`; the product itself has no use for these.
INDEXES_OF_ADMIN = {
    "bench_name": "customers_counterparty (upper(name::text) gin_trgm_ops)",
    "bench_contact": "customers_contact (upper(value::text) gin_trgm_ops)",
    "bench_vin": "vehicles_vehicle (upper(vin::text) gin_trgm_ops)",
    "bench_plate": "vehicles_vehicleplate (upper(number::text) gin_trgm_ops)",
}


def proportions(size: int) -> dict[str, int]:
    """How many rows of each, drawn before the few that find no owner fall away."""
    return {
        "size": size,
        "vehicles": size * 13 // 10,
        "orders": size,
        "work_orders": size * 3 // 2,
        "bookings": size * 3 // 10,
        "events": size * 3 // 2,
        "fleet_every": 5000,
        "parts": len(parts.CATALOGUE),
    }


def prepare(size: int, say: Callable[[str], None]) -> None:
    """The base is there and complete; what an interrupted run left is thrown away."""
    seal = settings.DATA_DIR / "base.complete"
    recipe = blake2b(b"".join(path.read_bytes() for path in _recipe())).hexdigest()
    if seal.exists() and seal.read_text() == recipe:
        say(f"the base of {size:,} clients is there already")
        return
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS bench CASCADE; DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    call_command("migrate", interactive=False, verbosity=0)
    for title in _filled(size):
        say(f"  {time.perf_counter() - begun:6.0f} s  {title}")
    seal.write_text(recipe)


def counts() -> dict[str, int]:
    """Rows of the tables that matter, for the head of the report."""
    tables = words_of("""
        customers_counterparty customers_contact customers_discountcard vehicles_vehicle
        vehicles_vehicleownership orders_document orders_workline orders_partline orders_payment
        orders_slot customers_event armclients_searchcard
    """)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, reltuples::bigint FROM pg_class"
            " WHERE relname = ANY(%s) AND relkind = 'r' ORDER BY 2 DESC",
            [tables],
        )
        return dict(cursor.fetchall())


def _recipe() -> Iterator[Path]:
    yield from (FILL, Path(__file__), Path(words.__file__))


def _filled(size: int) -> Iterator[str]:
    """Fills the empty base and says what was just done. What triggers derive comes last."""
    with transaction.atomic(), connection.cursor() as cursor:
        _dictionaries()
        yield "dictionaries and users"
        for statement in words.functions():
            cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL synchronous_commit = off")
        cursor.execute("SET LOCAL arm.derivations = 'suspended'")
        # Row triggers and foreign keys rest too: the rows are right by construction.
        cursor.execute("SET LOCAL session_replication_role = replica")
        blanks = _blanks()
        for table, column in blanks:
            cursor.execute(f"ALTER TABLE {table} ALTER {column} SET DEFAULT ''")
        for title, statements in _steps(size):
            cursor.execute(statements)
            yield title
        for table, column in blanks:
            cursor.execute(f"ALTER TABLE {table} ALTER {column} DROP DEFAULT")
        _number_on()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL arm.derivations = 'suspended'")
        cursor.execute("ANALYZE")
        for first in range(1, proportions(size)["vehicles"] + 1, BATCH):
            cursor.execute(
                "SELECT vehicle_derive(array(SELECT generate_series(%s::bigint, %s)))",
                [first, first + BATCH - 1],
            )
        yield "what vehicles are found by"
    rebuild.rebuild()
    yield "search rows"
    with connection.cursor() as cursor:
        for name, where in INDEXES_OF_ADMIN.items():
            cursor.execute(f"CREATE INDEX {name} ON {where.replace(' (', ' USING gin (')}")
        yield "trigram indexes for Django admin"
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("DROP SCHEMA bench CASCADE")
    yield "vacuum"


def _steps(size: int) -> Iterator[tuple[str, str]]:
    source = FILL.read_text()
    for name, value in sorted(proportions(size).items(), key=lambda each: -len(each[0])):
        source = source.replace(f":{name}", f"{value}::bigint")
    for step in source.split("-- == ")[1:]:
        title, statements = step.split("\n", 1)
        yield title, statements


def _dictionaries() -> None:
    """What the rows of fill.sql refer to by key: all keys count from one."""
    password = make_password(PASSWORD)
    staff = User.objects.bulk_create(
        User(
            pk=n,
            username=USERNAME.format(n),
            password=password,
            full_name=f"Сотрудник {n}",
        )
        for n in range(1, words.STAFF + 1)
    )
    Group.objects.get(name="manager").user_set.set(staff)
    Branch.objects.create(pk=1, name="Центральный офис", prefix="ЦОА")
    RepairKind.objects.create(pk=1, name="Слесарный ремонт")
    Warehouse.objects.create(pk=1, name="Основной")
    for n, (article, maker, name, _group, unit, price) in enumerate(parts.CATALOGUE, 1):
        Part.objects.create(
            pk=n, article=article, manufacturer=maker, name=name, unit=unit, price=price
        )
        Stock.objects.create(pk=n, part_id=n, warehouse_id=1, quantity=10_000_000)
    for n, (make, model, *_) in enumerate(makes.MODELS, 1):
        maker, _created = Make.objects.get_or_create(name=make)
        VehicleModel.objects.create(pk=n, make=maker, name=model)


def _blanks() -> list[tuple[str, str]]:
    """Text columns that Django fills with "" and plain SQL would have to name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND is_nullable = 'NO' AND column_default IS NULL"
            "   AND data_type IN ('text', 'character varying') AND is_generated = 'NEVER'"
            "   AND table_name ~ '^(customers|vehicles|orders)_' AND table_name !~ 'history$'"
        )
        return cursor.fetchall()


def _number_on() -> None:
    """New rows are numbered after those that were written with their keys."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND column_name = 'id' AND is_identity = 'YES'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
                " HAVING max(id) IS NOT NULL"
            )
