"""Запись на ремонт: the calendar, a new booking, and what becomes of one."""

import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from armclients.kit import clock, windows
from armclients.kit.access import needs
from armclients.kit.addresses import key, narrowed_by
from armclients.kit.htmx import (
    CUSTOMER_CHANGED,
    DOCUMENTS_CHANGED,
    back,
    done,
    leave,
    screen,
    sent,
)
from armclients.kit.refusals import RefusedError
from armclients.kit.typing import HtmxRequest
from customers import queries as customers
from customers.models import Counterparty
from orders.actions import booking
from orders.forms.bookings import BookingForm, ChangeForm, LinkForm, SlotForm, placed_at
from orders.models import Branch, Document, RepairRequest, Slot
from orders.queries import booking as queries
from orders.queries import calendar
from orders.views import calendar as drawing
from vehicles.models import Vehicle

ADD, CHANGE = "orders.add_repairrequest", "orders.change_repairrequest"
FACTS = (DOCUMENTS_CHANGED, CUSTOMER_CHANGED)
OFFERED = 6
LONGEST_WINDOW = 24


@require_safe
@needs("orders.view_document")
def booking_calendar(request: HtmxRequest) -> HttpResponse:
    """A day or a week of a branch, for whom somebody is to be booked. At most ten statements."""
    asked = drawing.Asked.of(request)
    if asked is None:
        return screen(request, "orders/booking.html", {}, parts={"calendar": "calendar"})
    customer, vehicle = _for_whom(request)
    now = clock.now()
    with timezone.override(asked.branch.zone):
        context = {
            "asked": asked,
            "branches": list(Branch.objects.order_by("name", "pk")),
            "customer": customer,
            "vehicle": vehicle,
            "now": now,
            "today": clock.today(asked.branch.zone),
            "new": f"{reverse('booking:new')}?{_carried(asked)}",
            "base": f"{reverse('booking:calendar')}?{_carried(asked)}",
            "warned": queries.warnings_of(customer, vehicle, now=now),
            **drawing.drawn(asked, now=now),
        }
        return screen(request, "orders/booking.html", context, parts={"calendar": "calendar"})


def _carried(asked: drawing.Asked) -> str:
    """What every link of the calendar takes along."""
    keys = {"branch": asked.branch.pk, "customer": asked.customer, "car": asked.car}
    return narrowed_by(**{name: str(pk or "") for name, pk in keys.items()})


def _for_whom(request: HtmxRequest) -> tuple[Counterparty | None, Vehicle | None]:
    """The client and the car that the address brings along; the card is thereby opened."""
    pk, car = key(request.GET.get("customer")), key(request.GET.get("car"))
    customer = customers.open_card(pk, by=request.user, why="booking") if pk else None
    vehicle = Vehicle.objects.named().filter(pk=car).first() if car else None
    return customer, vehicle


@require_http_methods(["GET", "POST"])
@needs(ADD)
def booking_new(request: HtmxRequest) -> HttpResponse:
    """A booking: at a time that was clicked, in the soonest window, or by the form alone."""
    branch = calendar.branch_of(request.user, key(request.GET.get("branch")))
    if branch is None:
        raise Http404
    customer, vehicle = _for_whom(request)
    base = Document.objects.filter(pk=key(request.GET.get("base")) or 0).first()
    now = clock.now()
    with timezone.override(branch.zone):
        begun, offered = _begun(request, branch, vehicle, base)
        form = BookingForm(
            sent(request), initial=begun, branch=branch, customer=customer, vehicle=vehicle
        )
        about = {"branch": branch, "base": base, "by": request.user, "at": now}
        return windows.write(
            request,
            form,
            lambda **given: booking.book(**about, **given),
            *FACTS,
            title=_("Booking: %(who)s") % {"who": customer} if customer else _("New booking"),
            said=_("The client is booked"),
            otherwise=reverse("booking:calendar"),
            submit=_("Book"),
            below="orders/booking_notes.html",
            warned=queries.warnings_of(customer, vehicle, now=now),
            offered=offered,
            again=_without(request, "at", "bay", "master"),
        )


def _begun(
    request: HtmxRequest, branch: Branch, vehicle: Vehicle | None, base: Document | None
) -> tuple[dict[str, Any], list[calendar.Window]]:
    """What the form begins with, and the soonest windows where they are asked for."""
    planned = float(queries.planned_hours(base)) if base else 0
    soonest = _number(request.GET.get("soonest"))
    hours = soonest or _number(request.GET.get("hours")) or planned or 1
    bay, master = key(request.GET.get("bay")), key(request.GET.get("master"))
    begun = {
        "start_at": _moment(request.GET.get("at"), branch),
        "hours": f"{hours:g}",
        "bay": bay,
        "master": master,
        "vehicle": vehicle.pk if vehicle else None,
    }
    if not soonest:
        return begun, []
    length = datetime.timedelta(hours=soonest)
    windows_found = calendar.soonest(
        branch, length=length, since=clock.now(), bay=bay, master=master, limit=OFFERED
    )
    if windows_found and not begun["start_at"]:
        begun |= {"start_at": windows_found[0].at, "bay": windows_found[0].on.pk}
    return begun, windows_found


def _number(text: str | None) -> float:
    """Hours from an address; nonsense is none."""
    try:
        hours = float((text or "0").replace(",", "."))
    except ValueError:
        return 0
    return hours if 0 < hours <= LONGEST_WINDOW else 0


