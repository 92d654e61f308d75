"""Машинозаезд: at the car, on a tablet."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from armclients.kit import clock, photo_windows, photos
from armclients.kit.access import needs
from armclients.kit.addresses import key
from armclients.kit.htmx import DOCUMENTS_CHANGED, leave, screen, sent
from armclients.kit.refusals import RefusedError
from armclients.kit.typing import HtmxRequest
from customers import queries as customers
from orders.actions import visits
from orders.forms.visits import DamageForm, SignatureForm, VisitForm
from orders.models import Damage, RepairRequest, Visit, VisitPhoto
from orders.queries import calendar
from orders.queries import visits as queries
from vehicles.actions.vehicles import RunsBackError
from vehicles.models import Vehicle
from vehicles.queries import with_facts

ADD, CHANGE = "orders.add_visit", "orders.change_visit"
PARTS = {"visit": "visit"}


@require_safe
@needs("orders.view_document")
def visit_list(request: HtmxRequest) -> HttpResponse:
    """Cars that are in the workshop now."""
    branch = calendar.branch_of(request.user, key(request.GET.get("branch")))
    context = {"branch": branch, "visits": queries.here(branch) if branch else []}
    return screen(request, "orders/visits.html", context, parts={"visits": "visits"})


@require_http_methods(["GET", "POST"])
@needs(ADD)
def visit_new(request: HtmxRequest) -> HttpResponse:
    """A car is taken in: whose and which one stands in the address, or is known from a booking."""
    bookings: Any = RepairRequest.objects.select_related("branch", "counterparty", "vehicle")
    booked = bookings.filter(pk=key(request.GET.get("booking")) or 0).first()
    branch = booked.branch if booked else calendar.branch_of(request.user)
    car = booked.vehicle_id if booked else key(request.GET.get("car"))
    owner = booked.counterparty_id if booked else key(request.GET.get("customer"))
    vehicle: Any = with_facts().filter(pk=car or 0).first()
    owner = owner or (vehicle and vehicle.owner_id)
    if not (branch and vehicle and owner):
        return screen(request, "orders/visit_whose.html", {"booked": booked}, parts=PARTS)
    customer = customers.open_card(owner, by=request.user, why="visit")
    begun = {"brought_by": customer.name, "reasons": booked.reason if booked else "", "keys": 1}
    form = VisitForm(sent(request), initial=begun)
    about = {"branch": branch, "customer": customer, "vehicle": vehicle, "booked": booked}

    def check_in(**seen: Any) -> Visit:
        return visits.check_in(**about, by=request.user, at=clock.now(), **seen)

    if visit := _seen(form, check_in):
        return leave(request, reverse("visits:page", args=[visit.pk]))
    return _ask(request, form, vehicle, title=_("Check-in: %(car)s") % {"car": vehicle.title})


def _seen(form: VisitForm, write: Callable[..., Visit]) -> Visit | None:
    """What was written, or nothing while something is wrong, which the form then says."""
    if not form.is_valid():
        return None
    try:
        return write(**form.cleaned_data)
    except RunsBackError as error:
        form.ask_whether_sure()
        facts = {"km": error.reading.km, "day": f"{error.reading.taken_on:%d.%m.%Y}"}
        form.add_error("mileage_km", _("On %(day)s it was %(km)s km. Is this right?") % facts)
    except RefusedError as refusal:
        form.add_error(refusal.field, str(refusal))
    return None


def _ask(request: HtmxRequest, form: VisitForm, vehicle: Vehicle, *, title: str) -> HttpResponse:
    context = {"form": form, "vehicle": vehicle, "title": title}
    status = 422 if form.is_bound else 200
    return screen(request, "orders/visit_form.html", context, parts=PARTS, status=status)


@require_safe
@needs("orders.view_document")
def visit_page(request: HtmxRequest, pk: int) -> HttpResponse:
    """What was seen, marked and signed; what is done, and the way out."""
    return _show(request, pk)


def _show(
    request: HtmxRequest, pk: int, *, marking: DamageForm | None = None, refusal: str = ""
) -> HttpResponse:
    visit = queries.open_visit(pk, by=request.user)
    with timezone.override(visit.branch.zone):
        context = {
            "visit": visit,
            "marking": marking or DamageForm(),
            "refusal": refusal,
            "may_change": visit.state == "open" and request.user.has_perm(CHANGE),
        }
        is_wrong = refusal or (marking and marking.errors)
        return screen(
            request, "orders/visit.html", context, parts=PARTS, status=422 if is_wrong else 200
        )


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def visit_edit(request: HtmxRequest, pk: int) -> HttpResponse:
    """What was seen differently."""
    visit = get_object_or_404(Visit.objects.select_related("vehicle__model__make"), pk=pk)
    form = VisitForm(sent(request), instance=visit)

    def change(**seen: Any) -> Visit:
        return visits.change(pk, by=request.user, at=clock.now(), **seen)

    if _seen(form, change):
        return leave(request, reverse("visits:page", args=[pk]))
    vehicle: Any = with_facts().filter(pk=visit.vehicle_id or 0).first()
    return _ask(request, form, vehicle, title=visit.title)


@require_POST
@needs(CHANGE)
def visit_mark(request: HtmxRequest, pk: int) -> HttpResponse:
    """One more mark on the drawing."""
    form = DamageForm(request.POST)
    if not form.is_valid():
        return _show(request, pk, marking=form)
    return _done(
        request, pk, lambda: visits.mark(pk, **form.cleaned_data), _("Marked"), at="#marks"
    )


@require_POST
@needs(CHANGE)
def visit_unmark(request: HtmxRequest, pk: int) -> HttpResponse:
    """A mark less."""
    damage = get_object_or_404(Damage, pk=pk)
    return _done(
        request, damage.visit_id, lambda: visits.unmark(pk), _("The mark is gone"), at="#marks"
    )


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def visit_photo_add(request: HtmxRequest, pk: int) -> HttpResponse:
    """Photographs of the car, from the camera of the tablet or from files."""
    visit = get_object_or_404(Visit, pk=pk)
    return photo_windows.add(
        request,
        lambda **given: visits.photograph(pk, by=request.user, at=clock.now(), **given),
        DOCUMENTS_CHANGED,
        what=visit.title,
        otherwise=f"{reverse('visits:page', args=[pk])}#photos",
    )


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def visit_photo_remove(request: HtmxRequest, name: uuid.UUID) -> HttpResponse:
    """The photograph is gone, once the user says so."""
    photo = get_object_or_404(VisitPhoto, name=name)
    return photo_windows.remove(
        request,
        lambda: visits.remove_photo(name),
        DOCUMENTS_CHANGED,
        otherwise=f"{reverse('visits:page', args=[photo.visit_id])}#photos",
    )


@require_safe
@needs("orders.view_document")
def visit_photo(request: HtmxRequest, name: uuid.UUID) -> HttpResponseBase:
    """The picture, for whoever may see the check-in; as a preview when asked so."""
    get_object_or_404(VisitPhoto, name=name)
    return photos.served(name, preview="preview" in request.GET)


@require_POST
@needs(CHANGE)
def visit_sign(request: HtmxRequest, pk: int) -> HttpResponse:
    """The signature of whoever brought the car."""
    form = SignatureForm(request.POST)
    signature = form.cleaned_data["signature"] if form.is_valid() else "?"
    return _done(
        request,
        pk,
        lambda: visits.sign(pk, signature=signature, at=clock.now()),
        _("The signature is kept"),
    )


@require_POST
@needs("orders.add_workorder")
def visit_work_order(request: HtmxRequest, pk: int) -> HttpResponse:
    """One more work order."""
    visit = get_object_or_404(Visit.objects.select_related("branch"), pk=pk)
    try:
        order = visits.to_work_order(pk, by=request.user, on=clock.today(visit.branch.zone))
    except RefusedError as refusal:
        return _show(request, pk, refusal=str(refusal))
    return leave(request, order.url)


@require_POST
@needs("orders.advance_visit")
def visit_check_out(request: HtmxRequest, pk: int) -> HttpResponse:
    """The car leaves."""
    return _done(
        request,
        pk,
        lambda: visits.check_out(pk, by=request.user, at=clock.now()),
        _("The car has left"),
    )


def _done(
    request: HtmxRequest, pk: int, write: Callable[[], Any], said: str, *, at: str = ""
) -> HttpResponse:
    """It is written, and the page shows it; or the page says why not."""
    try:
        write()
    except RefusedError as refusal:
        return _show(request, pk, refusal=str(refusal))
    except Visit.DoesNotExist as error:
        raise Http404 from error
    messages.success(request, said)
    return leave(request, f"{reverse('visits:page', args=[pk])}{at}")


@require_safe
@needs("orders.view_document")
def visit_print(request: HtmxRequest, pk: int) -> HttpResponse:
    """The acceptance act on paper."""
    visit = queries.open_visit(pk, by=request.user)
    with timezone.override(visit.branch.zone):
        return screen(request, "orders/visit_print.html", {"visit": visit}, parts={"main": "sheet"})
