"""A document of any kind, as files mention it: by its id, or, where several kinds know the id, with
the name of its file, as `orders:17`. What lower floors' files say of documents is added here.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from armclients.kit.columns import Text
from armclients.kit.fileformat import Check, Column, kept
from armclients.kit.fileselect import identifier
from customers import import_files as customers
from customers.import_files import NOBODY
from vehicles import import_files as vehicles

FILE_OF = {
    "customer_order": "orders",
    "work_order": "work_orders",
    "repair_request": "requests",
    "estimate": "estimates",
    "sale": "sales",
    "invoice": "invoices",
}
DOCUMENT = Column("document", Text(160))
MENTIONED = {"document_id": "doc.pk", "documents": "doc.documents", "exact": "doc.exact"}


def mentioned(rows: str, column: str = "document") -> str:
    """Whom this column of these rows means, how many that are, and their full names."""
    return f"""
        SELECT name, min(pk) AS pk, count(DISTINCT pk) AS documents,
               string_agg(DISTINCT exact, ', ') AS exact
          FROM ({named_documents()}) AS known
         WHERE name IN (SELECT {column} FROM {rows} WHERE {column} IS NOT NULL)
           AND EXISTS (SELECT FROM {rows} WHERE {column} IS NOT NULL)
         GROUP BY name
    """


def named_documents() -> str:
    """Every document that can be meant: name, key and its name without any doubt."""
    found = []
    for kind, file in FILE_OF.items():
        for prefix in ("", f"'{file}:' || "):
            found += [
                f"SELECT {prefix}f.id AS name, f.pk, '{file}:' || f.id AS exact"
                f" FROM import_{file} f",
                f"SELECT {prefix}{identifier('d')}, d.id, '{file}:' || {identifier('d')}"
                f" FROM orders_document d WHERE d.kind = '{kind}'",
            ]
    return " UNION ALL ".join(found)


def staged_documents() -> str:
    return " UNION ALL ".join(
        f"SELECT {prefix}s.id AS name FROM stage_{file} s"
        for file in FILE_OF.values()
        for prefix in ("", f"'{file}:' || ")
    )


def known(
    column: str = "document", *, documents: str = "documents", exact: str = "exact"
) -> tuple[Check, ...]:
    """A column that mentions a document means one, and no more than one."""
    is_unknown = f"m.{column} IS NOT NULL AND m.{documents} IS NULL"
    is_staged = f"EXISTS (SELECT FROM ({staged_documents()}) k WHERE k.name = m.{column})"
    return (
        Check(
            column,
            _("is no document of any kind, here or imported before"),
            when=f"{is_unknown} AND NOT {is_staged}",
        ),
        Check(
            column,
            _("the row of the document it refers to has errors"),
            when=f"{is_unknown} AND {is_staged}",
        ),
        Check(
            column,
            _("more than one document has this id: write one of %(detail)s"),
            when=f"m.{documents} > 1",
            detail=f"m.{exact}",
        ),
    )


IS_KNOWN = known()

[_EVENT] = customers.EVENTS.targets
EVENTS = replace(
    customers.EVENTS,
    columns=(*customers.EVENTS.columns, DOCUMENT),
    joins=f"LEFT JOIN ({mentioned('stage_events')}) AS doc ON doc.name = s.document",
    derived={**customers.EVENTS.derived, **MENTIONED},
    checks=IS_KNOWN,
    targets=(replace(_EVENT, values={**_EVENT.values, **kept("document_id", new=NOBODY)}),),
)

# Work orders take readings of their own. Whose a reading is, is said when all of them are in.
ODOMETER = replace(
    vehicles.ODOMETER,
    columns=(*vehicles.ODOMETER.columns, DOCUMENT),
    finish=(
        f"""
        CREATE TEMPORARY TABLE import_mentioned ON COMMIT DROP AS
        SELECT m.row, m.pk, m.is_new, m.document, doc.pk AS document_id, doc.documents, doc.exact
          FROM import_odometer m
          LEFT JOIN ({mentioned("import_odometer")}) AS doc ON doc.name = m.document
         WHERE m.document IS NOT NULL
        """,
        """
        INSERT INTO import_changed
        SELECT 'odometer', m.row, m.pk FROM import_mentioned m
          JOIN vehicles_odometerreading t ON t.id = m.pk
         WHERE NOT m.is_new AND t.document_id IS DISTINCT FROM m.document_id
        """,
        """
        UPDATE vehicles_odometerreading t SET document_id = m.document_id FROM import_mentioned m
         WHERE t.id = m.pk AND m.documents = 1 AND t.document_id IS DISTINCT FROM m.document_id
        """,
    ),
    late_checks=tuple(
        replace(
            check,
            when="",
            rows=f"""
                SELECT m.row, m.document AS value, {check.detail} AS detail
                  FROM import_mentioned m WHERE {check.when}
            """,
        )
        for check in IS_KNOWN
    ),
)
