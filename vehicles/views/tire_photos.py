"""Photographs of the wheels of a set, each as it was measured."""

import uuid

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from armclients.kit import clock, photo_windows, photos
from armclients.kit.access import needs
from armclients.kit.htmx import TIRES_CHANGED
from armclients.kit.typing import HtmxRequest
from vehicles.actions import tires
from vehicles.models import TireMeasurement, TirePhoto


@require_http_methods(["GET", "POST"])
@needs("vehicles.change_tireset")
def tire_photo_add(request: HtmxRequest, pk: int) -> HttpResponse:
    """Photographs of a wheel, from the camera or from files."""
    measured = get_object_or_404(TireMeasurement.objects.select_related("set"), pk=pk)
    return photo_windows.add(
        request,
        lambda **given: tires.photograph(pk, by=request.user, at=clock.now(), **given),
        TIRES_CHANGED,
        what=measured,
        otherwise=measured.set.url,
    )


@require_http_methods(["GET", "POST"])
@needs("vehicles.change_tireset")
def tire_photo_remove(request: HtmxRequest, name: uuid.UUID) -> HttpResponse:
    """The photograph is gone, once the user says so."""
    photo = get_object_or_404(TirePhoto.objects.select_related("measurement__set"), name=name)
    return photo_windows.remove(
        request,
        lambda: tires.remove_photo(name),
        TIRES_CHANGED,
        otherwise=photo.measurement.set.url,
    )


@require_safe
@needs("vehicles.view_tireset")
def tire_photo(request: HtmxRequest, name: uuid.UUID) -> HttpResponseBase:
    """The picture, for whoever may see the set; as a preview when asked so."""
    get_object_or_404(TirePhoto, name=name)
    return photos.served(name, preview="preview" in request.GET)
