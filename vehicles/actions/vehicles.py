"""What is done with vehicles, their owners, plates and mileage."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from armclients.kit import clashes
from armclients.kit.refusals import RefusedError
from customers.models import Counterparty
from vehicles.actions import tires
from vehicles.models import OdometerReading, Vehicle, VehicleOwnership, VehiclePlate

OWNER = VehicleOwnership.Role.OWNER


class RunsBackError(Exception):
    """The mileage is less than it was: whoever is sure may say so."""

    def __init__(self, reading: OdometerReading) -> None:
        super().__init__(reading)
        self.reading = reading


@transaction.atomic
def create(
    *,
    today: datetime.date,
    owner: Counterparty | None = None,
    since: datetime.date | None = None,
    plate: str = "",
    **facts: Any,
) -> Vehicle:
    """There is one more vehicle, with its owner and its plate where they are known.

    Raises RefusedError when it is to be owned from a day that is yet to come.
    """
    if since:
        _refuse_the_future(since, today, field="since")
    vehicle = Vehicle.objects.create(**facts)
    if owner:
        VehicleOwnership.objects.create(vehicle=vehicle, counterparty=owner, since=since)
    if plate:
        VehiclePlate.objects.create(vehicle=vehicle, number=plate)
    return vehicle


@transaction.atomic
def edit(pk: int, *, seen: Mapping[str, Any], given: Mapping[str, Any]) -> list[str]:
    """The vehicle has what was changed since it was seen so; which fields.

    Raises ClashError when somebody else has changed one of them in another way meanwhile.
    """
    return clashes.apply(_locked(pk), seen=seen, given=given)


@transaction.atomic
def sell(
    pk: int,
    *,
    to: Counterparty | None,
    on: datetime.date,
    today: datetime.date,
    tires_follow: bool = False,
) -> None:
    """From that day the vehicle is somebody else's, or nobody knows whose.

    No document moves, and no tires in the hotel but by a decision.
    Raises RefusedError when the day cannot be.
    """
    vehicle = _locked(pk)
    owners = vehicle.ownerships.filter(role=OWNER)
    current = owners.filter(until=None).select_related("counterparty").first()
    _refuse_the_future(on, today)
    if current is None and to is None:
        raise RefusedError(_("The vehicle has no owner already."), field="client")
    if current and to and current.counterparty_id == to.pk:
        raise RefusedError(_("This client is the owner already."), field="client")
    _refuse_before(current.since if current else None, on)
    if former := owners.filter(until__gt=on).select_related("counterparty").first():
        facts = {"owner": former.counterparty, "day": _day(former.until)}
        raise RefusedError(_("Until %(day)s it was of %(owner)s.") % facts, field="on")
    if current:
        current.until = on
        current.save(update_fields=["until"])
    if to:
        # Of two sales on one day the second may undo the first.
        vehicle.ownerships.update_or_create(
            counterparty=to, role=OWNER, since=on, defaults={"until": None}
        )
    if current and to and tires_follow:
        tires.follow_the_car(pk, seller=current.counterparty_id, buyer=to)


@transaction.atomic
def replate(pk: int, *, number: str, on: datetime.date, today: datetime.date) -> None:
    """From that day the vehicle wears this plate, or none; the old one stays as a former plate.

    A plate that was put on the same day was a mistake, and is corrected.
    Raises RefusedError when the day cannot be.
    """
    vehicle = _locked(pk)
    current = vehicle.plates.filter(until=None).first()
    _refuse_the_future(on, today)
    if not current and not number:
        raise RefusedError(_("The vehicle has no plate already."), field="number")
    _refuse_before(current.since if current else None, on)
    if former := vehicle.plates.filter(until__gt=on).first():
        facts = {"plate": former.number, "day": _day(former.until)}
        raise RefusedError(_("Until %(day)s it wore %(plate)s.") % facts, field="on")
    if current and number and current.since == on:
        current.number = number
        current.save(update_fields=["number"])
        return
    if current:
        current.until = on
        current.save(update_fields=["until"])
    if number:
        vehicle.plates.create(number=number, since=on)


@transaction.atomic
def read_odometer(
    pk: int,
    *,
    km: int,
    on: datetime.date,
    is_sure: bool,
    by: Any,
    today: datetime.date,
) -> None:
    """The mileage of that day is known.

    Raises RunsBackError when it was more before or is less later, unless whoever reads is sure.
    """
    vehicle = _locked(pk)
    _refuse_the_future(on, today)
    before = vehicle.odometer.filter(taken_on__lte=on).order_by("-taken_on").first()
    later = vehicle.odometer.filter(taken_on__gt=on).order_by("taken_on").first()
    if not is_sure:
        if before and before.km > km:
            raise RunsBackError(before)
        if later and later.km < km:
            raise RunsBackError(later)
    vehicle.odometer.update_or_create(taken_on=on, defaults={"km": km, "author": by})


@transaction.atomic
def add_role(
    pk: int, *, client: Counterparty, role: str, since: datetime.date, today: datetime.date
) -> None:
    """The client drives the vehicle, or pays for it, from that day.

    Raises RefusedError when they do so already.
    """
    vehicle = _locked(pk)
    _refuse_the_future(since, today, field="since")
    known = vehicle.ownerships.filter(counterparty=client, role=role)
    if known.filter(until=None).exists():
        raise RefusedError(_("The client is known as this already."), field="client")
    vehicle.ownerships.update_or_create(
        counterparty=client, role=role, since=since, defaults={"until": None}
    )


@transaction.atomic
def end_role(pk: int, *, on: datetime.date, today: datetime.date) -> None:
    """From that day the client is not the vehicle's owner, driver or payer any more.

    No document moves. Raises RefusedError when they are not already, or the day cannot be.
    """
    known = VehicleOwnership.objects.filter(pk=pk)
    for vehicle in known.values_list("vehicle", flat=True):
        _locked(vehicle)
    role = known.filter(until=None).first()
    if role is None:
        raise RefusedError(_("This has ended already."))
    _refuse_the_future(on, today)
    _refuse_before(role.since, on)
    role.until = on
    role.save(update_fields=["until"])


def _locked(pk: int) -> Vehicle:
    """The vehicle; whoever else changes it or what belongs to it waits."""
    return Vehicle.objects.select_for_update().get(pk=pk)


def _refuse_the_future(day: datetime.date, today: datetime.date, *, field: str = "on") -> None:
    if day > today:
        raise RefusedError(_("This day is yet to come."), field=field)


def _refuse_before(since: datetime.date | None, on: datetime.date) -> None:
    if since and on < since:
        raise RefusedError(_("Not before %(day)s.") % {"day": _day(since)}, field="on")


def _day(day: datetime.date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
