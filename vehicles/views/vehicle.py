"""Vehicles, made and changed: each in a window over the screen."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
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
from vehicles import forms, queries, tire_queries
from vehicles.actions import vehicles
from vehicles.alike import alike
from vehicles.models import Vehicle
from vehicles.vin import told_by

BELOW = "vehicles/told.html#below"
ALIKE = "vehicles/alike.html"
LONGEST = 100  # of what is looked for while it is typed


@require_http_methods(["GET", "POST"])
@needs("vehicles.add_vehicle")
def vehicle_new(request: HtmxRequest) -> HttpResponse:
    """One more vehicle, of the client whom the address names, or of nobody; one that is known
    already is shown before."""
    owner = _owner(request)
    form = forms.NewVehicleForm(request.POST or None)
    near = alike(form.said)
    if form.is_valid():
        if {str(each.vehicle.pk) for each in near} <= set(request.POST.getlist("alike")):
            try:
                vehicle = vehicles.create(owner=owner, today=clock.today(), **form.cleaned_data)
            except RefusedError as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                messages.success(request, _("The vehicle is written down"))
                return leave(request, _chosen(vehicle.pk, owner))
        else:
            form.add_error(None, _("Perhaps the vehicle is known already. If not, save once more."))
    title = _("New vehicle: %(client)s") % {"client": owner.name} if owner else _("New vehicle")
    facts = {"below": f"{ALIKE}#below", "alike": near, "owner": owner}
    return ask(request, form, title=title, otherwise="", submit=_("Create"), **facts)


@require_POST
@needs("vehicles.add_vehicle")
def vehicle_alike(request: HtmxRequest) -> HttpResponse:
    """Which known vehicle the one that is being typed may be."""
    near = alike(lambda name: request.POST.get(name, "")[:LONGEST])
    context = {"alike": near, "owner": _owner(request)}
    return screen(request, ALIKE, context, parts={"alike": "alike"})


@require_http_methods(["GET", "POST"])
@needs("vehicles.change_vehicle")
def vehicle_take(request: HtmxRequest, pk: int) -> HttpResponse:
    """The vehicle that is known already becomes the client's, instead of a second one."""
    vehicle: Any = get_object_or_404(queries.with_facts(), pk=pk)
    owner = _owner(request)
    if owner is None:
        return redirect("vehicles:sell", pk)
    form = forms.DayForm(request.POST or None, initial={"on": clock.today()})
    if form.is_valid():
        try:
            vehicles.sell(pk, to=owner, on=form.cleaned_data["on"], today=clock.today())
        except RefusedError as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, _("The owner is known"))
            return leave(request, _chosen(pk, owner))
    words = {"title": vehicle.title, "client": owner.name}
    about = _("Until then of %(client)s.") % {"client": vehicle.owner_name}
    return ask(
        request,
        form,
        title=_("Owner of %(title)s: %(client)s") % words,
        about=about if vehicle.owner_name else "",
        submit=_("Take this one"),
    )


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
    facts = {"data": request.POST or None, "initial": {"on": clock.today()}}
    if vehicle.is_owned:
        form: Form = forms.SaleForm(**facts, tires=tire_queries.of_seller(pk))
    else:
        form = forms.OwnerForm(**facts)
    title = _("Sell: %(title)s") if vehicle.is_owned else _("Owner: %(title)s")

    return _change(
        request,
        vehicle,
        form,
        lambda client, **given: vehicles.sell(pk, to=client, today=clock.today(), **given),
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


@require_http_methods(["GET", "POST"])
@needs("vehicles.change_vehicle")
def role_end(request: HtmxRequest, pk: int) -> HttpResponse:
    """An owner, driver or payer is one no more."""
    role = get_object_or_404(queries.roles(), pk=pk)
    facts = {"role": role.get_role_display(), "client": role.counterparty.name}
    return _change(
        request,
        role.vehicle,
        forms.DayForm(request.POST or None, initial={"on": clock.today()}),
        lambda on: vehicles.end_role(pk, on=on, today=clock.today()),
        title=_("No longer %(role)s: %(client)s") % facts,
        about=role.vehicle.title,
        said=_("%(client)s is no longer %(role)s of the vehicle") % facts,
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


def _chosen(vehicle: int, owner: Counterparty | None) -> str:
    """The screen with the vehicle, and with the client it was entered for."""
    return f"/?customer={owner.pk}&car={vehicle}" if owner else f"/?car={vehicle}"


def _owner(request: HtmxRequest) -> Counterparty | None:
    owner = key(request.GET.get("customer"))
    return open_card(owner, by=request.user, why="info") if owner else None
