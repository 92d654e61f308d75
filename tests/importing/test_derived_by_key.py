"""Deriving many rows reads each of their sources a few times, whatever the planner believes.

After an import that was only a trial PostgreSQL takes its tables for empty: it counted the rows
before they were there, or after they were gone again. A join over such a table costs nothing in its
eyes, and was once made for each of 20,000 vehicles.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

MANY = 300
# So often may one row of a source be read for one row derived.
A_FEW = 12
SOURCES = (
    "armclients_searchcard",
    "customers_contact",
    "customers_counterparty",
    "customers_discountcard",
    "orders_document",
    "orders_workline",
    "vehicles_vehicle",
    "vehicles_vehicleownership",
    "vehicles_vehicleplate",
)
ROWS = (
    """
    INSERT INTO customers_counterparty (id, kind, legal_form, name, full_name, inn, kpp, comment,
           attention, attention_text, source) OVERRIDING SYSTEM VALUE
    SELECT n, 'buyer', 'person', 'Клиент ' || n, '', '', '', '', '', '', ''
      FROM generate_series(1, %(many)s) AS n
    """,
    """
    INSERT INTO customers_contact (counterparty_id, kind, value, person, is_primary)
    SELECT n, 'mobile', '8916' || lpad(n::text, 7, '0'), '', true
      FROM generate_series(1, %(many)s) AS n
    """,
    """
    INSERT INTO vehicles_vehicle (id, trim, vin, body_number, colour, engine, gearbox, comment,
           source, lookup, is_owned) OVERRIDING SYSTEM VALUE
    SELECT n, '', 'XTA' || lpad(n::text, 14, '0'), '', '', '', '', '', '', '', false
      FROM generate_series(1, %(many)s) AS n
    """,
    """
    INSERT INTO vehicles_vehicleownership (vehicle_id, counterparty_id, role)
    SELECT n, n, 'owner' FROM generate_series(1, %(many)s) AS n
    """,
    """
    INSERT INTO vehicles_vehicleplate (vehicle_id, number)
    SELECT n, 'А' || lpad(n::text, 3, '0') || 'АА77' FROM generate_series(1, %(many)s) AS n
    """,
)


def run(sql: str, **params: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def taken_for_empty() -> None:
    """Tables full of rows that the planner knows nothing of."""
    for statement in ROWS:
        run(statement, many=MANY)
    run(
        "UPDATE pg_class SET relpages = 10, reltuples = 0 WHERE oid = ANY(%(tables)s::regclass[])",
        tables=list(SOURCES),
    )


def rows_read() -> dict[str, int]:
    return dict(
        run(
            "SELECT relname, seq_tup_read + coalesce(idx_tup_fetch, 0)"
            "  FROM pg_stat_xact_user_tables WHERE relname = ANY(%(tables)s)",
            tables=list(SOURCES),
        )
    )


@contextmanager
def reading_a_few_times() -> Iterator[None]:
    before = rows_read()
    yield
    read = {table: rows - before[table] for table, rows in rows_read().items()}
    assert {table: rows for table, rows in read.items() if rows > A_FEW * MANY} == {}


@pytest.mark.usefixtures("taken_for_empty")
@pytest.mark.parametrize(
    "function", ["vehicle_derive", "search_derive", "document_total", "document_paid"]
)
def test_sources_are_looked_up_by_key(function: str) -> None:
    with reading_a_few_times():
        run(f"SELECT {function}(array(SELECT generate_series(1::bigint, %(many)s)))", many=MANY)