def _moment(text: str | None, branch: Branch) -> datetime.datetime | None:
    """A moment on the branch's clock from an address; nonsense is none."""
    try:
        moment = parse_datetime(text or "")
    except ValueError:
        return None
    return moment and moment.replace(tzinfo=moment.tzinfo or branch.zone)


def _without(request: HtmxRequest, *names: str) -> str:
    """The address of this window, but for what a link in it says anew."""
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return f"{request.path}?{query.urlencode()}&"


@require_safe
@needs("orders.view_document")
def booking_page(request: HtmxRequest, pk: int) -> HttpResponse:
    """One booking, with all that is known of it and may be done with it."""
    return _show(request, pk)


def _show(request: HtmxRequest, pk: int, *, refusal: str = "") -> HttpResponse:
    booked = queries.open_booking(pk, by=request.user)
    with timezone.override(booked.branch.zone):
        context = {
            "booked": booked,
            "title": booked.title,
            "refusal": refusal,
            "warned": queries.warnings_of(
                booked.counterparty, booked.vehicle, now=clock.now(), but=pk
            ),
            "back": back(request, reverse("booking:calendar")),
        }
        status = 422 if refusal else 200
        return screen(
            request, "orders/booked.html", context, parts={"dialog": "dialog"}, status=status
        )


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def booking_edit(request: HtmxRequest, pk: int) -> HttpResponse:
    """What was told: names, phone, car, reason."""
    booked = _booking(pk)
    return windows.write(
        request,
        ChangeForm(sent(request), request=booked),
        lambda **given: booking.change(pk, given=given),
        *FACTS,
        title=booked.title,
        said=_("The booking is changed"),
        otherwise=reverse("booking:page", args=[pk]),
    )


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def booking_link(request: HtmxRequest, pk: int) -> HttpResponse:
    """The card of a client who was booked by name and phone."""
    booked = _booking(pk)
    return windows.write(
        request,
        LinkForm(
            sent(request),
            initial={"client": booked.contact_phone or booked.customer_text},
        ),
        lambda **given: booking.link(pk, **given),
        *FACTS,
        title=_("Whose booking it is"),
        about=", ".join(filter(None, [booked.customer_text, booked.contact_phone, booked.what])),
        said=_("The booking belongs to the client"),
        otherwise=reverse("booking:page", args=[pk]),
        submit=_("Link"),
    )


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def slot_add(request: HtmxRequest, pk: int) -> HttpResponse:
    """One more stretch of time for a booking; the first one, where it waits."""
    booked = _booking(pk)
    hours = f"{float(queries.planned_hours(booked)) or 1:g}"
    now = clock.now()
    with timezone.override(booked.branch.zone):
        begun = {
            "start_at": _moment(request.GET.get("at"), booked.branch),
            "hours": hours,
            "bay": key(request.GET.get("bay")),
            "master": key(request.GET.get("master")),
        }
        form = SlotForm(sent(request), initial=begun, branch=booked.branch)
        del form.fields["seen"]
        return windows.write(
            request,
            form,
            lambda **given: booking.add_slot(pk, at=now, **given),
            *FACTS,
            title=_("Time for %(booking)s") % {"booking": booked.title},
            about=", ".join(filter(None, [booked.who, booked.what])),
            said=_("The time is booked"),
            otherwise=reverse("booking:page", args=[pk]),
            submit=_("Book"),
        )


@require_http_methods(["GET", "POST"])
@needs(CHANGE)
def slot_move(request: HtmxRequest, pk: int) -> HttpResponse:
    """Another time, bay or master: by the form, or by what was dragged."""
    slots = Slot.objects.select_related("request__branch", "request__counterparty")
    slot = get_object_or_404(slots.select_related("request__vehicle__model__make"), pk=pk)
    booked = slot.request
    with timezone.override(booked.branch.zone):
        begun = placed_at(slot, seen=booking.place_of(slot))
        return windows.write(
            request,
            SlotForm(sent(request), initial=begun, branch=booked.branch),
            lambda **given: booking.move(pk, **given),
            *FACTS,
            title=_("Move %(booking)s") % {"booking": booked.title},
            about=", ".join(filter(None, [booked.who, booked.what])),
            said=_("The booking is moved"),
            otherwise=reverse("booking:page", args=[booked.pk]),
            submit=_("Move"),
        )


@require_POST
@needs(CHANGE)
def slot_remove(request: HtmxRequest, pk: int) -> HttpResponse:
    """The time is free; without another one the booking waits."""
    try:
        booked = booking.remove_slot(pk)
    except Slot.DoesNotExist as error:
        raise Http404 from error
    page = reverse("booking:page", args=[booked.pk])
    return done(request, *FACTS, said=_("The time is free again"), otherwise=page)


@require_POST
@needs("orders.add_workorder")
def booking_work_order(request: HtmxRequest, pk: int) -> HttpResponse:
    """The client is here: on to the work order."""
    booked = _booking(pk)
    try:
        order = booking.to_work_order(pk, by=request.user, on=clock.today(booked.branch.zone))
    except RefusedError as refusal:
        return _show(request, pk, refusal=str(refusal))
    return leave(request, order.url)


def _booking(pk: int) -> RepairRequest:
    requests: Any = RepairRequest.objects.select_related(
        *("branch", "counterparty", "vehicle__model__make", "repair_kind")
    )
    return get_object_or_404(requests, pk=pk)
