"""Numbers of documents: gap-free per branch, kind and year."""

import datetime

from django.db import transaction

from orders.models import Branch, DocumentCounter

DIGITS = 7


def draw(*, branch: Branch, kind: str, date: datetime.date) -> str:
    """The next number, such as `ЦОА0000001`; a rolled back transaction gives it back.

    Call it in the transaction that saves the document: the counter's row stays locked until then.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "A number is drawn in the transaction that saves its document."
        )
    key = {"branch": branch, "kind": kind, "year": date.year}
    DocumentCounter.objects.bulk_create([DocumentCounter(**key)], ignore_conflicts=True)
    counter = DocumentCounter.objects.select_for_update().get(**key)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{branch.prefix}{counter.last:0{DIGITS}}"
