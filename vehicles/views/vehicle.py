"""Vehicles, made and changed: each in a window over the screen."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from armclients.kit import clock, windows
from armclients.kit.access import needs
from armclients.kit.addresses import key
from armclients.kit.htmx import CUSTOMER_CHANGED, VEHICLE_CHANGED, ask, leave, screen
from armclients.kit.refusals import RefusedError
from armclients.kit.typing import HtmxRequest
from customers.models import Counterparty
from customers.queries import open_card
from vehicles import forms, queries
from vehicles.actions import vehicles
from vehicles.models import Vehicle
from vehicles.vin import told_by

BELOW = "vehicles/told.html#below"


@require_http_methods(["GET", "POST"])
@needs("vehicles.add_vehicle")
def vehicle_new(request: HtmxRequest) -> HttpResponse:
    """One more vehicle, of the client whom the address names, or of nobody."""
    owner = _owner(request)
    form = forms.NewVehicleForm(request.POST or None)
    if form.is_valid():
        try:
            vehicle = vehicles.create(owner=owner, today=clock.today(), **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The vehicle is written down"))
            of = f"customer={owner.pk}&" if owner else ""
            return leave(request, f"/?{of}car={vehicle.pk}")
    title = _("New vehicle: %(client)s") % {"client": owner.name} if owner else _("New vehicle")
    return ask(request, form, title=title, below=BELOW, submit=_("Create"))


@require_http_methods(["GET", "POST"])
@needs("vehicles.change_vehicle")
def vehicle_edit(request: HtmxRequest, pk: int) -> HttpResponse:
    """The vehicle's facts; what somebody else has changed meanwhile is chosen between."""
    vehicle = _vehicle(pk)
    form = forms.VehicleForm(request.POST or None, instance=vehicle)
    return windows.edit(
        request,
        form,
        vehicles.edit,
        VEHICLE_CHANGED,
        row=vehicle,
        history=lambda: queries.changes_of(vehicle),
        title=_("Vehicle: %(title)s") % {"title": vehicle.title},
        said=form.with_doubts(_("The vehicle is changed")),
        otherwise=f"/?car={pk}",
        below=BELOW,
    )


@require_http_methods(["GET", "POST"])
@needs("vehicles.change_vehicle")
def vehicle_sell(request: HtmxRequest, pk: int) -> HttpResponse:
    """The vehicle is somebody else's from a day on; one without an owner gets one."""
    vehicle = _vehicle(pk)
    asks = forms.SaleForm if vehicle.is_owned else forms.OwnerForm
    title = _("Sell: %(title)s") if vehicle.is_owned else _("Owner: %(title)s")

    return _change(
        request,
        vehicle,
        asks(request.POST or None, initial={"on": clock.today()}),
        lambda client, on: vehicles.sell(pk, to=client, on=on, today=clock.today()),
        title=title % {"title": vehicle.title},
        said=_("The vehicle has changed hands") if vehicle.is_owned else _("The owner is known"),
    )


@require_http_methods(["GET", "POST"])
@needs("vehicles.change_vehicle")
def vehicle_plate(request: HtmxRequest, pk: int) -> HttpResponse:
    """Another plate; the old one stays as a former one."""
    vehicle = _vehicle(pk)
    return _change(
        request,
        vehicle,
        forms.PlateForm(request.POST or None, initial={"on": clock.today()}),
        lambda **given: vehicles.replate(pk, today=clock.today(), **given),
        title=_("Plate: %(title)s") % {"title": vehicle.title},
        said=_("The plate is changed"),
    )


@require_http_methods(["GET", "POST"])
@needs("vehicles.change_vehicle")
def vehicle_odometer(request: HtmxRequest, pk: int) -> HttpResponse:
    """The mileage; less than last time only when one is sure."""
    vehicle = _vehicle(pk)
    form = forms.OdometerForm(request.POST or None, initial={"on": clock.today()})

    def read(**given: Any) -> None:
        try:
            vehicles.read_odometer(pk, by=request.user, today=clock.today(), **given)
        except vehicles.RunsBackError as error:
            form.ask_whether_sure()
            facts = {"km": error.reading.km, "day": f"{error.reading.taken_on:%d.%m.%Y}"}
            sentence = _("On %(day)s it was %(km)s km. Is this right?") % facts
            raise RefusedError(sentence, field="km") from error

    title = _("Mileage: %(title)s") % {"title": vehicle.title}
    return _change(request, vehicle, form, read, title=title, said=_("The mileage is written down"))


@require_http_methods(["GET", "POST"])
@needs("vehicles.change_vehicle")
def vehicle_role(request: HtmxRequest, pk: int) -> HttpResponse:
    """One more driver or payer."""
    vehicle = _vehicle(pk)
    return _change(
        request,
        vehicle,
        forms.RoleForm(request.POST or None, initial={"since": clock.today()}),
        lambda **given: vehicles.add_role(pk, today=clock.today(), **given),
        title=_("Driver or payer: %(title)s") % {"title": vehicle.title},
        said=_("The client is known to the vehicle"),
    )


@require_POST
@needs("vehicles.view_vehicle")
def vehicle_models(request: HtmxRequest) -> HttpResponse:
    """Makes and models to choose of, while they are being typed."""
    found = queries.models_offered(request.POST.get("model", "").replace("\0", ""))
    return screen(request, "vehicles/told.html", {"models": found}, parts={"models": "models"})


@require_POST
@needs("vehicles.view_vehicle")
def vehicle_told(request: HtmxRequest) -> HttpResponse:
    """What the VIN tells, to be taken by one key."""
    told = told_by(request.POST.get("vin", ""), until=clock.today().year + 1)
    return screen(request, "vehicles/told.html", {"told": told}, parts={"told": "told"})


@require_POST
@needs("vehicles.view_vehicle")
def vehicle_doubt(request: HtmxRequest) -> HttpResponse:
    """What looks wrong about the number that is being typed."""
    return windows.hint(request, forms.DOUBTS)


def _change(
    request: HtmxRequest, vehicle: Vehicle, form: Form, action: Callable[..., Any], **words: str
) -> HttpResponse:
    """A window in which something happens to the vehicle, and so to its people."""
    facts = (VEHICLE_CHANGED, CUSTOMER_CHANGED)
    return windows.write(request, form, action, *facts, otherwise=f"/?car={vehicle.pk}", **words)


def _vehicle(pk: int) -> Vehicle:
    return get_object_or_404(Vehicle.objects.named(), pk=pk)


def _owner(request: HtmxRequest) -> Counterparty | None:
    owner = key(request.GET.get("customer"))
    return open_card(owner, by=request.user, why="info") if owner else None
