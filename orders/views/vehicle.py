"""What was done to a vehicle: its history, works and goods, each with a filter of its own."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from armclients.kit.access import needs
from armclients.kit.htmx import screen
from armclients.kit.keyset import Page
from armclients.kit.typing import HtmxRequest
from orders.forms.narrowing import LineFilterForm
from orders.queries import history
from vehicles.models import Vehicle


@require_safe
@needs("orders.view_document")
def vehicle_history(request: HtmxRequest, pk: int) -> HttpResponse:
    """История автомобиля."""
    listed = _listed(request, pk, history.of_vehicle)
    return screen(
        request, "orders/history.html", listed, parts={"history": "panel", "more": "rows"}
    )


@require_safe
@needs("orders.view_document")
def vehicle_works(request: HtmxRequest, pk: int) -> HttpResponse:
    """Работы."""
    listed = _listed(request, pk, history.works_of)
    return screen(request, "orders/works.html", listed, parts={"car": "panel", "more": "rows"})


@require_safe
@needs("orders.view_document")
def vehicle_goods(request: HtmxRequest, pk: int) -> HttpResponse:
    """Товары."""
    listed = _listed(request, pk, history.goods_of)
    return screen(request, "orders/goods.html", listed, parts={"car": "panel", "more": "rows"})


def _listed(request: HtmxRequest, pk: int, read: Callable[..., Page[Any]]) -> dict[str, Any]:
    """The vehicle, the filter as typed, and a page of what `read` finds for it."""
    vehicle = get_object_or_404(Vehicle.objects.named(), pk=pk)
    form = LineFilterForm(request.GET)
    page = read(vehicle, matching=form.matching, after=request.GET.get("after"))
    return {"vehicle": vehicle, "form": form, "page": page}
