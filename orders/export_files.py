"""What of this floor goes out, and into which file."""

from django.utils.translation import gettext_lazy as _

from armclients.kit.fileselect import (
    FileSelect,
    LeftOut,
    filled,
    identifier,
    on_wall,
    plain,
)
from orders.import_settlements import FILE_OF

BRANCHES = FileSelect(
    "branches",
    {"id": identifier("b"), **plain("b", "name", "prefix", "timezone")},
    "orders_branch b ORDER BY b.id",
)

PARTS = FileSelect(
    "parts",
    {
        "id": identifier("p"),
        "article": filled("p.article"),
        "manufacturer": "p.manufacturer",
        "name": filled("p.name"),
        **plain("p", "unit", "price"),
    },
    "orders_part p ORDER BY p.id",
)

STOCK = FileSelect(
    "stock",
    {"part": identifier("p"), "warehouse": "w.name", "quantity": "s.quantity"},
    """
    orders_stock s
    JOIN orders_part p ON p.id = s.part_id
    JOIN orders_warehouse w ON w.id = s.warehouse_id
    ORDER BY s.id
    """,
)

# Documents

CUSTOMER = "coalesce(d.counterparty_id, d.payer_id)"
BOOKED = """
    JOIN orders_branch b ON b.id = d.branch_id
    LEFT JOIN customers_counterparty c ON c.id = coalesce(d.counterparty_id, d.payer_id)
    LEFT JOIN vehicles_vehicle v ON v.id = d.vehicle_id
    LEFT JOIN armclients_user a ON a.id = d.author_id
    LEFT JOIN armclients_user m ON m.id = d.manager_id
"""
STANDS_OUT = {"author": "a.username", "manager": "m.username"}
# The payment that the column `paid` makes, when it is all that is known of the document's money.
IS_PAID_COLUMN = """
    (d.source = %(source)s AND y.source = %(source)s
     AND y.source_id = 'paid:' || d.kind || ':' || d.source_id AND y.date = d.date
     AND y.direction = 'in' AND y.method = 'cash' AND y.state = 'posted'
     AND NOT EXISTS (SELECT FROM orders_payment o WHERE o.document_id = y.document_id
                        AND o.state = 'posted' AND o.id <> y.id))
"""
PAID = f"LEFT JOIN orders_payment y ON y.document_id = d.id AND {IS_PAID_COLUMN}"


def total(*tables: str) -> str:
    """Only of documents whose lines do not go out: those of the others add up to it."""
    lines = " OR ".join(
        f"EXISTS (SELECT FROM {table} l WHERE l.document_id = d.id)" for table in tables
    )
    return f"CASE WHEN NOT ({lines}) THEN d.total END"


def of_nobody(kind: str) -> str:
    return f"orders_document d WHERE d.kind = '{kind}' AND {CUSTOMER} IS NULL"


ORDERS = FileSelect(
    "orders",
    {
        "id": identifier("d"),
        "customer": identifier("c"),
        **plain("d", "date", "state", "number"),
        "branch": identifier("b"),
        "vehicle": identifier("v"),
        **STANDS_OUT,
        "total": total("orders_partline"),
        "paid": "y.amount",
    },
    f"""
    orders_document d {BOOKED} {PAID}
    WHERE d.kind = 'customer_order' AND c.id IS NOT NULL ORDER BY d.id
    """,
    left_out=(
        LeftOut(
            _("%(count)s orders without a customer: the file requires one"),
            of_nobody("customer_order"),
        ),
        LeftOut(
            _("who pays for %(count)s orders: the file knows only the customer"),
            """orders_document d WHERE d.kind = 'customer_order'
                AND d.payer_id <> d.counterparty_id""",
        ),
    ),
)

REQUESTS = FileSelect(
    "requests",
    {
        "id": identifier("d"),
        **plain("d", "date", "state"),
        "operation": "r.operation",
        "number": "d.number",
        "branch": identifier("b"),
        "customer": identifier("c"),
        **plain("r", "customer_text", "contact_phone"),
        "vehicle": identifier("v"),
        "start": on_wall("s.start_at", "b.timezone"),
        "end": on_wall("s.end_at", "b.timezone"),
        "bay": "y.name",
        "repair_kind": "k.name",
        "reason": "r.reason",
        **STANDS_OUT,
    },
    f"""
    orders_document d JOIN orders_repairrequest r ON r.document_ptr_id = d.id {BOOKED}
    LEFT JOIN (SELECT DISTINCT ON (request_id) * FROM orders_slot ORDER BY request_id, id) s
           ON s.request_id = d.id
    LEFT JOIN orders_bay y ON y.id = s.bay_id
    LEFT JOIN orders_repairkind k ON k.id = r.repair_kind_id
    ORDER BY d.id
    """,
    left_out=(
        LeftOut(
            _("%(count)s further slots of requests: the file has room for one"),
            """orders_slot s WHERE EXISTS (
                SELECT FROM orders_slot o WHERE o.request_id = s.request_id AND o.id < s.id)""",
        ),
    ),
)

WORK_ORDERS = FileSelect(
    "work_orders",
    {
        "id": identifier("d"),
        "customer": identifier("c"),
        **plain("d", "date", "state", "number"),
        "branch": identifier("b"),
        # Whoever pays for themselves is not named twice.
        "payer": f"CASE WHEN d.payer_id <> {CUSTOMER} THEN {identifier('p')} END",
        "vehicle": identifier("v"),
        "request": identifier("q"),
        "repair_kind": "k.name",
        "master": "g.username",
        **STANDS_OUT,
        "mileage": "w.mileage_km",
        "planned_handover": on_wall("w.planned_handover_at", "b.timezone"),
        "total": total("orders_workline", "orders_partline"),
        "paid": "y.amount",
    },
    f"""
    orders_document d JOIN orders_workorder w ON w.document_ptr_id = d.id {BOOKED} {PAID}
    LEFT JOIN customers_counterparty p ON p.id = d.payer_id
    LEFT JOIN orders_document q ON q.id = w.request_id
    LEFT JOIN orders_repairkind k ON k.id = w.repair_kind_id
    LEFT JOIN armclients_user g ON g.id = w.master_id
    WHERE c.id IS NOT NULL ORDER BY d.id
    """,
    left_out=(
        LeftOut(
            _("%(count)s work orders without a customer: the file requires one"),
            of_nobody("work_order"),
        ),
    ),
)

