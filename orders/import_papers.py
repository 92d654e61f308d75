"""The files of what is offered, sold and billed, and of what was made from what."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from armclients.kit.columns import Code, Date, Text
from armclients.kit.fileformat import ID, Check, Column, FileFormat, Target, Touch, kept
from customers.import_files import A_CLIENT
from orders import import_files as orders
from orders import import_mentions as mentions
from orders import import_rules as rules
from orders import import_settlements as settlements
from orders import states
from orders.import_files import (
    COMPLETED,
    DERIVED,
    DOCUMENT_ID,
    IN_BOOKS,
    MONEY,
    found_by,
    header,
)
from orders.import_lines import goods, works


def papers(kind: str, table: str, *own: str) -> FileFormat:
    """A file of one kind of paper; `own` are the days that only this kind has."""
    name = f"{kind}s"
    return FileFormat(
        name,
        columns=(
            Column("id", DOCUMENT_ID, required=True),
            Column("customer", ID, required=True, refers=A_CLIENT),
            Column("date", Date(), required=True),
            Column("state", Code(tuple(states.OF_KIND[kind])), required=True),
            *IN_BOOKS,
            *MONEY,
            *(Column(day, Date()) for day in own),
        ),
        key="id",
        found_by=found_by(kind),
        derived=DERIVED,
        completed=COMPLETED,
        conflicts=(rules.number_taken(name, kind),),
        before=(
            *rules.numbered(name, kind),
            *rules.totalled(
                name, (f"{kind}_parts", "orders_partline"), (f"{kind}_works", "orders_workline")
            ),
            settlements.received(name),
        ),
        targets=(
            header(kind, paid="m.paid"),
            Target(table, kept(*own, new="NULL::date"), key="document_ptr_id"),
        ),
        after=rules.paid(name, kind),
        clients=Touch("m.customer_id", "t.counterparty_id"),
    )


# What a document was made from is said when all of them are in.

BASE = Column("base", Text(160))


def based(form: FileFormat, *, unless: str = "false") -> FileFormat:
    """The same file with a column that names the document each was made from.

    `unless` is a condition under which another column says so.
    """
    name, bases = form.name, f"import_base_{form.name}"
    meant = f"m.base IS NOT NULL AND NOT ({unless})"
    return replace(
        form,
        columns=(*form.columns, BASE),
        finish=(
            *form.finish,
            f"""
            CREATE TEMPORARY TABLE {bases} ON COMMIT DROP AS
            SELECT m.row, m.pk, m.is_new, m.base, b.pk AS base_id, b.documents, b.exact
              FROM import_{name} m
              LEFT JOIN ({mentions.mentioned(f"import_{name}", "base")}) AS b ON b.name = m.base
             WHERE {meant}
            """,
            f"""
            INSERT INTO import_changed
            SELECT '{name}', m.row, m.pk FROM {bases} m JOIN orders_document t ON t.id = m.pk
             WHERE NOT m.is_new AND t.base_id IS DISTINCT FROM m.base_id
            """,
            f"""
            UPDATE orders_document t SET base_id = m.base_id FROM {bases} m
             WHERE t.id = m.pk AND m.documents = 1 AND t.base_id IS DISTINCT FROM m.base_id
            """,
        ),
        late_checks=(
            *form.late_checks,
            Check(
                "base",
                _("is no document of any kind, here or imported before"),
                rows=f"""
                    SELECT row, base AS value, NULL::text AS detail FROM {bases}
                     WHERE documents IS NULL
                """,
            ),
            Check(
                "base",
                _("more than one document has this id: write one of %(detail)s"),
                rows=f"SELECT row, base AS value, exact AS detail FROM {bases} WHERE documents > 1",
            ),
        ),
    )


ORDERS = based(orders.ORDERS)
REQUESTS = based(orders.REQUESTS)
WORK_ORDERS = based(orders.WORK_ORDERS, unless="m.request IS NOT NULL")
ESTIMATES = based(papers("estimate", "orders_estimate", "valid_until"))
SALES = based(papers("sale", "orders_sale"))
INVOICES = based(papers("invoice", "orders_invoice", "pay_until"))
LINES = tuple(
    file
    for kind in ("estimate", "sale", "invoice")
    for file in (
        works(f"{kind}_works", kind, f"{kind}s", kind),
        goods(f"{kind}_parts", kind, f"{kind}s", kind),
    )
)
