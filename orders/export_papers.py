"""What is offered, sold and billed, as it goes out."""

from django.utils.translation import gettext_lazy as _

from armclients.kit.fileselect import FileSelect, LeftOut, identifier, plain
from orders.export_files import (
    BASE,
    BOOKED,
    FURTHER,
    PAID,
    PAYER,
    STANDS_OUT,
    goods,
    of_nobody,
    total,
    works,
)


def papers(kind: str, table: str, *own: str) -> FileSelect:
    """A file of one kind of paper; `own` are the days that only this kind has."""
    return FileSelect(
        f"{kind}s",
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
            **plain("o", *own),
            "base": BASE,
        },
        f"""
        orders_document d JOIN {table} o ON o.document_ptr_id = d.id {BOOKED} {PAID}
        WHERE c.id IS NOT NULL ORDER BY d.id
        """,
        left_out=(
            LeftOut(
                _("%(count)s documents of one kind without a customer: the file requires one"),
                of_nobody(kind),
            ),
        ),
    )


FILES = (
    papers("estimate", "orders_estimate", "valid_until"),
    papers("sale", "orders_sale"),
    papers("invoice", "orders_invoice", "pay_until"),
    *(
        file
        for kind in ("estimate", "sale", "invoice")
        for file in (works(f"{kind}_works", kind, kind), goods(f"{kind}_parts", kind, kind))
    ),
)
