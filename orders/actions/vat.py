"""The rate of VAT is that of the day of performance [law: НК РФ ст. 167]."""

import datetime

from orders.models import Document, PartLine, WorkLine
from orders.queries import vat


def settle(document: Document, *, on: datetime.date) -> None:
    """Lines at the usual rate of the document's day are at that of the day of performance.

    The agreed price includes the tax and stays; a rate that was chosen for a line stays too. Call
    it once, in the transaction that performs the document; from then on the rates are frozen.
    """
    was = vat.of_document(document, on=document.date)
    is_now = vat.of_document(document, on=on)
    if was != is_now:
        for model in (WorkLine, PartLine):
            model.objects.filter(document=document, vat_percent=was).update(vat_percent=is_now)
