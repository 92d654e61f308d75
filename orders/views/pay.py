"""The page on which a client pays by the code: no log-in, no name, no vehicle."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from armclients.kit.access import open_to_all
from armclients.kit.typing import HtmxRequest
from armclients.kit.visitors import slowed_down
from orders import links
from orders.models import Document
from orders.printing import bank_qr

LOOKS = 30  # of one address in a minute


@require_safe
@open_to_all
@slowed_down(LOOKS)
def pay(request: HtmxRequest, token: str) -> HttpResponse:
    """What is still to pay, to whom, and the code for a bank's application."""
    pk = links.PAYMENTS.pk_of(token)
    if pk is None:
        raise Http404
    known = Document.objects.select_related(
        "branch__organisation", "contract__organisation", "repairrequest"
    )
    document = get_object_or_404(known, pk=pk)
    payee = document.organisation
    said = bank_qr.of_document(document, payee)
    context = {
        "document": document,
        "payee": payee,
        "purpose": bank_qr.purpose_of(document) if said else "",
        "qr": bank_qr.svg(said, title=_("QR code for payment")),
    }
    return render(request, "pay.html", context)
