"""What of this floor goes out, and into which file."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from armclients.kit.fileselect import (
    FileSelect,
    LeftOut,
    filled,
    identifier,
    on_wall,
    plain,
    with_offset,
)
from orders.export_facts import (
    CUSTOMER,
    DEFERRED,
    EVENTS,
    FILE_OF_KIND,
    MENTIONED,
    ODOMETER,
    REACHES_A_FILE,
)

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
        **plain("p", "unit", "price", "cost"),
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

BOOKED = """
    JOIN orders_branch b ON b.id = d.branch_id
    LEFT JOIN customers_counterparty c ON c.id = coalesce(d.counterparty_id, d.payer_id)
    LEFT JOIN vehicles_vehicle v ON v.id = d.vehicle_id
    LEFT JOIN armclients_user a ON a.id = d.author_id
    LEFT JOIN armclients_user m ON m.id = d.manager_id
    LEFT JOIN customers_counterparty p ON p.id = d.payer_id
    LEFT JOIN orders_document made_from ON made_from.id = d.base_id
"""
# The document it was made from, with the name of its file.
BASE = f"""
    CASE WHEN made_from.kind = 'repair_request'
           OR coalesce(made_from.counterparty_id, made_from.payer_id) IS NOT NULL
         THEN CASE made_from.kind {FILE_OF_KIND} END || {identifier("made_from")} END
"""
STANDS_OUT = {"author": "a.username", "manager": "m.username"}
# Whoever pays for themselves is not named twice.
PAYER = f"CASE WHEN d.payer_id <> {CUSTOMER} THEN {identifier('p')} END"
FURTHER = {"comment": "d.comment", "created_at": with_offset("d.created_at")}
# The payment that the column `paid` makes, when it is all that is known of the document's money.
IS_PAID_COLUMN = """
    (y.source = d.source
     AND y.source_id = 'paid:' || d.kind || ':' || d.source_id AND y.date = d.date
     AND y.direction = 'in' AND y.method = 'cash' AND y.state = 'posted'
     AND y.receipt_number = '' AND y.author_id IS NULL
     AND y.counterparty_id = coalesce(d.payer_id, d.counterparty_id)
     AND NOT EXISTS (SELECT FROM orders_payment o
                      WHERE o.document_id = y.document_id AND o.id <> y.id))
"""
# Of whom or for what the money is.
IS_SAID = f"CASE WHEN d.id IS NULL THEN y.counterparty_id IS NOT NULL ELSE {REACHES_A_FILE} END"
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
        "total": total("orders_workline", "orders_partline"),
        "paid": "y.amount",
        "payer": PAYER,
        **FURTHER,
        "expected_on": "o.expected_on",
        "notified_at": with_offset("o.notified_at"),
        "base": BASE,
    },
    f"""
    orders_document d JOIN orders_customerorder o ON o.document_ptr_id = d.id {BOOKED} {PAID}
    WHERE c.id IS NOT NULL ORDER BY d.id
    """,
    left_out=(
        LeftOut(
            _("%(count)s orders without a customer: the file requires one"),
            of_nobody("customer_order"),
        ),
    ),
)

# A request's only slot stands beside it; several stand in a file of their own.
ONE_OF_MANY = """
    EXISTS (SELECT FROM orders_slot o WHERE o.request_id = s.request_id AND o.id <> s.id)
