"""Money for a document."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from armclients.kit import clock, windows
from armclients.kit.access import needs
from armclients.kit.htmx import DOCUMENTS_CHANGED, screen, sent
from armclients.kit.typing import HtmxRequest
from armclients.templatetags import arm
from orders import sections, totals
from orders.actions import payments
from orders.forms.payments import AmountForm, PaymentForm
from orders.models import Document
from orders.queries import documents, settlements


@require_safe
@needs("orders.view_document")
def document_payments(request: HtmxRequest, pk: int) -> HttpResponse:
    """What was paid and is due, the tax in it, and money of the client that may be taken for it."""
    document = documents.open_document(pk, by=request.user)
    lines = documents.lines_of(document)
    context = {
        **sections.shell(document, opened="payments", by=request.user),
        "payments": settlements.payments_of(document),
        "total": totals.of([*lines["works"], *lines["goods"]]),
        "advance": settlements.advance_of(document.payer_id or document.counterparty_id),
        "may_carry_over": settlements.may_carry_over(document),
    }
    return screen(request, "orders/payments.html", context, parts={"document": "document"})


@require_http_methods(["GET", "POST"])
@needs("orders.add_payment")
def advance_take(request: HtmxRequest, pk: int) -> HttpResponse:
    """An advance of the client is taken for the document."""
    document = get_object_or_404(Document.objects.select_related("repairrequest"), pk=pk)
    advance = settlements.advance_of(document.payer_id or document.counterparty_id)
    initial = {"amount": min(document.due, advance) or None}
    return windows.write(
        request,
        AmountForm(sent(request), initial=initial),
        lambda **given: payments.allocate(pk, by=request.user, **given),
        DOCUMENTS_CHANGED,
        title=_("Take the advance for %(document)s") % {"document": document.title},
        about=_("The advance is %(advance)s ₽, %(due)s ₽ are due.")
        % {"advance": arm.money(advance), "due": arm.money(document.due)},
        submit=_("Take"),
        said=_("The advance is taken for the document"),
        otherwise=document.url,
    )


@require_http_methods(["GET", "POST"])
@needs("orders.add_payment")
def base_take(request: HtmxRequest, pk: int) -> HttpResponse:
    """What was paid ahead for the base document is paid for the one made from it."""
    known = Document.objects.select_related("repairrequest", "base__repairrequest")
    document = get_object_or_404(known, pk=pk)
    base = document.base
    if base is None:
        raise Http404
    initial = {"amount": min(document.due, base.paid) or None}
    return windows.write(
        request,
        AmountForm(sent(request), initial=initial),
        lambda **given: payments.carry_over(pk, by=request.user, **given),
        DOCUMENTS_CHANGED,
        title=_("Carry the prepayment over to %(document)s") % {"document": document.title},
        about=_("%(base)s: %(paid)s ₽ are paid. Here %(due)s ₽ are due.")
        % {
            "base": base.title,
            "paid": arm.money(base.paid),
            "due": arm.money(document.due),
        },
        submit=_("Carry over"),
        said=_("The prepayment is carried over"),
        otherwise=document.url,
    )


@require_http_methods(["GET", "POST"])
@needs("orders.add_payment")
def document_payment(request: HtmxRequest, pk: int) -> HttpResponse:
    """What the client pays or gets back, with what is due already filled in."""
    document = get_object_or_404(Document.objects.select_related("branch", "repairrequest"), pk=pk)
    on = clock.today(document.branch.zone)
    return windows.write(
        request,
        PaymentForm(sent(request), document=document, by=request.user),
        lambda **given: payments.register(pk, by=request.user, on=on, **given),
        DOCUMENTS_CHANGED,
        title=_("Payment: %(document)s") % {"document": f"{document.operation} {document.number}"},
        about=_standing(document),
        said=_("The payment is registered"),
        otherwise=document.screen_url,
    )


def _standing(document: Document) -> str:
    """How much is paid, and what else of the client's money lies here."""
    paid = {"paid": arm.money(document.paid), "total": arm.money(document.total)}
    said = _("%(paid)s ₽ of %(total)s ₽ are paid.") % paid
    advance = settlements.advance_of(document.payer_id or document.counterparty_id)
    if not advance:
        return said
    return f"{said} " + _("The client's advance: %(sum)s ₽.") % {"sum": arm.money(advance)}
