"""What follows from imported rows: vehicles' identifiers, sums of documents, search rows."""

from django.db import connection

from armclients.importing.matching import Params, run
from armclients.importing.merging import WORTH_ANALYZING

BATCH = 20_000
# A document without lines keeps the total it came with.
WITH_LINES = """(
    SELECT i.id FROM import_document i
     WHERE EXISTS (SELECT FROM orders_workline l WHERE l.document_id = i.id)
        OR EXISTS (SELECT FROM orders_partline l WHERE l.document_id = i.id)) AS with_lines"""
# What the files fill beside their own tables.
BESIDE_THE_FILES = ("vehicles_vehicleplate", "orders_reserve", "orders_slot", "orders_payment")


def derive(params: Params) -> None:
    """Vehicles first, then documents, then the clients concerned."""
    if concerned() > WORTH_ANALYZING:
        # As `merge()` does for the rows of the files themselves.
        run(f"ANALYZE {', '.join(BESIDE_THE_FILES)}", params)
    in_batches("vehicle_derive", "import_vehicle", params)
    run(
        """
        INSERT INTO import_client
        SELECT o.counterparty_id FROM vehicles_vehicleownership o
         WHERE o.vehicle_id IN (SELECT id FROM import_vehicle)
        UNION ALL
        SELECT d.payer_id FROM orders_document d WHERE d.id IN (SELECT id FROM import_document)
        """,
        params,
    )
    run("SET LOCAL arm.derivations = ''", params)
    in_batches("document_total", WITH_LINES, params)
    in_batches("document_paid", "import_document", params)
    in_batches("search_derive", "import_client", params)


def concerned() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM import_client) + (SELECT count(*) FROM import_vehicle)"
        )
        return cursor.fetchone()[0]


def in_batches(function: str, table: str, params: Params) -> None:
    """The function has seen every key of the table, sorted, some thousands at a time."""
    run(
        f"""
        DO $$
        DECLARE batch bigint[];
        BEGIN
            FOR batch IN
                SELECT array_agg(id ORDER BY id) FROM (
                    SELECT id, (row_number() OVER (ORDER BY id) - 1) / {BATCH} AS part
                      FROM (SELECT DISTINCT id FROM {table} WHERE id IS NOT NULL) AS once
                ) AS parts GROUP BY part ORDER BY part
            LOOP
                PERFORM {function}(batch);
            END LOOP;
        END $$
        """,
        params,
    )