"""

REQUESTS = FileSelect(
    "requests",
    {
        "id": identifier("d"),
        **plain("d", "date", "state"),
        "operation": "r.operation",
        "number": "d.number",
        "branch": identifier("b"),
        "customer": f"CASE WHEN d.counterparty_id IS NOT NULL THEN {identifier('c')} END",
        **plain("r", "customer_text", "contact_phone"),
        "vehicle": identifier("v"),
        "start": on_wall("s.start_at", "b.timezone"),
        "end": on_wall("s.end_at", "b.timezone"),
        "bay": "y.name",
        "repair_kind": "k.name",
        "reason": "r.reason",
        **STANDS_OUT,
        "payer": f"CASE WHEN d.payer_id IS DISTINCT FROM d.counterparty_id"
        f" THEN {identifier('p')} END",
        **FURTHER,
        "total": total("orders_workline", "orders_partline"),
        "master": "g.username",
        "base": BASE,
        **plain("r", "vehicle_text", "stay"),
    },
    f"""
    orders_document d JOIN orders_repairrequest r ON r.document_ptr_id = d.id {BOOKED}
    LEFT JOIN orders_slot s ON s.request_id = d.id AND NOT {ONE_OF_MANY}
    LEFT JOIN orders_bay y ON y.id = s.bay_id
    LEFT JOIN orders_repairkind k ON k.id = r.repair_kind_id
    LEFT JOIN armclients_user g ON g.id = s.master_id
    ORDER BY d.id
    """,
)

SLOTS = FileSelect(
    "slots",
    {
        "request": identifier("d"),
        "start": with_offset("s.start_at"),
        "end": with_offset("s.end_at"),
        "bay": "y.name",
        "master": "g.username",
    },
    f"""
    orders_slot s JOIN orders_document d ON d.id = s.request_id
    LEFT JOIN orders_bay y ON y.id = s.bay_id
    LEFT JOIN armclients_user g ON g.id = s.master_id
    WHERE {ONE_OF_MANY} ORDER BY s.id
    """,
)

WORK_ORDERS = FileSelect(
    "work_orders",
    {
        "id": identifier("d"),
        "customer": identifier("c"),
        **plain("d", "date", "state", "number"),
        "branch": identifier("b"),
        "payer": PAYER,
        "vehicle": identifier("v"),
        "request": identifier("q"),
        "repair_kind": "k.name",
        "master": "g.username",
        **STANDS_OUT,
        "mileage": "w.mileage_km",
        "planned_handover": on_wall("w.planned_handover_at", "b.timezone"),
        "total": total("orders_workline", "orders_partline"),
        "paid": "y.amount",
        **FURTHER,
        "notified_at": with_offset("w.notified_at"),
        "base": f"CASE WHEN q.id IS NULL THEN {BASE} END",
    },
    f"""
    orders_document d JOIN orders_workorder w ON w.document_ptr_id = d.id {BOOKED} {PAID}
    LEFT JOIN orders_document q ON q.id = d.base_id AND q.kind = 'repair_request'
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

VAT_HAS_A_WORD = "l.vat_percent IN (0, 5, 7, 10, 18, 20, 22)"
VAT = f"""
    CASE WHEN l.vat_percent IS NULL THEN 'none' WHEN {VAT_HAS_A_WORD} THEN l.vat_percent::text END
"""


DISCOUNT = "nullif(l.discount_percent, 0)"


def of_documents(kind: str) -> str:
    return f"""
        JOIN orders_document d ON d.id = l.document_id
         AND d.kind = '{kind}' AND {REACHES_A_FILE}
    """


def goods(name: str, column: str, kind: str) -> FileSelect:
    """Parts on documents, with what they hold and where."""
    return FileSelect(
        name,
        {
            column: identifier("d"),
            "part": identifier("p"),
            **plain("l", "quantity", "price"),
            "vat": VAT,
            "reserved": "CASE WHEN r.id IS NOT NULL THEN least(r.quantity, l.quantity) END",
            "warehouse": "w.name",
            "reserved_in": "CASE WHEN h.id <> coalesce(w.id, 0) THEN h.name END",
            "discount": DISCOUNT,
            "on_order": "nullif(l.ordered, 0)",
            "expected_on": "l.expected_on",
        },
        f"""
        orders_partline l {of_documents(kind)}
        JOIN orders_part p ON p.id = l.part_id
        LEFT JOIN orders_warehouse w ON w.id = l.warehouse_id
        LEFT JOIN orders_reserve r ON r.line_id = l.id
        LEFT JOIN orders_stock s ON s.id = r.stock_id
        LEFT JOIN orders_warehouse h ON h.id = s.warehouse_id
        ORDER BY l.document_id, l.position, l.id
        """,
    )


