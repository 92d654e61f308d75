"""The files of this floor: branches, parts and stock, documents and their lines."""

from django.utils.translation import gettext_lazy as _

from armclients.kit.columns import (
    Code,
    Date,
    Identifier,
    Integer,
    Moment,
    Money,
    Quantity,
    Text,
    Zone,
)
from armclients.kit.fileformat import (
    BY_SOURCE,
    ID,
    IN_SOURCE,
    SOURCED,
    Check,
    Column,
    FileFormat,
    Kept,
    Reference,
    Target,
    Touch,
    at_zone,
    by_name,
    kept,
    same,
    text,
)
from customers.import_files import A_CLIENT, A_USER, A_VEHICLE
from orders import import_bays as bays
from orders import import_reserves as reserves
from orders import import_rules as rules
from orders import import_settlements as settlements
from orders import states
from orders.models import RepairRequest

FIRST_BRANCH = rules.FIRST_BRANCH
MAKE_FIRST_BRANCH = rules.MAKE_FIRST_BRANCH

A_BRANCH = Reference("orders_branch", IN_SOURCE, file="branches")
A_PART = Reference("orders_part", IN_SOURCE, file="parts")
A_WAREHOUSE = by_name("orders_warehouse")
A_REPAIR_KIND = by_name("orders_repairkind")


def a_document(file: str, kind: str) -> Reference:
    return Reference("orders_document", f"{{t}}.kind = '{kind}' AND {IN_SOURCE}", file=file)


BRANCHES = FileFormat(
    "branches",
    columns=(
        Column("id", ID, required=True),
        Column("name", Text(100), required=True),
        Column("prefix", Text(10)),
        Column("timezone", Zone()),
    ),
    key="id",
    found_by=BY_SOURCE,
    # A branch made by hand before the import is the shop's own one of that name.
    prepare=(rules.ADOPT_OWN_BRANCHES,),
    completed={"zone": "coalesce(s.timezone, t.timezone, %(zone)s)"},
    conflicts=(Check("name", _("another branch has this name"), rows=rules.BRANCH_NAME_TAKEN),),
    targets=(
        Target(
            "orders_branch",
            {
                "name": "m.name",
                "prefix": Kept("m.prefix", "''"),
                "timezone": "m.zone",
            },
            at_first=SOURCED,
        ),
    ),
)

PARTS = FileFormat(
    "parts",
    columns=(
        Column("id", ID, required=True),
        Column("article", Text(60), required=True),
        Column("manufacturer", Text(100)),
        Column("name", Text(300), required=True),
        Column("unit", Text(20)),
        Column("price", Money),
        Column("cost", Money),
    ),
    key="id",
    found_by=BY_SOURCE,
    targets=(
        Target(
            "orders_part",
            {
                **text("article", "manufacturer", "name", "unit"),
                **same("price"),
                **kept("cost", new="NULL::numeric"),
            },
            at_first=SOURCED,
        ),
    ),
)

STOCK = FileFormat(
    "stock",
    columns=(
        Column("part", ID, required=True, refers=A_PART),
        Column("warehouse", Text(100), required=True, refers=A_WAREHOUSE),
        Column("quantity", Quantity, required=True),
    ),
    key="part_id, warehouse_id",
    found_by="t.part_id = s.part_id AND t.warehouse_id = s.warehouse_id",
    targets=(
        Target(
            "orders_stock",
            {},
            at_first={**same("part_id", "warehouse_id", "quantity"), "reserved": "0"},
        ),
    ),
    after=reserves.SET_STOCK,
    finish=reserves.SET_STOCK,
    late_checks=(reserves.STOCK_IS_RESERVED,),
)

# Documents. Their identifiers are shorter than others': a payment's is made of them.

