"""Who changed what of a vehicle."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from armclients.kit.access import needs
from armclients.kit.htmx import screen
from armclients.kit.typing import HtmxRequest
from vehicles import queries
from vehicles.models import Vehicle


@require_safe
@needs("vehicles.view_vehiclehistory")
def vehicle_log(request: HtmxRequest, pk: int) -> HttpResponse:
    """Owners, plates, mileage and the vehicle's own facts, from what to what."""
    vehicle = get_object_or_404(Vehicle.objects.named(), pk=pk)
    context = {"vehicle": vehicle, "changes": queries.changes_of(vehicle)}
    return screen(request, "vehicles/log.html", context, parts={"panel": "panel"})
