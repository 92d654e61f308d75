"""On which terms a document stands."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from armclients.kit import windows
from armclients.kit.access import needs
from armclients.kit.htmx import DOCUMENTS_CHANGED, sent
from armclients.kit.typing import HtmxRequest
from orders.actions import terms
from orders.forms.terms import TermsForm
from orders.models import Document


@require_http_methods(["GET", "POST"])
@needs("orders.view_contract")
def document_terms(request: HtmxRequest, pk: int) -> HttpResponse:
    """The contract and the representative of the client are chosen."""
    document = get_object_or_404(Document.objects.select_related("repairrequest"), pk=pk)
    return windows.write(
        request,
        TermsForm(sent(request), document=document),
        lambda **given: terms.agree(pk, by=request.user, **given),
        DOCUMENTS_CHANGED,
        title=_("Contract: %(document)s") % {"document": document.title},
        about=_(
            "What stands in the document keeps its price; new lines are priced by the contract."
        ),
        said=_("The terms are written down"),
        otherwise=document.url,
    )
