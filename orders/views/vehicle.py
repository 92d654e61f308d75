"""What was done to a vehicle: its history, works and goods, each with a filter of its own."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from armclients.kit.access import needs
from armclients.kit.htmx import screen
from armclients.kit.typing import HtmxRequest
from orders.forms import LineFilterForm
from orders.queries import history
from vehicles.models import Vehicle


@require_safe
@needs("orders.view_document")
def vehicle_history(request: HtmxRequest, pk: int) -> HttpResponse:
    """История автомобиля."""
    vehicle = get_object_or_404(Vehicle.objects.named(), pk=pk)
    form = LineFilterForm(request.GET)
    page = history.of_vehicle(vehicle, matching=form.matching, after=request.GET.get("after"))
    return screen(
        request,
        "orders/history.html",
        {"vehicle": vehicle, "form": form, "page": page},
        parts={"history": "panel", "more": "rows"},
    )


@require_safe
@needs("orders.view_document")
def vehicle_works(request: HtmxRequest, pk: int) -> HttpResponse:
    """Работы."""
    vehicle = get_object_or_404(Vehicle.objects.named(), pk=pk)
    form = LineFilterForm(request.GET)
    page = history.works_of(vehicle, matching=form.matching, after=request.GET.get("after"))
    return screen(
        request,
        "orders/works.html",
        {"vehicle": vehicle, "form": form, "page": page},
        parts={"car": "panel", "more": "rows"},
    )


@require_safe
@needs("orders.view_document")
def vehicle_goods(request: HtmxRequest, pk: int) -> HttpResponse:
    """Товары."""
    vehicle = get_object_or_404(Vehicle.objects.named(), pk=pk)
    form = LineFilterForm(request.GET)
    page = history.goods_of(vehicle, matching=form.matching, after=request.GET.get("after"))
    return screen(
        request,
        "orders/goods.html",
        {"vehicle": vehicle, "form": form, "page": page},
        parts={"car": "panel", "more": "rows"},
    )
