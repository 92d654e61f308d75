"""Money that comes in with the files: payments of documents, and what clients owed before them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from armclients.kit.columns import BLANKS, Code, Date, Money, Text
from armclients.kit.fileformat import (
    ID,
    Check,
    Column,
    FileFormat,
    Kept,
    Target,
    kept,
    name_of,
    source_of,
)
from customers.import_files import A_CLIENT, A_USER, NOBODY
from orders import import_mentions as mentions
from orders.models import Payment


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


def of_new_documents() -> str:
    return " OR ".join(
        f"EXISTS (SELECT FROM import_{file} d WHERE d.pk = m.document_id AND d.is_new)"
        for file in mentions.FILE_OF.values()
    )


def received(name: str) -> str:
    """New documents begin with what payments.csv says of them."""
    return f"""
        UPDATE import_{name} m SET received = p.amount
          FROM (SELECT document_id, sum(amount) AS amount
                  FROM import_payments WHERE state IS DISTINCT FROM 'cancelled'
                 GROUP BY document_id) p
         WHERE p.document_id = m.pk AND m.is_new
    """


# Documents whose file has a column «paid».
PAYABLE = " UNION ALL ".join(
    f"SELECT pk, paid FROM import_{file}"
    for file in mentions.FILE_OF.values()
    if file != "requests"
)
METHOD = "coalesce(s.method, 'cash')"
# Several payments of a day may be equal: they are told apart by their order.
ORDINAL = f"""row_number() OVER (
    PARTITION BY doc.pk, s.customer, s.date, s.amount, {METHOD}, s.id IS NULL ORDER BY s.row)"""
# What a payment without an id is known by: the same in whichever base.
REFERENCE = f"""
    'payment:' || md5(concat_ws(':', doc.exact,
                                CASE WHEN doc.pk IS NULL THEN 'customers:' || s.customer END,
                                to_char(s.date, 'YYYY-MM-DD'), s.amount, {METHOD}, {ORDINAL}))
"""

PAYMENTS = FileFormat(
    "payments",
    columns=(
        mentions.DOCUMENT,
        Column("date", Date(), required=True),
        Column("amount", SignedMoney(), required=True),
        Column("method", Code(tuple(Payment.Method.values))),
        Column("id", ID),
        Column("customer", ID, refers=A_CLIENT),
        Column("receipt_number", Text(60)),
        Column("author", Text(150), refers=A_USER),
        Column("state", Code(tuple(Payment.State.values))),
    ),
    joins=f"LEFT JOIN ({mentions.mentioned('stage_payments')}) AS doc ON doc.name = s.document",
    derived={
        **mentions.MENTIONED,
        "payer_id": "NULL::bigint",
        "known_source": source_of("s.id"),
        "known_id": f"coalesce({name_of('s.id')}, {REFERENCE})",
    },
    found_by="t.source = s.known_source AND t.source_id = s.known_id",
    checks=(
        NOT_NOTHING,
        *mentions.IS_KNOWN,
        Check(
            "document",
            _("name a document or, for an advance, a customer"),
            when="m.document IS NULL AND m.customer IS NULL",
        ),
        Check(
            "document",
            _("the document's column «paid» has made a payment already: empty it, or leave this"),
            when=f"""m.document_id IN (
                SELECT pk FROM ({PAYABLE}) AS d WHERE paid > 0
                UNION ALL
                SELECT p.document_id FROM orders_payment p
                 WHERE p.source = %(source)s AND starts_with(p.source_id, 'paid:')
                   AND NOT EXISTS (SELECT FROM ({PAYABLE}) AS d WHERE d.pk = p.document_id))""",
        ),
    ),
    conflicts=(
        Check(
            "id",
            _("the same as row %(detail)s"),
            rows="""
                SELECT row, id AS value, first::text AS detail
                  FROM (SELECT *, min(row) OVER (PARTITION BY known_source, known_id) AS first
                          FROM import_payments) AS m
                 WHERE row > first
            """,
        ),
    ),
    before=(
        "UPDATE import_payments SET payer_id = customer_id WHERE customer_id IS NOT NULL",
        """
        UPDATE import_payments m SET payer_id = d.payer_id
          FROM orders_document d WHERE d.id = m.document_id AND m.payer_id IS NULL
        """,
        """
        INSERT INTO import_document SELECT t.document_id FROM orders_payment t
          JOIN import_payments m ON m.pk = t.id AND t.document_id <> m.document_id
        """,
    ),
    targets=(
        Target(
            "orders_payment",
            {
                "document_id": "m.document_id",
                "counterparty_id": Kept("m.customer_id", "m.payer_id"),
                "date": "m.date",
                "amount": "abs(m.amount)",
                "method": "coalesce(m.method, 'cash')",
                "direction": "CASE WHEN m.amount < 0 THEN 'out' ELSE 'in' END",
                **kept("receipt_number"),
                **kept("author_id", new=NOBODY),
                **kept("state", new="'posted'"),
            },
            at_first={"source": "m.known_source", "source_id": "m.known_id"},
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
