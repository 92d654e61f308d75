"""Goods are held for a line, and set free again: never more than there is."""

from decimal import Decimal
from typing import Any

import pghistory
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from armclients.kit.refusals import RefusedError
from armclients.templatetags import arm
from orders import states
from orders.models import PartLine, Reserve, Stock
from orders.queries import stock as queries


class NothingFreeError(RefusedError):
    """No warehouse has a free piece of it."""


@transaction.atomic
def reserve(
    line_pk: int, *, quantity: Decimal | None = None, stock: int | None = None, by: Any
) -> Reserve:
    """So much more is held for the line; all that it lacks and is free, where no quantity is given.

    A line is held in one warehouse: where it already is, else in `stock`, else in its own, else in
    the one with the most. Raises RefusedError, and PartLine.DoesNotExist.
    """
    line = locked(line_pk)
    _may_be_reserved(line)
    shelf = shelf_of(line, stock)
    wanted = line.missing if quantity is None else quantity
    if wanted > line.missing:
        raise RefusedError(
            _("The line lacks only %(missing)s.") % {"missing": arm.quantity(line.missing)},
            field="quantity",
        )
    if shelf is None or not shelf.free or (quantity and quantity > shelf.free):
        raise NothingFreeError(queries.what_is_free(line.part_id), field="quantity")
    wanted = min(wanted, shelf.free)
    with pghistory.context(user=by.pk):
        held, is_new = Reserve.objects.get_or_create(
            line=line, defaults={"stock": shelf, "quantity": wanted}
        )
        if not is_new:
            Reserve.objects.filter(pk=held.pk).update(quantity=F("quantity") + wanted)
    return held


@transaction.atomic
def release(line_pk: int, *, quantity: Decimal | None = None, by: Any) -> None:
    """So much, or all, of what was held for the line is free again.

    Raises RefusedError, and PartLine.DoesNotExist.
    """
    line = locked(line_pk)
    give_up(line, line.held if quantity is None else quantity, by=by)


def give_up(line: PartLine, quantity: Decimal, *, by: Any) -> None:
    """So much of the reserve of a locked line ends."""
    if quantity > line.held or not line.held:
        raise RefusedError(
            _("Only %(held)s are reserved.") % {"held": arm.quantity(line.held)}, field="quantity"
        )
    held = Reserve.objects.filter(line=line)
    with pghistory.context(user=by.pk):
        if quantity == line.held:
            held.delete()
        else:
            held.update(quantity=F("quantity") - quantity)


@transaction.atomic
def reserve_all(document_pk: int, *, by: Any) -> int:
    """What is free of everything that the document lacks is held; of how many lines.

    Raises RefusedError when nothing is.
    """
    lines = PartLine.objects.filter(document=document_pk).order_by("position", "pk")
    held = 0
    for line in lines.select_related("reserve"):
        if line.missing:
            try:
                reserve(line.pk, by=by)
            except NothingFreeError:
                continue
            held += 1
    if not held:
        raise RefusedError(_("Nothing that it lacks is free in any warehouse."))
    return held


def locked(line_pk: int) -> PartLine:
    """The line, whose document and quantities nobody else changes until the end.

    The document is locked before its stock everywhere: no two people wait for each other.
    """
    documents = PartLine.objects.select_related("document")
    documents.select_for_update(of=("document",), no_key=True).get(pk=line_pk)
    lines = PartLine.objects.select_related("document", "part", "reserve")
    return lines.select_for_update(of=("self",), no_key=True).get(pk=line_pk)


def _may_be_reserved(line: PartLine) -> None:
    document = line.document
    if document.state not in states.RESERVABLE.get(document.kind, ()):
        raise RefusedError(
            _("Nothing is reserved for a document in the state «%(state)s».")
            % {"state": document.state_label}
        )
    if not line.missing:
        raise RefusedError(_("Everything of this line is reserved or issued already."))


def shelf_of(line: PartLine, stock: int | None) -> Stock | None:
    """Where the line is or will be held, locked; nothing where no warehouse knows the part."""
    held_in = line.reserve.stock_id if line.held else None
    if stock and held_in and stock != held_in:
        raise RefusedError(
            _("It is reserved in another warehouse: release that first."), field="stock"
        )
    known = Stock.objects.filter(part=line.part_id)
    if one := stock or held_in:
        known = known.filter(pk=one)
    shelves = sorted(known.select_for_update(no_key=True).order_by("pk"), key=lambda s: -s.free)
    own = [shelf for shelf in shelves if shelf.warehouse_id == line.warehouse_id and shelf.free]
    return next(iter(own or shelves), None)
