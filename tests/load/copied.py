"""The rows of a base set aside and written again, one INSERT … SELECT a table."""

import time
from collections.abc import Callable, Iterator

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

APPS = ("customers", "vehicles", "orders", "armclients")
# What the importer leaves alone is not emptied: users have groups, a migration wrote rates of VAT.
LEFT_ALONE = {"armclients_user", "armclients_jumplink", "armclients_importrun", "orders_vatrate"}


def empty_base() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS bench, aside CASCADE; DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    call_command("migrate", interactive=False, verbosity=0)


def again(say: Callable[[str], None] | None) -> tuple[int, float]:
    """Rows and seconds of all INSERT … SELECT, each a transaction with all its checks."""
    tables = list(_in_order_of_reference())
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA aside")
        for table in tables:
            cursor.execute(f"CREATE TABLE aside.{table} AS TABLE {table}")
        cursor.execute(f"TRUNCATE {', '.join(tables)} CASCADE")
        cursor.execute("CHECKPOINT")
    rows, seconds = 0, 0.0
    for table in tables:
        begun = time.perf_counter()
        written = _written(table)
        took = time.perf_counter() - begun
        rows, seconds = rows + written, seconds + took
        if say and written:
            say(f"  {took:8.1f} s  {table}, {written:,} rows")
    return rows, seconds


def _in_order_of_reference() -> Iterator[str]:
    """Tables with rows, those referred to first; links that point up stay empty in an import."""
    models = {
        model._meta.db_table: model
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if model._meta.db_table not in LEFT_ALONE
        and model._meta.managed
        and not model._meta.db_table.endswith("history")
    }
    done: set[str] = set()

    def visited(table: str) -> Iterator[str]:
        if table in done:
            return
        done.add(table)
        for field in models[table]._meta.local_fields:
            if field.related_model and field.related_model._meta.db_table in models:
                yield from visited(field.related_model._meta.db_table)
        yield table

    for table in models:
        yield from visited(table)


def _written(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)"
            "  FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'",
            [table],
        )
        (columns,) = cursor.fetchone()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL arm.derivations = 'suspended'")
        cursor.execute(
            f"INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE"
            f" SELECT {columns} FROM aside.{table}"
        )
        return cursor.rowcount
