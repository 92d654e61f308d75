"""Money that comes in with the files: payments of documents, and what clients owed before them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from armclients.kit.columns import BLANKS, Code, Date, Money, Text
from armclients.kit.fileformat import ID, Check, Column, FileFormat, Target
from customers.import_files import A_CLIENT
from orders.models import Payment

# A payment names a document by its id; where several kinds know the id, as `orders:17`.
FILE_OF = {"customer_order": "orders", "work_order": "work_orders", "repair_request": "requests"}


@dataclass(frozen=True)
class SignedMoney:
    """Money that may be less than nothing."""

    sql: str = "numeric"

    def __call__(self, cell: str) -> str:
        text = cell.translate(BLANKS).replace("−", "-")
        amount = text.removeprefix("-")
        return "-" * (amount != text) + Money(amount)


NOT_NOTHING = Check("amount", _("must not be zero"), when="m.amount = 0")

# Payments


def named_documents() -> str:
    """Every document that can be meant: name, key and its name without any doubt."""
    found = []
    for kind, file in FILE_OF.items():
        for prefix in ("", f"'{file}:' || "):
            found += [
                f"SELECT {prefix}f.id AS name, f.pk, '{file}:' || f.id AS exact"
                f" FROM import_{file} f",
                f"SELECT {prefix}d.source_id, d.id, '{file}:' || d.source_id"
                f" FROM orders_document d WHERE d.kind = '{kind}' AND d.source = %(source)s",
            ]
    return " UNION ALL ".join(found)


def staged_documents() -> str:
    return " UNION ALL ".join(
        f"SELECT {prefix}s.id AS name FROM stage_{file} s"
        for file in FILE_OF.values()
        for prefix in ("", f"'{file}:' || ")
    )


def of_new_documents() -> str:
    return " OR ".join(
        f"EXISTS (SELECT FROM import_{file} d WHERE d.pk = m.document_id AND d.is_new)"
        for file in FILE_OF.values()
    )


def received(name: str) -> str:
    """New documents begin with what payments.csv says of them."""
    return f"""
        UPDATE import_{name} m SET received = p.amount
          FROM (SELECT document_id, sum(amount) AS amount
                  FROM import_payments GROUP BY document_id) p
         WHERE p.document_id = m.pk AND m.is_new
    """


IS_UNKNOWN = "m.document IS NOT NULL AND m.documents IS NULL"
IS_STAGED = f"EXISTS (SELECT FROM ({staged_documents()}) k WHERE k.name = m.document)"
METHOD = "coalesce(s.method, 'cash')"
# Several payments of a day may be equal: they are told apart by their order.
ORDINAL = f"row_number() OVER (PARTITION BY doc.pk, s.date, s.amount, {METHOD} ORDER BY s.row)"

PAYMENTS = FileFormat(
    "payments",
    columns=(
        Column("document", Text(100), required=True),
        Column("date", Date(), required=True),
        Column("amount", SignedMoney(), required=True),
        Column("method", Code(tuple(Payment.Method.values))),
    ),
    joins=f"""
        LEFT JOIN (SELECT name, min(pk) AS pk, count(DISTINCT pk) AS documents,
                          string_agg(DISTINCT exact, ', ') AS exact
                     FROM ({named_documents()}) AS known
                    WHERE name IN (SELECT document FROM stage_payments) GROUP BY name) AS doc
               ON doc.name = s.document
    """,
    derived={
        "document_id": "doc.pk",
        "documents": "doc.documents",
        "exact": "doc.exact",
        "payer_id": "NULL::bigint",
        "reference": f"""
            concat_ws(':', 'payment', doc.pk, to_char(s.date, 'YYYY-MM-DD'), s.amount, {METHOD},
                      {ORDINAL})
        """,
    },
    found_by="t.source = %(source)s AND t.source_id = s.reference",
    checks=(
        NOT_NOTHING,
        Check(
            "document",
            _("is neither an order, a work order nor a request, here or imported before"),
            when=f"{IS_UNKNOWN} AND NOT {IS_STAGED}",
        ),
        Check(
            "document",
            _("the row of the document it refers to has errors"),
            when=f"{IS_UNKNOWN} AND {IS_STAGED}",
        ),
        Check(
            "document",
            _("more than one document has this id: write one of %(detail)s"),
            when="m.documents > 1",
            detail="m.exact",
        ),
        Check(
            "document",
            _("the document's column «paid» has made a payment already: empty it, or leave this"),
            when="""m.document_id IN (
                SELECT pk FROM import_orders WHERE paid > 0
                UNION ALL
                SELECT pk FROM import_work_orders WHERE paid > 0
                UNION ALL
                SELECT p.document_id FROM orders_payment p
                 WHERE p.source = %(source)s AND starts_with(p.source_id, 'paid:')
                   AND NOT EXISTS (SELECT FROM import_orders o WHERE o.pk = p.document_id)
                   AND NOT EXISTS (SELECT FROM import_work_orders o WHERE o.pk = p.document_id))""",
        ),
    ),
    before=(
        """
        UPDATE import_payments m SET payer_id = d.payer_id
          FROM orders_document d WHERE d.id = m.document_id
        """,
    ),
    targets=(
        Target(
            "orders_payment",
            {
                "document_id": "m.document_id",
                "counterparty_id": "m.payer_id",
                "date": "m.date",
                "amount": "abs(m.amount)",
                "method": "coalesce(m.method, 'cash')",
                "direction": "CASE WHEN m.amount < 0 THEN 'out' ELSE 'in' END",
            },
            at_first={
                "source": "%(source)s",
                "source_id": "m.reference",
                "state": "'posted'",
                "receipt_number": "''",
            },
        ),
    ),
    after=(
        f"""
        INSERT INTO import_document SELECT m.document_id FROM import_payments m
         WHERE (m.is_new OR m.row IN (SELECT row FROM import_changed WHERE file = 'payments'))
           AND NOT ({of_new_documents()})
        """,
    ),
)

BALANCES = FileFormat(
    "balances",
    columns=(
        Column("customer", ID, required=True, refers=A_CLIENT),
        Column("amount", SignedMoney(), required=True),
    ),
    key="customer_id",
    found_by="t.counterparty_id = s.customer_id",
    targets=(
        Target(
            "orders_openingbalance",
            {"amount": "m.amount"},
            at_first={"counterparty_id": "m.customer_id"},
        ),
    ),
)
