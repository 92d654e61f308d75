"""The lines of documents: the lines of a document in a file replace those it has as a whole."""

from django.utils.translation import gettext_lazy as _

from armclients.kit.columns import (
    Code,
    Date,
    Moment,
    Money,
    Number,
    Percent,
    Quantity,
    SomeQuantity,
    Text,
)
from armclients.kit.fileformat import (
    ID,
    Check,
    Column,
    FileFormat,
    Lines,
    at_zone,
    same,
    text,
)
from customers.import_files import A_USER
from orders import import_bays as bays
from orders import import_reserves as reserves
from orders import import_rules as rules
from orders.import_files import A_PART, A_WAREHOUSE, DOCUMENT_ID, a_document
from orders.import_prices import A_LABOR
from vehicles.import_tires import A_SET

VAT = Code(("none", "0", "5", "7", "10", "18", "20", "22"))
MOST_LINES = Check("", _("a document has at most 32767 lines"), when="m.position > 32767")


def of_document(column: str) -> dict[str, str]:
    """Whose line it is, where it stands, and its VAT: by default the standard rate of the day."""
    day = f"coalesce({column}_f.date, {column}_t.date)"
    return {
        "document_id": f"coalesce({column}_f.pk, {column}_t.id)",
        "document_state": f"coalesce({column}_f.state, {column}_t.state)",
        "position": f'row_number() OVER (PARTITION BY s."{column}" ORDER BY s.row)',
        "vat_percent": f"""
            CASE WHEN s.vat = 'none' THEN NULL WHEN s.vat IS NOT NULL THEN s.vat::smallint
            ELSE (SELECT r.percent FROM orders_vatrate r
                   WHERE r.is_standard AND r.valid_from <= {day}
                     AND {day} <= coalesce(r.valid_until, 'infinity')
                   ORDER BY r.valid_from DESC LIMIT 1) END""",
    }


# What a client answered to a line stands in words beside it.
UNTIE_ANSWERS = """
    UPDATE orders_lineanswer a SET {column} = NULL FROM {table} l, {{replaced}} x
     WHERE l.id = a.{column} AND x.owner = l.document_id AND x.had_lines
"""
UNTIE_WORKS = UNTIE_ANSWERS.format(column="work_id", table="orders_workline")
UNTIE_GOODS = UNTIE_ANSWERS.format(column="part_id", table="orders_partline")


def goods(
    name: str, column: str, documents: str, kind: str, *, reserved_by: str = ""
) -> FileFormat:
    """A file of parts on documents, which may reserve what they need."""
    return FileFormat(
        name,
        columns=(
            Column(column, DOCUMENT_ID, required=True, refers=a_document(documents, kind)),
            Column("part", ID, required=True, refers=A_PART),
            Column("quantity", SomeQuantity, required=True),
            Column("price", Money),
            Column("vat", VAT),
            Column("reserved", Quantity),
            Column("warehouse", Text(100), refers=A_WAREHOUSE),
            Column("reserved_in", Text(100), refers=A_WAREHOUSE),
            Column("discount", Percent),
            Column("on_order", Quantity),
            Column("expected_on", Date()),
        ),
        derived={
            **of_document(column),
            "part_price": "coalesce(part_f.price, part_t.price)",
            "stock_id": "NULL::bigint",
            "line_discount": "coalesce(s.discount, 0.00)",
        },
        # A line without a price keeps the one it has: new price lists do not reach old documents.
        # Nor does a file that is silent about the supply end it.
        completed={
            "line_price": "coalesce(s.price, o.price, s.part_price, 0.00)",
            "line_ordered": "coalesce(s.on_order, o.ordered, 0.000)",
            "line_expected_on": "coalesce(s.expected_on, o.expected_on)",
        },
        completed_joins="""LEFT JOIN orders_partline o ON o.document_id = s.document_id
            AND o.position = s.position AND o.part_id = s.part_id""",
        checks=(MOST_LINES, *reserves.reserve_checks(kind)),
        settle=(reserves.reserves_found(name),),
        conflicts=(
            rules.line_too_dear(name, "price"),
            *reserves.reserve_conflicts(name, reserved_by),
        ),
        lines=Lines(
            "orders_partline",
            owner="document_id",
            values={
                **same("part_id", "quantity", "vat_percent", "warehouse_id"),
                "price": "m.line_price",
                "discount_percent": "m.line_discount",
                "ordered": "m.line_ordered",
                "expected_on": "m.line_expected_on",
            },
            alike=(
                (
                    "coalesce(m.reserved, 0)::numeric(12, 3)",
                    "coalesce(r.quantity, 0)::numeric(12, 3)",
                ),
                ("m.stock_id", "r.stock_id"),
            ),
            joins="LEFT JOIN orders_reserve r ON r.line_id = t.id",
            before_delete=(
                reserves.RELEASE_RESERVES,
                reserves.FORGET_LINES,
                reserves.FORGET_CODES,
                UNTIE_GOODS,
            ),
        ),
        after=(
            reserves.remember_lines(name),
            reserves.reserve_stock(name),
            *rules.after_lines(name, documents),
        ),
    )


