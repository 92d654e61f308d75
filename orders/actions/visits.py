"""Машинозаезды: cars are taken in, marked, signed for, worked on and given back."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from armclients.kit import photos
from armclients.kit.refusals import RefusedError
from orders import states
from orders.actions import documents
from orders.actions.states import change_state
from orders.models import (
    Branch,
    Damage,
    Document,
    RepairRequest,
    Slot,
    Visit,
    VisitPhoto,
    WorkOrder,
)
from vehicles.actions import vehicles


@transaction.atomic
def check_in(
    *,
    branch: Branch,
    customer: Any,
    vehicle: Any,
    booked: RepairRequest | None = None,
    by: Any,
    at: datetime.datetime,
    is_sure: bool = False,
    **seen: Any,
) -> Visit:
    """The car is here, as it was `seen`; its mileage is known, and who was booked has arrived.

    Raises RefusedError when it is here already, and RunsBackError when the mileage is less than it
    was, unless whoever reads it is sure.
    """
    if here := Visit.objects.filter(vehicle=vehicle, state="open").first():
        raise RefusedError(
            _("The car is in the workshop already: %(number)s.") % {"number": here.number}
        )
    visit: Visit = documents.create(
        Document.Kind.VISIT,
        branch=branch,
        customer=customer,
        vehicle=vehicle,
        base=booked,
        by=by,
        on=at.astimezone(branch.zone).date(),
        arrived_at=at,
        **seen,
    )
    _read_mileage(visit, by=by, at=at, is_sure=is_sure)
    if booked and "arrived" in states.CHANGES[booked.kind].get(booked.state, {}):
        change_state(booked.pk, seen=booked.state, to="arrived", by=by)
    return visit


@transaction.atomic
def change(pk: int, *, by: Any, at: datetime.datetime, is_sure: bool = False, **seen: Any) -> Visit:
    """The car was seen to be so; who signed before signs anew.

    Raises RefusedError, RunsBackError, and Visit.DoesNotExist.
    """
    visit = _open(pk)
    for name, value in seen.items():
        setattr(visit, name, value)
    _unsign(visit)
    visit.save()
    _read_mileage(visit, by=by, at=at, is_sure=is_sure)
    return visit


@transaction.atomic
def mark(pk: int, *, kind: str, x: int, y: int, note: str = "") -> Damage:
    """There is a mark on the drawing; who signed before signs anew.

    Raises RefusedError, and Visit.DoesNotExist.
    """
    visit = _open(pk)
    _unsign(visit)
    visit.save(update_fields=["signature", "signed_at"])
    return visit.damages.create(kind=kind, x=x, y=y, note=note)


@transaction.atomic
def unmark(pk: int) -> Visit:
    """The mark was a mistake.

    Raises RefusedError, and Damage.DoesNotExist.
    """
    damage = Damage.objects.get(pk=pk)
    visit = _open(damage.visit_id)
    _unsign(visit)
    visit.save(update_fields=["signature", "signed_at"])
    damage.delete()
    return visit


@transaction.atomic
def photograph(
    pk: int, *, pictures: Iterable[photos.Picture], by: Any, at: datetime.datetime
) -> None:
    """The car is photographed. What was signed stays signed: a photograph knows its time.

    Raises RefusedError, and Visit.DoesNotExist.
    """
    photos.add(_open(pk).photos, pictures, by=by, at=at)


@transaction.atomic
def remove_photo(name: uuid.UUID) -> None:
    """The photograph was a mistake; one that was there when the client signed is none.

    Raises RefusedError, and VisitPhoto.DoesNotExist.
    """
    photo = VisitPhoto.objects.get(name=name)
    visit = _open(photo.visit_id)
    if visit.signed_at and photo.taken_in_at <= visit.signed_at:
        raise RefusedError(_("The client has signed the act with this photo: it stays."))
    photos.forget(VisitPhoto.objects.filter(name=name))


@transaction.atomic
def sign(pk: int, *, signature: str, at: datetime.datetime) -> Visit:
    """Whoever brought the car has signed for what stands there now.

    Raises RefusedError, and Visit.DoesNotExist.
    """
    visit = _open(pk)
    visit.signature, visit.signed_at = signature, at
    try:
        visit.clean_fields(exclude=[f.name for f in visit._meta.fields if f.name != "signature"])
    except ValidationError as error:
        raise RefusedError(_("This is no signature: sign once more.")) from error
    if not signature:
        raise RefusedError(_("There is no signature yet."))
    visit.save(update_fields=["signature", "signed_at"])
    return visit


@transaction.atomic
def to_work_order(pk: int, *, by: Any, on: datetime.date) -> WorkOrder:
    """One more work order about this visit; the first one has what was planned when booking.

    Raises RefusedError, and Visit.DoesNotExist.
    """
    visit = _open(pk)
    booked: Any = RepairRequest.objects.filter(pk=visit.base_id or 0).first()
    is_first = not visit.followers.filter(kind=Document.Kind.WORK_ORDER).exists()
    slots = booked.slots.exclude(master=None) if booked else Slot.objects.none()
    slot = slots.select_related("master").order_by("start_at", "pk").first()
    order: WorkOrder = documents.follow(
        Document.Kind.WORK_ORDER,
        visit,
        by=by,
        on=on,
        comment=visit.reasons,
        mileage_km=visit.mileage_km,
        repair_kind=booked.repair_kind if booked else None,
        master=slot.master if slot else None,
    )
    if booked and is_first:
        documents.copy_lines(order, works=booked.works.all(), goods=booked.goods.all())
    return order


@transaction.atomic
def check_out(pk: int, *, by: Any, at: datetime.datetime, why: str = "") -> Visit:
    """The car has left.

    Raises RefusedError, and Visit.DoesNotExist.
    """
    visit = _open(pk)
    change_state(pk, seen=visit.state, to="closed", by=by, why=why)
    Visit.objects.filter(pk=pk).update(left_at=at)
    return visit


def _open(pk: int) -> Visit:
    visits: Any = Visit.objects.select_for_update(of=("self",))
    visit: Visit = visits.select_related("branch", "counterparty", "payer", "vehicle").get(pk=pk)
    if visit.state != "open":
        raise RefusedError(_("The car has left: the check-in stands as it is."))
    return visit


def _unsign(visit: Visit) -> None:
    visit.signature, visit.signed_at = "", None


def _read_mileage(visit: Visit, *, by: Any, at: datetime.datetime, is_sure: bool) -> None:
    if visit.mileage_km is not None and visit.vehicle_id:
        day = visit.arrived_at.astimezone(visit.branch.zone).date()
        vehicles.read_odometer(
            visit.vehicle_id,
            km=visit.mileage_km,
            on=day,
            is_sure=is_sure,
            by=by,
            today=max(day, at.astimezone(visit.branch.zone).date()),
        )
