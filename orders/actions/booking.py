"""Записи на ремонт: made, moved, linked to a client's card, and turned into work."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext as _

from armclients.kit.refusals import RefusedError
from orders import states
from orders.actions import documents
from orders.actions.states import change_state
from orders.models import Bay, Branch, Document, RepairRequest, Slot, WorkOrder
from orders.queries import calendar

LONGEST = datetime.timedelta(days=14)


@dataclass(frozen=True)
class Place:
    """Where and when something is to stand."""

    branch: Branch
    start_at: datetime.datetime
    end_at: datetime.datetime
    bay: Bay | None
    master: Any

    @property
    def scarce(self) -> list[tuple[str, Any]]:
        kinds = (("bay", self.bay), ("master", self.master))
        return [(kind, held) for kind, held in kinds if held]


@transaction.atomic
def book(
    *,
    branch: Branch,
    by: Any,
    at: datetime.datetime,
    start_at: datetime.datetime | None = None,
    length: datetime.timedelta | None = None,
    bay: Bay | None = None,
    master: Any = None,
    customer: Any = None,
    vehicle: Any = None,
    base: Document | None = None,
    anyway: bool = False,
    **told: Any,
) -> RepairRequest:
    """The client is booked, and the bay and the master are theirs then; without a time they wait.

    `told` is what only a request has: `customer_text`, `contact_phone`, `reason` and so on. What
    `base` plans, works and goods, is planned here too.
    Raises RefusedError, which names the other booking where the time is taken; outside working
    hours, unless `anyway` says that it is meant.
    """
    if not (customer or told.get("customer_text") or told.get("contact_phone")):
        raise RefusedError(_("Say who comes: a name or a phone."), field="customer_text")
    if start_at and length:
        place = Place(branch, start_at, start_at + length, bay, master)
        _hold(place)
        _must_be_ahead(place, at=at)
        _must_be_free(place, anyway=anyway)
    request: RepairRequest = documents.create(
        Document.Kind.REPAIR_REQUEST,
        branch=branch,
        customer=customer,
        vehicle=vehicle,
        base=base,
        by=by,
        on=at.astimezone(branch.zone).date(),
        **told,
    )
    if base:
        documents.copy_lines(request, works=base.works.all(), goods=base.goods.all())
    if start_at and length:
        _put(Slot(request=request), place)
    return request


@transaction.atomic
def add_slot(
    pk: int,
    *,
    start_at: datetime.datetime,
    length: datetime.timedelta,
    bay: Bay | None = None,
    master: Any = None,
    anyway: bool = False,
    at: datetime.datetime,
) -> Slot:
    """The request holds one more stretch of time, on this bay or another.

    Raises RefusedError, and RepairRequest.DoesNotExist.
    """
    request = _locked(pk)
    place = Place(request.branch, start_at, start_at + length, bay, master)
    _hold(place)
    _must_be_ahead(place, at=at)
    _must_be_free(place, anyway=anyway)
    return _put(Slot(request=request), place)


@transaction.atomic
def move(
    pk: int,
    *,
    start_at: datetime.datetime,
    length: datetime.timedelta,
    bay: Bay | None = None,
    master: Any = None,
    anyway: bool = False,
    seen: str = "",
) -> Slot:
    """The slot stands where it was put, and its history says where it stood before.

    `seen` is where it stood when the user decided: whoever comes second is told, not obeyed.
    Raises RefusedError, and Slot.DoesNotExist.
    """
    request = _locked(Slot.objects.values_list("request", flat=True).get(pk=pk))
    slot = Slot.objects.select_for_update(of=("self",)).select_related("bay").get(pk=pk)
    slot.request = request
    if seen and seen != place_of(slot):
        raise RefusedError(
            _("It was moved meanwhile, to %(where)s: open it once more.")
            % {"where": f"{_on_the_clock(slot)} {slot.bay or ''}".strip()}
        )
    if request.state in states.SETTLED:
        raise RefusedError(
            _("It is «%(state)s»: it holds no time.") % {"state": request.state_label}
        )
    place = Place(request.branch, start_at, start_at + length, bay, master)
    _hold(place)
    _must_be_free(place, but=pk, anyway=anyway)
    return _put(slot, place)


@transaction.atomic
def remove_slot(pk: int) -> RepairRequest:
    """The time is free again; a request without any waits for another.

    Raises Slot.DoesNotExist.
    """
    slot = Slot.objects.select_for_update(of=("self",)).select_related("request").get(pk=pk)
    slot.delete()
    return slot.request


@transaction.atomic
def change(pk: int, *, given: dict[str, Any]) -> RepairRequest:
    """What was told is as given: names, phone, car, reason, kind, who waits.

    Raises RefusedError, and RepairRequest.DoesNotExist.
    """
    request = _locked(pk)
    if not (request.counterparty_id or given.get("customer_text") or given.get("contact_phone")):
        raise RefusedError(_("Say who comes: a name or a phone."), field="customer_text")
    for name, value in given.items():
        setattr(request, name, value)
    request.save(update_fields=list(given))
    return request


@transaction.atomic
def link(pk: int, *, customer: Any, vehicle: Any = None) -> RepairRequest:
    """The booking is this client's, who was known by name and phone only; what was told stays.

    Raises RepairRequest.DoesNotExist.
    """
    request = _locked(pk)
    request.counterparty = customer
    request.payer = request.payer or customer
    if vehicle:
        request.vehicle = vehicle
    request.save(update_fields=["counterparty", "payer", "vehicle"])
    return request


@transaction.atomic
def to_work_order(pk: int, *, by: Any, on: datetime.date) -> WorkOrder:
    """The client has arrived, and there is a work order about it; asked twice, the same one.

    Raises RefusedError, and RepairRequest.DoesNotExist.
    """
    request = _locked(pk)
    about_it = WorkOrder.objects.filter(Q(base=request) | Q(base__base=request))
    made: Any = about_it.exclude(state="refused").first()
    if made:
        return made
    if not request.counterparty:
        raise RefusedError(_("A work order needs a client's card: link or make one first."))
    if request.state != "arrived":
        request = RepairRequest.objects.get(
            pk=change_state(pk, seen=request.state, to="arrived", by=by).pk
        )
    slots = list(request.slots.order_by("start_at", "pk"))
    order: WorkOrder = documents.follow(
        Document.Kind.WORK_ORDER,
        request,
        by=by,
        on=on,
        comment=request.reason,
        repair_kind=request.repair_kind,
        master=next((slot.master for slot in slots if slot.master), None),
        planned_handover_at=max((slot.end_at for slot in slots), default=None),
    )
    documents.copy_lines(order, works=request.works.all(), goods=request.goods.all())
    return order


def place_of(slot: Slot) -> str:
    """Where it stands, in one word, to know later whether it still does.

    The calendar puts the same word together of what a block carries (static/js/booking.js).
    """
    zone = slot.request.branch.zone
    period = (
        f"{moment.astimezone(zone):%Y-%m-%dT%H:%M}" for moment in (slot.start_at, slot.end_at)
    )
    return "/".join([*period, str(slot.bay_id or ""), str(slot.master_id or "")])


def _locked(pk: int) -> RepairRequest:
    requests: Any = RepairRequest.objects.select_for_update(of=("self",))
    return requests.select_related("branch", "counterparty", "payer").get(pk=pk)


def _hold(place: Place) -> None:
    """Whoever else wants this bay or this master waits until we are done: bays first, always."""
    if place.bay:
        Bay.objects.select_for_update(no_key=True).get(pk=place.bay.pk)
    if place.master:
        get_user_model().objects.select_for_update(no_key=True).get(pk=place.master.pk)


def _must_be_ahead(place: Place, *, at: datetime.datetime) -> None:
    if place.end_at <= at:
        raise RefusedError(_("This moment has passed."), field="start_at")


def _must_be_free(place: Place, *, anyway: bool, but: int = 0) -> None:
    if not datetime.timedelta() < place.end_at - place.start_at <= LONGEST:
        raise RefusedError(_("It lasts from five minutes to two weeks."), field="hours")
    for kind, held in place.scarce:
        if other := _taken(place, but=but, **{kind: held}):
            raise RefusedError(_named(held, other), field="start_at")
    for kind, held in () if anyway else place.scarce:
        on = calendar.Scarce(kind, held.pk, str(held))
        if calendar.is_shut(place.branch, on, place.start_at, place.end_at):
            raise RefusedError(
                _("%(what)s does not work then. Tick this if it is meant.") % {"what": held},
                field="anyway",
            )


def _taken(place: Place, *, but: int, **on: Any) -> Slot | None:
    slots = Slot.objects.filter(
        is_held=True, start_at__lt=place.end_at, end_at__gt=place.start_at, **on
    ).exclude(pk=but)
    others = slots.select_related(
        "request__counterparty", "request__vehicle__model__make", "request__branch"
    )
    return others.order_by("start_at", "pk").first()


def _named(held: Any, other: Slot) -> str:
    """«Пост 1: занято 10:00–12:00, Зубков Алексей, COROLLA, ЦОА0000012»."""
    request = other.request
    whose = ", ".join(filter(None, [request.who, request.what, request.number]))
    return _("%(what)s is taken %(when)s: %(whose)s.") % {
        "what": held,
        "when": _on_the_clock(other),
        "whose": whose,
    }


def _on_the_clock(slot: Slot) -> str:
    zone = slot.request.branch.zone
    start, end = slot.start_at.astimezone(zone), slot.end_at.astimezone(zone)
    return f"{formats.date_format(start, 'd.m H:i')}–{formats.date_format(end, 'H:i')}"


def _put(slot: Slot, place: Place) -> Slot:
    slot.start_at, slot.end_at = place.start_at, place.end_at
    slot.bay, slot.master = place.bay, place.master
    try:
        with transaction.atomic():
            slot.save()
    except IntegrityError as error:
        # An import or the administration was as quick, and locks nothing.
        if "slot_no_overlap" not in str(error):
            raise
        raise RefusedError(
            _("The bay or the master has been booked for that time meanwhile."), field="start_at"
        ) from error
    return slot
