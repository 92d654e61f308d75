"""What is done with sets of tires in the hotel."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from armclients.kit import clashes, photos
from armclients.kit.refusals import RefusedError
from customers.models import Counterparty
from vehicles import tire_queries
from vehicles.models import (
    StorageCell,
    TireCounter,
    TireMeasurement,
    TireMovement,
    TirePhoto,
    TireSet,
    Vehicle,
)

NUMBER = "T{:06}"
KIND = TireMovement.Kind
STATE = TireSet.State


@transaction.atomic
def take_in(
    *,
    depositor: Counterparty,
    vehicle: Vehicle | None = None,
    cell: StorageCell | None = None,
    by: Any,
    at: datetime.datetime,
    today: datetime.date,
    **facts: Any,
) -> TireSet:
    """One more set lies in the hotel under a number of its own.

    Without a cell it gets the one that suits it best; none at all when the hotel is full.
    Raises RefusedError when the cell has no room for it.
    """
    place = _place(cell, **facts)
    taken = TireSet.objects.create(
        number=_draw(),
        depositor=depositor,
        vehicle=vehicle,
        cell=place,
        taken_on=today,
        author=by,
        **facts,
    )
    _note(taken, KIND.IN, by=by, at=at, to=place)
    return taken


@transaction.atomic
def edit(pk: int, *, seen: Mapping[str, Any], given: Mapping[str, Any]) -> list[str]:
    """The set has what was changed since it was seen so; which fields.

    Raises ClashError when somebody else has changed one of them meanwhile, and RefusedError when
    its cell has no room for more tires.
    """
    kept = _locked(pk)
    more = int(given.get("quantity") or kept.quantity) - kept.quantity
    if kept.cell_id and more > 0:
        _room(kept.cell_id, more, field="quantity")
    return clashes.apply(kept, seen=seen, given=given)


@transaction.atomic
def relocate(
    pk: int, *, cell: StorageCell | None, words: str = "", by: Any, at: datetime.datetime
) -> None:
    """The set lies in another cell, or for now in none.

    Raises RefusedError when the cell has no room, or the set is not here.
    """
    kept = _here(pk)
    if kept.cell_id == (cell.pk if cell else None):
        raise RefusedError(_("It lies there already."), field="cell")
    _move(kept, cell, words=words, by=by, at=at)


@transaction.atomic
def request(pk: int, *, needed_on: datetime.date, today: datetime.date) -> None:
    """The set is on the pick list, for that day. Raises RefusedError when it is not here."""
    kept = _here(pk)
    if needed_on < today:
        raise RefusedError(_("This day is over."), field="needed_on")
    kept.state, kept.needed_on = STATE.REQUESTED, needed_on
    kept.save(update_fields=["state", "needed_on"])


@transaction.atomic
def recall(pk: int) -> None:
    """Nobody waits for the set any more: it stays where it lies."""
    kept = _here(pk)
    kept.state, kept.needed_on = STATE.STORED, None
    kept.save(update_fields=["state", "needed_on"])


@transaction.atomic
def release(
    pk: int, *, words: str = "", by: Any, at: datetime.datetime, today: datetime.date
) -> TireSet:
    """The set is given out, and its place is free. Raises RefusedError when it is not here."""
    return _leave(_here(pk), STATE.RELEASED, KIND.OUT, words, by=by, at=at, today=today)


@transaction.atomic
def swap(
    pk: int,
    *,
    cell: StorageCell | None = None,
    words: str = "",
    by: Any,
    at: datetime.datetime,
    today: datetime.date,
    **facts: Any,
) -> TireSet:
    """Смена сезона: one set is given out, the one that was on the car is taken in.

    It gets the place that has just become free, unless another is named.
    Raises RefusedError when the set is not here, or the place is too small.
    """
    given = _here(pk)
    freed = given.cell
    _cells(each.pk for each in (freed, cell) if each)
    _leave(given, STATE.RELEASED, KIND.OUT, words, by=by, at=at, today=today)
    return take_in(
        depositor=given.depositor,
        vehicle=given.vehicle,
        cell=cell or _as_large(freed, **facts),
        by=by,
        at=at,
        today=today,
        **facts,
    )


@transaction.atomic
def give_notice(pk: int, *, on: datetime.date, notice: str, today: datetime.date) -> None:
    """The depositor was told that the set will not be kept for ever."""
    kept = _here(pk)
    if on > today:
        raise RefusedError(_("This day is yet to come."), field="on")
    kept.noticed_on, kept.notice = on, notice
    kept.save(update_fields=["noticed_on", "notice"])


@transaction.atomic
def dispose(pk: int, *, words: str, by: Any, at: datetime.datetime, today: datetime.date) -> None:
    """The set is scrapped. Raises RefusedError when it is not overdue, or nobody was told."""
    kept = _here(pk)
    if not kept.is_overdue(today):
        raise RefusedError(_("It is kept by agreement still: only overdue tires are disposed of."))
    if not kept.noticed_on:
        raise RefusedError(_("The depositor must be given notice first."))
    _leave(kept, STATE.DISPOSED, KIND.DISPOSE, words, by=by, at=at, today=today)


@transaction.atomic
def measure(
    pk: int,
    *,
    on: datetime.date,
    wheels: Mapping[str, tuple[Decimal | None, Decimal | None, str]],
    by: Any,
    today: datetime.date,
) -> None:
    """Tread, pressure and condition of each wheel on that day; a second look corrects the first."""
    measured = _locked(pk)
    if on > today:
        raise RefusedError(_("This day is yet to come."), field="on")
    for wheel, (tread, pressure, condition) in wheels.items():
        TireMeasurement.objects.update_or_create(
            set=measured,
            taken_on=on,
            wheel=wheel,
            defaults={
                "tread_mm": tread,
                "pressure_bar": pressure,
                "condition": condition,
                "author": by,
            },
        )


@transaction.atomic
def photograph(
    pk: int, *, pictures: Iterable[photos.Picture], by: Any, at: datetime.datetime
) -> None:
    """The wheel is photographed as it was measured.

    Raises RefusedError, and TireMeasurement.DoesNotExist.
    """
    measured = TireMeasurement.objects.select_for_update().get(pk=pk)
    photos.add(measured.photos, pictures, by=by, at=at)


@transaction.atomic
def remove_photo(name: uuid.UUID) -> None:
    """The photograph is gone."""
    photos.forget(TirePhoto.objects.filter(name=name))


@transaction.atomic
def follow_the_car(vehicle: int, *, seller: int, buyer: Counterparty) -> list[str]:
    """The seller's tires of that car are the buyer's now, because somebody decided so; which."""
    sets = TireSet.objects.here().filter(vehicle=vehicle, depositor=seller)
    moved = list(sets.order_by("pk").select_for_update())
    for each in moved:
        each.depositor = buyer
        each.save(update_fields=["depositor"])
    return [each.number for each in moved]


def _draw() -> str:
    """The next number; a rolled back transaction gives it back, and so none is missing."""
    TireCounter.objects.bulk_create([TireCounter(pk=1)], ignore_conflicts=True)
    counter = TireCounter.objects.select_for_update().get(pk=1)
    counter.last += 1
    counter.save(update_fields=["last"])
    return NUMBER.format(counter.last)


def _locked(pk: int) -> TireSet:
    return TireSet.objects.select_for_update().get(pk=pk)


def _here(pk: int) -> TireSet:
    """The set, locked. Raises RefusedError when it has left the hotel."""
    kept = _locked(pk)
    if not kept.is_here:
        facts = {"state": kept.get_state_display(), "day": _day(kept.left_on)}
        raise RefusedError(_("The set is not here: %(state)s on %(day)s.") % facts)
    return kept


def _place(
    cell: StorageCell | None, *, quantity: int = 4, size: str = "", season: str = "", **_facts: Any
) -> StorageCell | None:
    """The cell that was named, or the one that suits best and that nobody else is filling now."""
    if cell:
        return _room(cell.pk, quantity)
    suited = tire_queries.suited(tires=quantity, size=size, season=season)
    return suited.select_for_update(skip_locked=True, of=("self",)).first()


def _as_large(freed: StorageCell | None, *, quantity: int = 4, **_facts: Any) -> StorageCell | None:
    """The cell that has just become free, read anew, where it is large enough."""
    if freed:
        freed.refresh_from_db()
    return freed if freed and freed.free >= quantity else None


def _room(cell: int, tires: int, *, field: str = "cell") -> StorageCell:
    """The cell, locked, with room for so many tires. Raises RefusedError when it has none."""
    (place,) = _cells([cell])
    if place.free < tires:
        facts = {"cell": place.code, "free": place.free}
        raise RefusedError(_("In %(cell)s there is room for %(free)s only.") % facts, field=field)
    return place


def _cells(keys: Iterable[int]) -> list[StorageCell]:
    """Cells, locked in the order of their keys."""
    return list(StorageCell.objects.filter(pk__in=keys).order_by("pk").select_for_update())


def _move(
    kept: TireSet, cell: StorageCell | None, *, words: str, by: Any, at: datetime.datetime
) -> None:
    before = kept.cell
    _cells(each.pk for each in (before, cell) if each)
    after = _room(cell.pk, kept.quantity) if cell else None
    kept.cell = after
    kept.save(update_fields=["cell"])
    _note(kept, KIND.RELOCATE, by=by, at=at, start=before, to=after, words=words)


def _leave(
    kept: TireSet,
    state: str,
    kind: str,
    words: str,
    *,
    by: Any,
    at: datetime.datetime,
    today: datetime.date,
) -> TireSet:
    before = kept.cell
    kept.state, kept.cell, kept.left_on, kept.needed_on = state, None, today, None
    kept.save(update_fields=["state", "cell", "left_on", "needed_on"])
    _note(kept, kind, by=by, at=at, start=before, words=words)
    return kept


def _note(
    moved: TireSet,
    kind: str,
    *,
    by: Any,
    at: datetime.datetime,
    start: StorageCell | None = None,
    to: StorageCell | None = None,
    words: str = "",
) -> None:
    TireMovement.objects.create(
        set=moved,
        kind=kind,
        at=at,
        author=by,
        from_cell=start.code if start else "",
        to_cell=to.code if to else "",
        words=words,
    )


def _day(day: datetime.date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