DOCUMENT_ID = Identifier(80)
ZONE = "coalesce(branch_f.zone, branch_t.timezone, %(zone)s)"
PLACED = {
    "branch_id": "CASE WHEN s.branch IS NULL THEN %(branch)s::bigint"
    " ELSE coalesce(branch_f.pk, branch_t.id) END"
}
# A document that names only one of customer and payer stays so while the file says nothing else.
COMPLETED = {
    "final_number": "coalesce(s.number, t.number)",
    "final_payer_id": """
        CASE WHEN s.payer IS NULL AND t.payer_id IS NULL AND t.counterparty_id = s.customer_id
             THEN NULL ELSE s.payer_id END
    """,
    "final_customer_id": """
        CASE WHEN t.counterparty_id IS NULL AND t.payer_id = s.customer_id
             THEN NULL ELSE s.customer_id END
    """,
}
PAYER = {
    "payer_id": "CASE WHEN s.payer IS NULL THEN coalesce(customer_f.pk, customer_t.id)"
    " ELSE coalesce(payer_f.pk, payer_t.id) END"
}
IN_BOOKS = (
    Column("number", Text(30)),
    Column("branch", ID, refers=A_BRANCH),
    Column("vehicle", ID, refers=A_VEHICLE),
    Column("author", Text(150), refers=A_USER),
    Column("manager", Text(150), refers=A_USER),
    Column("payer", ID, refers=A_CLIENT),
    Column("comment", Text()),
    Column("created_at", Moment()),
)
MONEY = (Column("total", Money), Column("paid", Money))
DERIVED = {
    **PLACED,
    **PAYER,
    "created_at": at_zone("s.created_at", ZONE),
    "received": "NULL::numeric",
}


def found_by(kind: str) -> str:
    return f"t.kind = '{kind}' AND {BY_SOURCE}"


def header(kind: str, *, paid: str = "NULL", **own: Kept) -> Target:
    """What all documents share. Sums follow the lines and payments; here they only begin."""
    return Target(
        "orders_document",
        {
            **same("date", "branch_id", "vehicle_id", "author_id", "manager_id"),
            "counterparty_id": "m.final_customer_id",
            "payer_id": "m.final_payer_id",
            "state": "coalesce(m.state, '')",
            "number": Kept("m.number", "''"),
            "total": Kept("m.total", "0"),
            **kept("comment"),
            **kept("created_at", new="now()"),
            **own,
        },
        at_first={
            **SOURCED,
            "kind": f"'{kind}'",
            "paid": f"coalesce(m.received, {paid}, 0)",
        },
    )


ORDERS = FileFormat(
    "orders",
    columns=(
        Column("id", DOCUMENT_ID, required=True),
        Column("customer", ID, required=True, refers=A_CLIENT),
        Column("date", Date(), required=True),
        Column("state", Code(tuple(states.CUSTOMER_ORDER)), required=True),
        *IN_BOOKS,
        *MONEY,
        Column("expected_on", Date()),
        Column("notified_at", Moment()),
    ),
    key="id",
    found_by=found_by("customer_order"),
    derived={**DERIVED, "notified_at": at_zone("s.notified_at", ZONE)},
    completed=COMPLETED,
    conflicts=(rules.number_taken("orders", "customer_order"),),
    before=(
        *rules.numbered("orders", "customer_order"),
        *rules.totalled(
            "orders", ("order_lines", "orders_partline"), ("order_works", "orders_workline")
        ),
        settlements.received("orders"),
    ),
    targets=(
        header("customer_order", paid="m.paid"),
        Target(
            "orders_customerorder",
            {
                **kept("expected_on", new="NULL::date"),
                **kept("notified_at", new="NULL::timestamptz"),
            },
            key="document_ptr_id",
        ),
    ),
    after=rules.paid("orders", "customer_order"),
    clients=Touch("m.customer_id", "t.counterparty_id"),
)

