"""Approvals of a document, and what the client brought themselves."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from armclients.kit import clock, windows
from armclients.kit.access import needs
from armclients.kit.htmx import DOCUMENTS_CHANGED, screen
from armclients.kit.typing import HtmxRequest
from orders import sections
from orders.actions import approvals
from orders.forms.defects import ApprovalForm, MaterialForm
from orders.models import Document, OwnMaterial
from orders.queries import documents


@require_safe
@needs("orders.view_approval")
def document_approvals(request: HtmxRequest, pk: int) -> HttpResponse:
    """Согласования: what the client agreed to, and how the total stands to it."""
    document = documents.open_document(pk, by=request.user)
    context = {
        **sections.shell(document, opened="approvals", by=request.user),
        "materials": list(document.own_materials.order_by("pk")),
    }
    return screen(
        request, "orders/document_approvals.html", context, parts={"document": "document"}
    )


@require_http_methods(["GET", "POST"])
@needs("orders.add_approval")
def approval_add(request: HtmxRequest, pk: int) -> HttpResponse:
    """The client agreed; the present total is offered as what to."""
    document = get_object_or_404(Document.objects.select_related("counterparty"), pk=pk)
    offered = {
        "who": document.counterparty.name if document.counterparty else "",
        "amount": document.total,
        "at": clock.now(),
        "what": _("works and goods as listed"),
    }
    return windows.write(
        request,
        ApprovalForm(request.POST or None, initial=offered),
        lambda **given: approvals.approve(document, by=request.user, **given),
        DOCUMENTS_CHANGED,
        title=_("Approval: %(document)s") % {"document": document},
        said=_("The approval is written down"),
        otherwise=f"{document.url}approvals/",
    )


@require_http_methods(["GET", "POST"])
@needs("orders.add_ownmaterial")
def material_add(request: HtmxRequest, pk: int) -> HttpResponse:
    """The client brought something."""
    document = get_object_or_404(Document, pk=pk)
    return windows.write(
        request,
        MaterialForm(request.POST or None),
        lambda **given: approvals.add_material(document, **given),
        DOCUMENTS_CHANGED,
        title=_("Client's own material"),
        said=_("The material is written down"),
        otherwise=f"{document.url}approvals/",
    )


@require_http_methods(["GET", "POST"])
@needs("orders.change_ownmaterial")
def material_edit(request: HtmxRequest, pk: int) -> HttpResponse:
    """What it is, how much, and with which papers."""
    material = _material(pk)
    return windows.write(
        request,
        MaterialForm(request.POST or None, instance=material),
        lambda **given: approvals.change_material(pk, **given),
        DOCUMENTS_CHANGED,
        title=_("Client's own material"),
        said=_("The material is changed"),
        otherwise=f"{material.document.url}approvals/",
    )


@require_http_methods(["GET", "POST"])
@needs("orders.delete_ownmaterial")
def material_remove(request: HtmxRequest, pk: int) -> HttpResponse:
    """It was not brought after all, once the user says so."""
    material = _material(pk)
    return windows.remove(
        request,
        lambda: approvals.remove_material(pk),
        DOCUMENTS_CHANGED,
        what=material,
        said=_("The material is removed"),
        otherwise=f"{material.document.url}approvals/",
    )


def _material(pk: int) -> OwnMaterial:
    return get_object_or_404(OwnMaterial.objects.select_related("document"), pk=pk)
