"""What goes out beside documents: carts, and lower floors' facts that mention a document."""

from dataclasses import replace

from armclients.kit.fileselect import FileSelect, filled, identifier, plain, with_offset
from customers import export_files as customers
from orders.import_mentions import FILE_OF
from vehicles import export_files as vehicles

CUSTOMER = "coalesce(d.counterparty_id, d.payer_id)"
# Of all but requests the files require a customer.
REACHES_A_FILE = f"(d.kind = 'repair_request' OR {CUSTOMER} IS NOT NULL)"

# With the name of its file, because a document of another kind may be called the same.
FILE_OF_KIND = " ".join(f"WHEN '{kind}' THEN '{file}:'" for kind, file in FILE_OF.items())
MENTIONED = f"""
    CASE WHEN {REACHES_A_FILE} THEN CASE d.kind {FILE_OF_KIND} END || {identifier("d")} END
"""
# The same of a second document that a row mentions.
DONE_BY = f"""
    CASE WHEN j.kind = 'repair_request' OR coalesce(j.counterparty_id, j.payer_id) IS NOT NULL
         THEN CASE j.kind {FILE_OF_KIND} END || {identifier("j")} END
"""

EVENTS = replace(
    customers.EVENTS,
    cells={**customers.EVENTS.cells, "document": MENTIONED},
    rows=f"""
        {customers.EVENTS.rows}
        LEFT JOIN orders_document d ON d.id = e.document_id
        ORDER BY e.id
    """,
)

# Of a day's work orders on a vehicle the import lets the first with the highest mileage read it.
ODOMETER = replace(
    vehicles.ODOMETER,
    cells={**vehicles.ODOMETER.cells, "document": MENTIONED},
    rows=f"""
        {vehicles.ODOMETER.rows}
        LEFT JOIN orders_document d ON d.id = r.document_id
        LEFT JOIN (SELECT DISTINCT ON (d.vehicle_id, d.date) d.id, d.vehicle_id, d.date,
                          w.mileage_km AS km
                     FROM orders_document d JOIN orders_workorder w ON w.document_ptr_id = d.id
                    WHERE w.mileage_km IS NOT NULL AND {REACHES_A_FILE}
                    ORDER BY d.vehicle_id, d.date, w.mileage_km DESC, d.id) AS read
               ON read.id = r.document_id AND read.vehicle_id = r.vehicle_id
              AND read.date = r.taken_on AND read.km = r.km AND r.author_id IS NULL
        WHERE read.id IS NULL ORDER BY r.id
    """,
)

DEFERRED = FileSelect(
    "deferred",
    {
        "id": identifier("w"),
        "vehicle": identifier("v"),
        "name": filled("w.name"),
        "noted_at": with_offset("w.noted_at"),
        **plain("w", "origin", "code", "norm_hours"),
        "labor": f"CASE WHEN l.id IS NOT NULL THEN {identifier('l')} END",
        "part": f"CASE WHEN p.id IS NOT NULL THEN {identifier('p')} END",
        **plain("w", "quantity", "price"),
        "document": MENTIONED,
        "author": "a.username",
        **plain("w", "due_on", "due_km"),
        "done_by": DONE_BY,
        "dropped_at": with_offset("w.dropped_at"),
        "dropped_by": "b.username",
        "why": "w.why",
    },
    """
    orders_deferredwork w JOIN vehicles_vehicle v ON v.id = w.vehicle_id
    LEFT JOIN orders_labor l ON l.id = w.labor_id
    LEFT JOIN orders_part p ON p.id = w.part_id
    LEFT JOIN orders_document d ON d.id = w.document_id
    LEFT JOIN orders_document j ON j.id = w.done_by_id
    LEFT JOIN armclients_user a ON a.id = w.author_id
    LEFT JOIN armclients_user b ON b.id = w.dropped_by_id
    ORDER BY w.id
    """,
)
