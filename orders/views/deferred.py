"""Deferred works: of a vehicle, of a document, and what becomes of each."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from armclients.kit import addresses, clock, windows
from armclients.kit.access import needs
from armclients.kit.htmx import DOCUMENTS_CHANGED, VEHICLE_CHANGED, done, screen
from armclients.kit.refusals import RefusedError
from armclients.kit.typing import HtmxRequest
from orders import sections
from orders.actions import deferred
from orders.forms.deferred import DropForm, RecommendForm
from orders.models import DeferredWork, Document
from orders.queries import deferred as queries
from orders.queries import documents
from vehicles.models import Vehicle

CHANGED = (DOCUMENTS_CHANGED, VEHICLE_CHANGED)


@require_safe
@needs("orders.view_deferredwork")
def vehicle_deferred(request: HtmxRequest, pk: int) -> HttpResponse:
    """Отложенные работы: what the vehicle still needs, and what became of the rest."""
    vehicle = get_object_or_404(Vehicle.objects.named(), pk=pk)
    context = {
        "vehicle": vehicle,
        "works": queries.of_vehicle(vehicle),
        "past": queries.past_of_vehicle(vehicle),
    }
    return screen(request, "orders/deferred.html", context, parts={"car": "panel"})


@require_http_methods(["GET", "POST"])
@needs("orders.add_deferredwork")
def vehicle_recommend(request: HtmxRequest, pk: int) -> HttpResponse:
    """Something that the vehicle needs, whatever it came in for."""
    vehicle = get_object_or_404(Vehicle.objects.named(), pk=pk)
    return _recommend(request, vehicle, None, f"/?car={pk}")


@require_safe
@needs("orders.view_deferredwork")
def document_deferred(request: HtmxRequest, pk: int) -> HttpResponse:
    """Рекомендации: what its vehicle still needs, what it takes care of, and what it advises."""
    document = documents.open_document(pk, by=request.user)
    context = {
        **sections.shell(document, opened="deferred", by=request.user),
        "works": queries.of_vehicle(document.vehicle_id) if document.vehicle_id else [],
        "taken": queries.taken_into(document),
        "takes": document.state in deferred.TAKES.get(document.kind, ()),
    }
    return screen(request, "orders/document_deferred.html", context, parts={"document": "document"})


@require_http_methods(["GET", "POST"])
@needs("orders.add_deferredwork")
def document_recommend(request: HtmxRequest, pk: int) -> HttpResponse:
    """«Рекомендации»: what the client should have done another time."""
    document = get_object_or_404(Document.objects.select_related("vehicle__model__make"), pk=pk)
    if document.vehicle is None:
        raise Http404
    return _recommend(request, document.vehicle, document, document.url)


@require_POST
@needs("orders.change_deferredwork")
def document_take(request: HtmxRequest, pk: int) -> HttpResponse:
    """The chosen works are lines of the document; whoever comes second is told."""
    document = get_object_or_404(Document, pk=pk)
    chosen = filter(None, map(addresses.key, request.POST.getlist("work")))
    try:
        taken = deferred.take_all(chosen, pk, by=request.user)
    except RefusedError as refusal:
        said = str(refusal)
    else:
        said = ngettext("%(count)s work is taken", "%(count)s works are taken", taken) % {
            "count": taken
        }
    return done(request, *CHANGED, said=said, otherwise=document.url)


@require_http_methods(["GET", "POST"])
@needs("orders.change_deferredwork")
def deferred_drop(request: HtmxRequest, pk: int) -> HttpResponse:
    """Nobody offers it any more, and why."""
    work = get_object_or_404(DeferredWork, pk=pk)
    return windows.write(
        request,
        DropForm(request.POST or None),
        lambda why: deferred.drop(pk, why=why, by=request.user, at=clock.now()),
        *CHANGED,
        title=_("Drop: %(work)s") % {"work": work},
        submit=_("Drop"),
        said=_("Nobody offers it any more"),
        otherwise=f"/?car={work.vehicle_id}",
        below="orders/deferred_why.html",
        reasons=DropForm.WHY,
    )


def _recommend(
    request: HtmxRequest, vehicle: Vehicle, document: Document | None, otherwise: str
) -> HttpResponse:
    def note(**given: Any) -> None:
        deferred.note(vehicle, document=document, by=request.user, at=clock.now(), **given)

    return windows.write(
        request,
        RecommendForm(request.POST or None),
        note,
        *CHANGED,
        title=_("Recommendation: %(vehicle)s") % {"vehicle": vehicle.title},
        said=_("It is written down for the vehicle"),
        otherwise=otherwise,
    )
