"""The wrong client or car on a document is put right."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from armclients.kit import windows
from armclients.kit.access import needs
from armclients.kit.htmx import CUSTOMER_CHANGED, DOCUMENTS_CHANGED, VEHICLE_CHANGED
from armclients.kit.typing import HtmxRequest
from orders.actions import reassigning
from orders.forms.reassigning import ReassignForm
from orders.models import Document


@require_http_methods(["GET", "POST"])
@needs("orders.reassign_document")
def document_reassign(request: HtmxRequest, pk: int) -> HttpResponse:
    """Another client, another car, and why."""
    document = get_object_or_404(
        Document.objects.select_related("counterparty", "vehicle__model__make", "repairrequest"),
        pk=pk,
    )

    def reassign(client: object, vehicle: object, why: str) -> None:
        given = {"customer": client, "vehicle": vehicle, "why": why}
        reassigning.reassign(pk, by=request.user, **given)  # type: ignore[arg-type]

    return windows.write(
        request,
        ReassignForm(request.POST or None),
        reassign,
        *(DOCUMENTS_CHANGED, CUSTOMER_CHANGED, VEHICLE_CHANGED),
        title=_("Another client or vehicle: %(document)s") % {"document": document.title},
        about=_("Now: %(client)s, %(vehicle)s.")
        % {
            "client": document.counterparty or "—",
            "vehicle": document.vehicle.title if document.vehicle else "—",
        },
        submit=_("Reassign"),
        said=_("The document is reassigned"),
        otherwise=document.url,
    )