ORDER_LINES = replace(
    goods("order_lines", "order", "customer_order"),
    left_out=(
        LeftOut(
            _("%(count)s VAT rates of lines of any document: the standard one replaces them"),
            f"""(SELECT FROM orders_partline l WHERE NOT {VAT_HAS_A_WORD}
                UNION ALL SELECT FROM orders_workline l WHERE NOT {VAT_HAS_A_WORD}) AS unknown""",
        ),
    ),
)
REQUEST_PARTS = goods("request_parts", "request", "repair_request")
WORK_ORDER_PARTS = goods("work_order_parts", "work_order", "work_order")


def works(name: str, column: str, kind: str) -> FileSelect:
    """Works on documents."""
    return FileSelect(
        name,
        {
            column: identifier("d"),
            "name": filled("l.name"),
            **plain("l", "code", "norm_hours", "quantity", "price"),
            "vat": VAT,
            "performer": "u.username",
            "discount": DISCOUNT,
            "labor": f"CASE WHEN a.id IS NOT NULL THEN {identifier('a')} END",
            "tire_set": f"CASE WHEN t.id IS NOT NULL THEN {identifier('t')} END",
            "stored_until": "l.stored_until",
        },
        f"""
        orders_workline l {of_documents(kind)}
        LEFT JOIN armclients_user u ON u.id = l.performer_id
        LEFT JOIN orders_labor a ON a.id = l.labor_id
        LEFT JOIN vehicles_tireset t ON t.id = l.tire_set_id
        ORDER BY l.document_id, l.position, l.id
        """,
    )


ORDER_WORKS = works("order_works", "order", "customer_order")
REQUEST_WORKS = works("request_works", "request", "repair_request")
WORK_ORDER_WORKS = works("work_order_works", "work_order", "work_order")

# Settlements

PAYMENTS = FileSelect(
    "payments",
    {
        "document": MENTIONED,
        "date": "y.date",
        "amount": "CASE y.direction WHEN 'in' THEN y.amount ELSE -y.amount END",
        "method": "y.method",
        "id": identifier("y"),
        # Whoever pays for a document of their own is not named twice.
        "customer": f"""
            CASE WHEN c.id IS DISTINCT FROM coalesce(d.payer_id, d.counterparty_id)
                 THEN {identifier("c")} END
        """,
        "receipt_number": "y.receipt_number",
        "author": "a.username",
        "state": "y.state",
    },
    f"""
    orders_payment y
    LEFT JOIN orders_document d ON d.id = y.document_id
    LEFT JOIN customers_counterparty c ON c.id = y.counterparty_id
    LEFT JOIN armclients_user a ON a.id = y.author_id
    WHERE {IS_SAID} AND {IS_PAID_COLUMN} IS NOT TRUE
    ORDER BY y.id
    """,
    left_out=(
        LeftOut(
            _("%(count)s payments that name neither a client nor a document with one"),
            f"""orders_payment y LEFT JOIN orders_document d ON d.id = y.document_id
                WHERE NOT {IS_SAID}""",
        ),
    ),
)

BALANCES = FileSelect(
    "balances",
    {"customer": identifier("c"), "amount": "t.amount"},
    """
    orders_openingbalance t JOIN customers_counterparty c ON c.id = t.counterparty_id
    ORDER BY t.id
    """,
)

FILES = (
    BRANCHES,
    PARTS,
    STOCK,
    ORDERS,
    REQUESTS,
    SLOTS,
    WORK_ORDERS,
    ORDER_LINES,
    ORDER_WORKS,
    REQUEST_WORKS,
    REQUEST_PARTS,
    WORK_ORDER_WORKS,
    WORK_ORDER_PARTS,
    PAYMENTS,
    BALANCES,
    EVENTS,
    ODOMETER,
    DEFERRED,
)