ORDER_LINES = goods("order_lines", "order", "orders", "customer_order")
WORK_ORDER_PARTS = goods(
    "work_order_parts", "work_order", "work_orders", "work_order", reserved_by="order_lines"
)

REQUEST_PARTS = goods("request_parts", "request", "requests", "repair_request")


def works(name: str, column: str, documents: str, kind: str) -> FileFormat:
    """A file of works on documents."""
    return FileFormat(
        name,
        columns=(
            Column(column, DOCUMENT_ID, required=True, refers=a_document(documents, kind)),
            Column("name", Text(300), required=True),
            Column("code", Text(40)),
            Column("norm_hours", Number(8, 2)),
            Column("quantity", SomeQuantity),
            Column("price", Money),
            Column("vat", VAT),
            Column("performer", Text(150), refers=A_USER),
            Column("discount", Percent),
            Column("labor", ID, refers=A_LABOR),
            Column("tire_set", ID, refers=A_SET),
            Column("stored_until", Date()),
        ),
        derived={
            **of_document(column),
            "quantity": "coalesce(s.quantity, 1.000)",
            "line_price": "coalesce(s.price, 0.00)",
            "line_discount": "coalesce(s.discount, 0.00)",
        },
        checks=(MOST_LINES,),
        conflicts=(rules.line_too_dear(name, "price"),),
        lines=Lines(
            "orders_workline",
            owner="document_id",
            values={
                **text("code"),
                **same("name", "norm_hours", "quantity", "vat_percent"),
                **same("performer_id", "labor_id", "tire_set_id", "stored_until"),
                "price": "m.line_price",
                "discount_percent": "m.line_discount",
            },
            before_delete=(UNTIE_WORKS,),
        ),
        after=rules.after_lines(name, documents),
    )


WORK_ORDER_WORKS = works("work_order_works", "work_order", "work_orders", "work_order")
ORDER_WORKS = works("order_works", "order", "orders", "customer_order")
REQUEST_WORKS = works("request_works", "request", "requests", "repair_request")

SLOT_ZONE = "coalesce(place.zone, %(zone)s)"
SLOTS = FileFormat(
    "slots",
    columns=(
        Column(
            "request",
            DOCUMENT_ID,
            required=True,
            refers=a_document("requests", "repair_request"),
        ),
        Column("start", Moment(), required=True),
        Column("end", Moment()),
        Column("bay", Text(100)),
        Column("master", Text(150), refers=A_USER),
    ),
    joins="""
        LEFT JOIN (SELECT pk AS id, zone FROM import_branches
                   UNION ALL
                   SELECT id, timezone FROM orders_branch
                    WHERE id NOT IN (SELECT pk FROM import_branches)) AS place
               ON place.id = coalesce(request_f.branch_id, request_t.branch_id)
    """,
    derived={
        "request_id": "coalesce(request_f.pk, request_t.id)",
        "document_state": "coalesce(request_f.state, request_t.state)",
        "has_start": "request_f.start_at IS NOT NULL",
        "branch_id": "coalesce(request_f.branch_id, request_t.branch_id)",
        "bay_id": "NULL::bigint",
        "position": 'row_number() OVER (PARTITION BY s."request" ORDER BY s.row)',
        "start_at": at_zone('s."start"', SLOT_ZONE),
        "end_at": f"""coalesce({at_zone('s."end"', SLOT_ZONE)},
            {at_zone('s."start"', SLOT_ZONE)} + interval '1 hour')""",
    },
    checks=(
        Check("end", _("ends before it starts"), when="m.end_at <= m.start_at"),
        Check("start", _("requests.csv gives this request a start already"), when="m.has_start"),
    ),
    conflicts=bays.FURTHER_SLOTS_OVERLAP,
    before=bays.FURTHER_BAYS,
    lines=Lines(
        "orders_slot",
        owner="request_id",
        values={
            **same("start_at", "end_at", "bay_id", "master_id"),
            "is_held": bays.SLOT_IS_HELD,
        },
        numbered=False,
    ),
    after=rules.after_lines("slots", "requests"),
)
