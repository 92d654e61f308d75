"""Racks of the tire hotel, and the counting of what lies in them."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from armclients.kit.refusals import RefusedError
from vehicles import tire_queries
from vehicles.models import StorageCell, TireCount, TireScan, TireSet, TireStore

MOST_CELLS = 2000  # at once: a slip of a key lays out no city of racks


@transaction.atomic
def lay_out(
    *,
    store: str,
    zone: str,
    first_rack: int,
    racks: int,
    shelves: int,
    positions: int,
    **facts: Any,
) -> int:
    """Racks stand in the store, each cell with a code for its label; how many are new.

    Cells that are there already stay as they are. Raises RefusedError when it would be too many.
    """
    if racks * shelves * positions > MOST_CELLS:
        raise RefusedError(
            _("No more than %(most)s cells at once.") % {"most": MOST_CELLS}, field="racks"
        )
    room = TireStore.objects.filter(name__iexact=store).first()
    room = room or TireStore.objects.create(name=store)
    before = room.cells.count()
    StorageCell.objects.bulk_create(
        (
            StorageCell(
                store=room,
                zone=zone,
                rack=rack,
                shelf=shelf,
                position=position,
                code="-".join(filter(None, [zone, str(rack), str(shelf), str(position)])),
                **facts,
            )
            for rack in range(first_rack, first_rack + racks)
            for shelf in range(1, shelves + 1)
            for position in range(1, positions + 1)
        ),
        ignore_conflicts=True,
    )
    made = room.cells.count() - before
    if not made:
        raise RefusedError(_("These cells are there already, or their codes are."), field="zone")
    return made


@transaction.atomic
def start_count(*, store: TireStore, zone: str, by: Any, at: datetime.datetime) -> TireCount:
    """Somebody counts what lies in the store, or in one zone of it."""
    return TireCount.objects.create(store=store, zone=zone, author=by, started_at=at)


@transaction.atomic
def scan(pk: int, *, code: str, at: datetime.datetime) -> str:
    """One more label was scanned; in a sentence, what it is.

    A cell's label says where the next sets lie. Raises RefusedError when the count is finished.
    """
    count = _open(pk)
    if cell := tire_queries.cell_labelled(code):
        count.cell = cell
        count.save(update_fields=["cell"])
        return _("The cell %(cell)s: scan what lies in it.") % {"cell": cell.code}
    found = tire_queries.set_labelled(code)
    seen_in = count.cell.code if count.cell else ""
    TireScan.objects.update_or_create(
        count=count,
        code=found.number if found else code,
        defaults={"set": found, "cell_code": seen_in, "at": at},
    )
    return _what_was_found(found, seen_in, code)


@transaction.atomic
def finish_count(pk: int, *, at: datetime.datetime) -> None:
    """The count is over: what it found stays as it was found."""
    count = _open(pk)
    count.finished_at = at
    count.save(update_fields=["finished_at"])


def _open(pk: int) -> TireCount:
    count = TireCount.objects.select_for_update().get(pk=pk)
    if count.finished_at:
        raise RefusedError(_("This count is finished."), field="code")
    return count


def _what_was_found(found: TireSet | None, seen_in: str, code: str) -> str:
    if found is None:
        return _("Nobody knows the code %(code)s.") % {"code": code}
    facts = {"set": found.number, "cell": found.cell.code if found.cell else "—", "seen": seen_in}
    if not found.is_here:
        facts["state"] = found.get_state_display()
        return _("%(set)s ought not to be here: %(state)s.") % facts
    if seen_in and found.cell and found.cell.code != seen_in:
        return _("%(set)s lies in %(seen)s, and ought to lie in %(cell)s.") % facts
    return _("%(set)s is in its place.") % facts