REQUESTS = FileFormat(
    "requests",
    columns=(
        Column("id", DOCUMENT_ID, required=True),
        Column("date", Date(), required=True),
        Column("state", Code(tuple(states.REPAIR_REQUEST))),
        Column("operation", Code(tuple(RepairRequest.Operation.values))),
        Column("customer", ID, refers=A_CLIENT),
        Column("customer_text", Text(200)),
        Column("contact_phone", Text(100)),
        Column("start", Moment()),
        Column("end", Moment()),
        Column("bay", Text(100)),
        Column("repair_kind", Text(100), refers=A_REPAIR_KIND),
        Column("reason", Text()),
        *IN_BOOKS,
        Column("total", Money),
        Column("master", Text(150), refers=A_USER),
        Column("vehicle_text", Text(200)),
        Column("stay", Code(tuple(RepairRequest.Stay.values))),
    ),
    key="id",
    found_by=found_by("repair_request"),
    derived={
        **DERIVED,
        "start_at": at_zone('s."start"', ZONE),
        # Who says only when to come is given an hour.
        "end_at": f"""coalesce({at_zone('s."end"', ZONE)},
            {at_zone('s."start"', ZONE)} + interval '1 hour')""",
    },
    completed=COMPLETED,
    checks=(
        Check("end", _("ends before it starts"), when="m.end_at <= m.start_at"),
        Check(
            "start",
            _("an end, a bay or a master needs a start"),
            when="""m.start_at IS NULL AND coalesce(m."end", m.bay, m.master) IS NOT NULL
                AND m.row NOT IN (SELECT row FROM import_error WHERE file = 'requests')""",
        ),
    ),
    conflicts=(rules.number_taken("requests", "repair_request"), *bays.SLOTS_OVERLAP),
    before=(
        *rules.numbered("requests", "repair_request"),
        *rules.totalled(
            "requests", ("request_works", "orders_workline"), ("request_parts", "orders_partline")
        ),
        *bays.FREE_BAYS,
        settlements.received("requests"),
    ),
    targets=(
        header("repair_request"),
        Target(
            "orders_repairrequest",
            {
                **text("customer_text", "contact_phone", "reason", "vehicle_text", "stay"),
                **same("repair_kind_id"),
                "operation": Kept("m.operation", "'request'"),
            },
            key="document_ptr_id",
        ),
    ),
    after=bays.BOOK_BAYS,
    clients=Touch("m.customer_id", "t.counterparty_id"),
)

WORK_ORDERS = FileFormat(
    "work_orders",
    columns=(
        Column("id", DOCUMENT_ID, required=True),
        Column("customer", ID, required=True, refers=A_CLIENT),
        Column("date", Date(), required=True),
        Column("state", Code(tuple(states.WORK_ORDER)), required=True),
        Column("request", DOCUMENT_ID, refers=a_document("requests", "repair_request")),
        Column("repair_kind", Text(100), refers=A_REPAIR_KIND),
        Column("master", Text(150), refers=A_USER),
        Column("mileage", Integer()),
        Column("planned_handover", Moment()),
        *IN_BOOKS,
        *MONEY,
        Column("notified_at", Moment()),
    ),
    key="id",
    found_by=found_by("work_order"),
    derived={
        **DERIVED,
        "notified_at": at_zone("s.notified_at", ZONE),
        "planned_handover_at": at_zone("s.planned_handover", ZONE),
    },
    completed=COMPLETED,
    conflicts=(rules.number_taken("work_orders", "work_order"),),
    before=(
        *rules.numbered("work_orders", "work_order"),
        *rules.totalled(
            "work_orders",
            ("work_order_works", "orders_workline"),
            ("work_order_parts", "orders_partline"),
        ),
        settlements.received("work_orders"),
    ),
    targets=(
        header("work_order", paid="m.paid", base_id=Kept("m.request_id", "NULL::bigint")),
        Target(
            "orders_workorder",
            {
                **same("repair_kind_id", "master_id", "planned_handover_at"),
                "mileage_km": "m.mileage",
                **kept("notified_at", new="NULL::timestamptz"),
            },
            key="document_ptr_id",
        ),
    ),
    after=(*rules.paid("work_orders", "work_order"), *rules.READ_ODOMETER),
    clients=Touch("m.customer_id", "t.counterparty_id"),
)
