"""Each index earns its place: every one is paid for by every write and every import."""

import pytest
from django.db import connection

# Tables that Django lays out by itself, and those of some dozens of rows.
NOT_WORTH_IT = {
    "armclients_savedsearch",
    "armclients_user_groups",
    "customers_call_counterparties",
    "armclients_user_user_permissions",
    "orders_bay",
    "orders_workpackage_for_models",
    "orders_documentcounter",
    "orders_statechange",
    "orders_stock",
    "vehicles_vehiclemodel",
}


@pytest.mark.django_db
def test_no_index_is_the_beginning_of_another():
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT a.indrelid::regclass::text, a.indexrelid::regclass::text
              FROM pg_index a
              JOIN pg_index b ON b.indrelid = a.indrelid AND b.indexrelid <> a.indexrelid
              JOIN pg_class shorter ON shorter.oid = a.indexrelid
              JOIN pg_class longer ON longer.oid = b.indexrelid
             WHERE NOT a.indisunique AND shorter.relam = longer.relam
               AND a.indpred IS NULL AND b.indpred IS NULL AND a.indexprs IS NULL
               AND starts_with(b.indkey::text || ' ', a.indkey::text || ' ')
               AND starts_with(b.indclass::text || ' ', a.indclass::text || ' ')
               AND a.indrelid::regclass::text ~ '^(customers|vehicles|orders|armclients)_'
            """
        )
        spare = {index for table, index in cursor.fetchall() if table not in NOT_WORTH_IT}
    assert spare == set()
