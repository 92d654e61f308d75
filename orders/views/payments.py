"""Money for a document."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from armclients.kit import clock
from armclients.kit.access import needs
from armclients.kit.htmx import DOCUMENTS_CHANGED, ask, done
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
    form = PaymentForm(sent, document=document, by=request.user)
    if form.is_valid():
        on = clock.today(document.branch.zone)
        try:
            payments.register(pk, by=request.user, on=on, **form.cleaned_data)
        except payments.RefusedError as refusal:
            form.add_error("amount", str(refusal))
        else:
            said = _("The payment is registered")
            return done(request, DOCUMENTS_CHANGED, said=said, otherwise=document.screen_url)
    return ask(
        request,
        form,
        title=_("Payment: %(document)s") % {"document": f"{document.operation} {document.number}"},
        about=_("%(paid)s ₽ of %(total)s ₽ are paid.")
        % {"paid": localize(document.paid), "total": localize(document.total)},
        otherwise=document.screen_url,
    )
