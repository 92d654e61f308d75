"""Money for a document."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from armclients.kit import clock, windows
from armclients.kit.access import needs
from armclients.kit.htmx import DOCUMENTS_CHANGED
from armclients.kit.typing import HtmxRequest
from orders.actions import payments
from orders.forms import PaymentForm
from orders.models import Document


@require_http_methods(["GET", "POST"])
@needs("orders.add_payment")
def document_payment(request: HtmxRequest, pk: int) -> HttpResponse:
    """What the client pays or gets back, with what is due already filled in."""
    document = get_object_or_404(Document.objects.select_related("branch", "repairrequest"), pk=pk)
    sent = request.POST if request.method == "POST" else None
    on = clock.today(document.branch.zone)
    return windows.write(
        request,
        PaymentForm(sent, document=document, by=request.user),
        lambda **given: payments.register(pk, by=request.user, on=on, **given),
        DOCUMENTS_CHANGED,
        title=_("Payment: %(document)s") % {"document": f"{document.operation} {document.number}"},
        about=_("%(paid)s ₽ of %(total)s ₽ are paid.")
        % {"paid": localize(document.paid), "total": localize(document.total)},
        said=_("The payment is registered"),
        otherwise=document.screen_url,
    )