# Lines

# Of before 2019 the rate of 18 % has no word in the files: the document's date says it.
VAT = """
    CASE WHEN l.vat_percent IS NULL THEN 'none'
         WHEN l.vat_percent IN (0, 5, 7, 10, 20, 22) THEN l.vat_percent::text END
"""


def goods(name: str, column: str, kind: str, *, left_out: tuple[LeftOut, ...] = ()) -> FileSelect:
    """Parts on documents, with what they hold and where."""
    return FileSelect(
        name,
        {
            column: identifier("d"),
            "part": identifier("p"),
            **plain("l", "quantity", "price"),
            "vat": VAT,
            "reserved": "CASE WHEN r.id IS NOT NULL THEN least(r.quantity, l.quantity) END",
            "warehouse": "coalesce(h.name, w.name)",
        },
        f"""
        orders_partline l
        JOIN orders_document d ON d.id = l.document_id
         AND d.kind = '{kind}' AND {CUSTOMER} IS NOT NULL
        JOIN orders_part p ON p.id = l.part_id
        LEFT JOIN orders_warehouse w ON w.id = l.warehouse_id
        LEFT JOIN orders_reserve r ON r.line_id = l.id
        LEFT JOIN orders_stock s ON s.id = r.stock_id
        LEFT JOIN orders_warehouse h ON h.id = s.warehouse_id
        ORDER BY l.document_id, l.position, l.id
        """,
        left_out,
    )


ORDER_LINES = goods(
    "order_lines",
    "order",
    "customer_order",
    left_out=(
        LeftOut(
            _("%(count)s works of customer orders: no file has room for them"),
            """orders_workline l JOIN orders_document d ON d.id = l.document_id
                WHERE d.kind = 'customer_order'""",
        ),
        LeftOut(
            _("%(count)s lines of repair requests: no file has room for them"),
            """(SELECT document_id FROM orders_partline
                UNION ALL SELECT document_id FROM orders_workline) l
                JOIN orders_document d ON d.id = l.document_id WHERE d.kind = 'repair_request'""",
        ),
    ),
)
WORK_ORDER_PARTS = goods("work_order_parts", "work_order", "work_order")

WORK_ORDER_WORKS = FileSelect(
    "work_order_works",
    {
        "work_order": identifier("d"),
        "name": filled("l.name"),
        **plain("l", "code", "norm_hours", "quantity", "price"),
        "vat": VAT,
        "performer": "u.username",
    },
    f"""
    orders_workline l
    JOIN orders_document d ON d.id = l.document_id
     AND d.kind = 'work_order' AND {CUSTOMER} IS NOT NULL
    LEFT JOIN armclients_user u ON u.id = l.performer_id
    ORDER BY l.document_id, l.position, l.id
    """,
)

# Settlements

FILE_OF_KIND = " ".join(f"WHEN '{kind}' THEN '{file}:'" for kind, file in FILE_OF.items())

PAYMENTS = FileSelect(
    "payments",
    {
        # With the name of its file where a document of another kind is called the same.
        "document": f"""
            CASE WHEN n.source_id IS NULL THEN '' ELSE CASE d.kind {FILE_OF_KIND} END END
            || {identifier("d")}
        """,
        "date": "y.date",
        "amount": "CASE y.direction WHEN 'in' THEN y.amount ELSE -y.amount END",
        "method": "y.method",
    },
    f"""
    orders_payment y JOIN orders_document d ON d.id = y.document_id
    LEFT JOIN (SELECT source_id FROM orders_document WHERE source = %(source)s
                GROUP BY source_id HAVING count(*) > 1) AS n
           ON n.source_id = d.source_id AND d.source = %(source)s
    WHERE y.state = 'posted' AND NOT {IS_PAID_COLUMN}
      AND (d.kind = 'repair_request' OR {CUSTOMER} IS NOT NULL)
    ORDER BY y.id
    """,
    left_out=(
        LeftOut(
            _("%(count)s cancelled payments: they count nowhere"),
            "orders_payment y WHERE y.state <> 'posted'",
        ),
    ),
)

# Money that names no document: what was owed at the beginning, less what has come in since.
BALANCES = FileSelect(
    "balances",
    {"customer": identifier("c"), "amount": "t.amount"},
    """
    (SELECT counterparty_id, sum(amount) AS amount
       FROM (SELECT counterparty_id, amount FROM orders_openingbalance
             UNION ALL
             SELECT counterparty_id, CASE direction WHEN 'in' THEN -amount ELSE amount END
               FROM orders_payment WHERE document_id IS NULL AND state = 'posted') AS known
      GROUP BY counterparty_id HAVING sum(amount) <> 0) AS t
    JOIN customers_counterparty c ON c.id = t.counterparty_id
    ORDER BY c.id
    """,
)

FILES = (
    BRANCHES,
    PARTS,
    STOCK,
    ORDERS,
    REQUESTS,
    WORK_ORDERS,
    ORDER_LINES,
    WORK_ORDER_WORKS,
    WORK_ORDER_PARTS,
    PAYMENTS,
    BALANCES,
)
