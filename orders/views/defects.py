"""Defects of a document, and their photographs."""

import uuid
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from armclients.kit import clock, photo_windows, photos, windows
from armclients.kit.access import needs
from armclients.kit.htmx import DOCUMENTS_CHANGED, VEHICLE_CHANGED, screen
from armclients.kit.typing import HtmxRequest
from orders import sections
from orders.actions import defects, estimates
from orders.forms.defects import DefectForm, DeferForm
from orders.models import Defect, DefectPhoto, Document
from orders.queries import defects as queries
from orders.queries import documents


@require_safe
@needs("orders.view_defect")
def document_defects(request: HtmxRequest, pk: int) -> HttpResponse:
    """Дефекты: what was found, with photographs."""
    document = documents.open_document(pk, by=request.user)
    context = {
        **sections.shell(document, opened="defects", by=request.user),
        "defects": queries.of_document(document),
    }
    return screen(request, "orders/document_defects.html", context, parts={"document": "document"})


@require_http_methods(["GET", "POST"])
@needs("orders.add_defect")
def defect_add(request: HtmxRequest, pk: int) -> HttpResponse:
    """One more thing that is wrong."""
    document = get_object_or_404(Document, pk=pk)
    return windows.write(
        request,
        DefectForm(request.POST or None, request.FILES or None),
        lambda **given: defects.note(document, by=request.user, at=clock.now(), **given),
        DOCUMENTS_CHANGED,
        title=_("New defect"),
        said=_("The defect is written down"),
        otherwise=f"{document.url}defects/",
    )


@require_http_methods(["GET", "POST"])
@needs("orders.change_defect")
def defect_edit(request: HtmxRequest, pk: int) -> HttpResponse:
    """Its words and its severity; more photographs."""
    defect = _defect(pk)
    return windows.write(
        request,
        DefectForm(request.POST or None, request.FILES or None, instance=defect),
        lambda **given: defects.change(pk, by=request.user, at=clock.now(), **given),
        DOCUMENTS_CHANGED,
        title=_("Defect"),
        said=_("The defect is changed"),
        otherwise=f"{defect.document.url}defects/",
    )


@require_http_methods(["GET", "POST"])
@needs("orders.delete_defect")
def defect_remove(request: HtmxRequest, pk: int) -> HttpResponse:
    """The defect is gone with its photographs, once the user says so."""
    defect = _defect(pk)
    return windows.remove(
        request,
        lambda: defects.remove(pk),
        DOCUMENTS_CHANGED,
        what=defect,
        said=_("The defect is removed"),
        otherwise=f"{defect.document.url}defects/",
    )


@require_http_methods(["GET", "POST"])
@needs("orders.add_deferredwork")
def defect_defer(request: HtmxRequest, pk: int) -> HttpResponse:
    """What is to be done about it waits with the vehicle."""
    defect = _defect(pk)

    def defer(**given: Any) -> None:
        defects.defer(pk, by=request.user, at=clock.now(), **given)

    return windows.write(
        request,
        DeferForm(request.POST or None, initial={"name": defect.text[:300]}),
        defer,
        *(DOCUMENTS_CHANGED, VEHICLE_CHANGED),
        title=_("Put off: %(what)s") % {"what": defect},
        said=_("It is written down for the vehicle"),
        otherwise=f"{defect.document.url}defects/",
    )


@require_http_methods(["GET", "POST"])
@needs("orders.add_estimate")
def defect_estimate(request: HtmxRequest, pk: int) -> HttpResponse:
    """What is to be done about it is offered, with its photographs."""
    defect = _defect(pk)
    today = clock.today(defect.document.branch.zone)
    return windows.write(
        request,
        DeferForm(request.POST or None, initial={"name": defect.text[:300]}),
        lambda **given: estimates.offer(pk, by=request.user, on=today, **given),
        DOCUMENTS_CHANGED,
        title=_("Into an estimate: %(what)s") % {"what": defect},
        said=_("It is a line of the estimate"),
        otherwise=f"{defect.document.url}defects/",
    )


@require_http_methods(["GET", "POST"])
@needs("orders.change_defect")
def photo_remove(request: HtmxRequest, name: uuid.UUID) -> HttpResponse:
    """The photograph is gone, once the user says so."""
    photo = get_object_or_404(DefectPhoto.objects.select_related("defect__document"), name=name)
    return photo_windows.remove(
        request,
        lambda: defects.remove_photo(name),
        DOCUMENTS_CHANGED,
        otherwise=f"{photo.defect.document.url}defects/",
    )


@require_safe
@needs("orders.view_defect")
def photo(request: HtmxRequest, name: uuid.UUID) -> HttpResponseBase:
    """The picture, for whoever may see defects; as a preview when asked so."""
    get_object_or_404(DefectPhoto, name=name)
    return photos.served(name, preview="preview" in request.GET)


def _defect(pk: int) -> Defect:
    return get_object_or_404(Defect.objects.select_related("document__branch"), pk=pk)
