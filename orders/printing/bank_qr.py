"""The code by which a bank's application fills in a payment [ГОСТ Р 56042-2014]."""

from decimal import Decimal

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from orders import states, totals
from orders.models import Document, Organisation

# The format, its version, and the number of the encoding: 2 is UTF-8.
PREFIX = "ST00012"
SEPARATOR = "|"
LONGEST = {"Name": 160, "BankName": 45, "Purpose": 210}


def payload(payee: Organisation, amount: Decimal, purpose: str) -> str:
    """What the code says; the sum in kopecks. Nothing while the payee's account is not known."""
    if not payee.can_be_paid_by_bank:
        return ""
    facts = {
        "Name": payee.printed_name,
        "PersonalAcc": payee.account,
        "BankName": payee.bank_name,
        "BIC": payee.bic,
        # An account in the Bank of Russia itself has no other behind it.
        "CorrespAcc": payee.correspondent_account or "0",
        "PayeeINN": payee.inn,
        "KPP": payee.kpp,
        "Sum": f"{int(amount * 100)}",
        "Purpose": purpose,
    }
    said = (f"{name}={_written(name, fact)}" for name, fact in facts.items() if fact)
    return SEPARATOR.join([PREFIX, *said])


def of_document(document: Document, payee: Organisation | None) -> str:
    """What is still to pay for a document; nothing when all is paid, or nobody has an account."""
    if payee is None or not document.due or document.state in states.VOID:
        return ""
    return payload(payee, document.due, purpose_of(document))


def purpose_of(document: Document) -> str:
    """What a payment order says it is for; the lines must have been prefetched."""
    total = totals.of([*document.works.all(), *document.goods.all()])
    vat = f"{total.vat:.2f}".replace(".", ",")
    tax = _("including VAT %(sum)s rub.") % {"sum": vat} if total.taxed else _("without VAT")
    facts = {"document": document.title, "date": f"{document.date:%d.%m.%Y}", "tax": tax}
    return _("Payment for %(document)s of %(date)s, %(tax)s") % facts


def _written(name: str, fact: str) -> str:
    """On one line, within the length that the standard allows, without the separator."""
    return " ".join(fact.replace(SEPARATOR, " ").split())[: LONGEST.get(name)]


def svg(said: str, *, title: str) -> SafeString:
    """The code as a drawing inside the page; nothing when there is nothing to say."""
    if not said:
        return mark_safe("")
    code = segno.make_qr(said, error="m", encoding="utf-8")
    drawn = code.svg_inline(omitsize=True, svgclass="qr", lineclass=None, title=title, border=2)
    return mark_safe(drawn)  # noqa: S308 -- drawn by segno, which escapes the title
