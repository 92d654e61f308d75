"""Pictures over time: of a vehicle, and of a client's money."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from armclients.kit import clock
from armclients.kit.access import needs
from armclients.kit.htmx import back, screen
from armclients.kit.typing import HtmxRequest
from customers import queries as customers
from orders.queries import charts
from vehicles.models import Vehicle


@require_safe
@needs("orders.view_document")
def vehicle_mileage(request: HtmxRequest, pk: int) -> HttpResponse:
    """Mileage and visits over time."""
    vehicle = get_object_or_404(Vehicle.objects.named(), pk=pk)
    chart = charts.mileage_of(vehicle, today=clock.today())
    context = {"vehicle": vehicle, "chart": chart, "back": back(request)}
    return screen(request, "orders/mileage.html", context, parts={"dialog": "dialog"})


@require_safe
@needs("orders.view_document")
def customer_spending(request: HtmxRequest, pk: int) -> HttpResponse:
    """What a client has spent in two years."""
    customer = customers.open_card(pk, by=request.user, why="documents")
    chart = charts.spending_of(customer, today=clock.today())
    context = {"customer": customer, "chart": chart, "back": back(request)}
    return screen(request, "orders/spending.html", context, parts={"dialog": "dialog"})
