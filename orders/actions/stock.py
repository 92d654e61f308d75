"""Goods come into the warehouses, leave them, and move between them: each time by a movement."""

import datetime
import uuid
from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal
from typing import Any

import pghistory
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from armclients.kit import clock
from armclients.kit.refusals import RefusedError
from armclients.templatetags import arm
from orders import states
from orders.actions import reserves, vat
from orders.models import (
    CustomerOrder,
    Document,
    MarkingCode,
    Part,
    PartLine,
    Stock,
    StockMovement,
    Warehouse,
)
from orders.queries import stock as queries

Kind = StockMovement.Kind


@transaction.atomic
def issue(
    line_pk: int, *, quantity: Decimal | None = None, stock: int | None = None, by: Any
) -> StockMovement:
    """So much of the line is handed over to the workshop or the client; its reserve goes first.

    Without a quantity: all that is held for it or, where nothing is, all that it still lacks.
    Raises RefusedError, and PartLine.DoesNotExist.
    """
    line = reserves.locked(line_pk)
    wanted = (line.held or line.to_issue) if quantity is None else quantity
    _may_be_issued(line, wanted)
    shelf = reserves.shelf_of(line, stock)
    from_reserve = min(line.held, wanted)
    if shelf is None or shelf.free + from_reserve < wanted:
        raise RefusedError(queries.what_is_free(line.part_id), field="quantity")
    if from_reserve:
        reserves.give_up(line, from_reserve, by=by)
    moved = _move(shelf, Kind.ISSUE, -wanted, line=line, by=by)
    _tax_what_is_performed(line.document)
    return moved


def _tax_what_is_performed(before: Document) -> None:
    """An order whose last goods went out is taxed at the rate of this day."""
    named = Document.objects.select_related("branch__organisation", "contract__organisation")
    document = named.get(pk=before.pk)
    performed = states.PERFORMED.get(document.kind)
    if document.state == performed != before.state:
        vat.settle(document, on=clock.today(document.branch.zone))


@transaction.atomic
def take_back(line_pk: int, *, quantity: Decimal | None = None, why: str = "", by: Any) -> None:
    """So much, or all, of what was handed over lies where it came from, the latest first.

    Raises RefusedError, and PartLine.DoesNotExist.
    """
    line = reserves.locked(line_pk)
    rest = line.issued if quantity is None else quantity
    if line.document.state in states.ENDED:
        raise RefusedError(_("The document has ended: reopen it first."))
    if rest > line.issued or not line.issued:
        raise RefusedError(
            _("Only %(issued)s are issued.") % {"issued": arm.quantity(line.issued)},
            field="quantity",
        )
    for shelf, out in _out_by_shelf(line):
        back = min(rest, out)
        _move(shelf, Kind.RETURN, back, line=line, by=by, why=why)
        rest -= back
        if not rest:
            return


@transaction.atomic
def issue_all(document_pk: int, *, by: Any) -> int:
    """What is held for the document is handed over; of how many lines.

    Raises RefusedError when nothing is held, or a line cannot be issued.
    """
    held = PartLine.objects.filter(document=document_pk, reserve__isnull=False)
    lines = list(held.order_by("position", "pk").values_list("pk", flat=True))
    for line_pk in lines:
        issue(line_pk, by=by)
    if not lines:
        raise RefusedError(_("Nothing is reserved for it."))
    return len(lines)


@transaction.atomic
def expect(line_pk: int, *, ordered: Decimal, expected_on: datetime.date | None, by: Any) -> None:
    """So much of the line is on order with a supplier, and comes that day. Raises RefusedError."""
    line = reserves.locked(line_pk)
    if line.document.is_settled:
        raise RefusedError(_("Nothing of it can be ordered any more."))
    if ordered > line.quantity:
        raise RefusedError(_("More than the line has."), field="ordered")
    with pghistory.context(user=by.pk):
        PartLine.objects.filter(pk=line_pk).update(ordered=ordered, expected_on=expected_on)


@transaction.atomic
def expect_order(order_pk: int, *, expected_on: datetime.date | None, by: Any) -> None:
    """The goods of the order are promised for that day. Raises CustomerOrder.DoesNotExist."""
    order: Any = CustomerOrder.objects.select_for_update(of=("self",)).get(pk=order_pk)
    order.expected_on = expected_on
    with pghistory.context(user=by.pk):
        order.save(update_fields=["expected_on"])


@transaction.atomic
def mark(line_pk: int, *, scanned: Iterable[Any], by: Any) -> None:
    """The line's pieces have these codes, and no others.

    Raises RefusedError, and PartLine.DoesNotExist.
    """
    line = reserves.locked(line_pk)
    codes = {marking.code: marking for marking in scanned}
    if len(codes) > line.quantity:
        raise RefusedError(_("There are more codes than pieces."), field="codes")
    if len(codes) < line.issued:
        raise RefusedError(_("Pieces that are issued keep their codes."), field="codes")
    taken = MarkingCode.objects.filter(code__in=codes).exclude(line=line)
    if one := taken.select_related("line__document__repairrequest").first():
        raise RefusedError(
            _("%(code)s is of another line: %(document)s.")
            % {"code": one.code, "document": one.line.document.title},
            field="codes",
        )
    with pghistory.context(user=by.pk):
        line.marking_codes.all().delete()
        MarkingCode.objects.bulk_create(
            MarkingCode(line=line, code=marking.code, scanned=marking.scanned)
            for marking in codes.values()
        )


@transaction.atomic
def receive(
    *,
    warehouse: Warehouse,
    lines: Iterable[tuple[Part, Decimal]],
    key: uuid.UUID,
    paper: str = "",
    by: Any,
) -> list[StockMovement]:
    """The goods lie in the warehouse. `key` is of one form: sent twice, it is one receipt."""
    came: dict[int, Decimal] = {}
    for part, quantity in lines:
        came[part.pk] = came.get(part.pk, Decimal(0)) + quantity
    shelves = _shelves(warehouse, sorted(came))
    if known := list(StockMovement.objects.filter(key=key).order_by("pk")):
        return known
    return [
        _move(shelf, Kind.RECEIPT, came[shelf.part_id], key=key, paper=paper, by=by)
        for shelf in shelves
    ]


@transaction.atomic
def transfer(
    stock_pk: int,
    *,
    to: Warehouse,
    quantity: Decimal,
    key: uuid.UUID,
    why: str = "",
    by: Any,
) -> None:
    """So much lies in the other warehouse now. Raises RefusedError, and Stock.DoesNotExist."""
    source = Stock.objects.get(pk=stock_pk)
    if source.warehouse_id == to.pk:
        raise RefusedError(_("It lies there already."), field="to")
    Stock.objects.bulk_create(
        [Stock(part_id=source.part_id, warehouse=to, quantity=0)], ignore_conflicts=True
    )
    pair = Stock.objects.filter(part=source.part_id, warehouse__in=[source.warehouse_id, to.pk])
    locked = {s.warehouse_id: s for s in pair.select_for_update(no_key=True).order_by("pk")}
    if StockMovement.objects.filter(key=key).exists():
        return
    here, there = locked[source.warehouse_id], locked[to.pk]
    _must_be_free(here, quantity)
    given = {"key": key, "why": why, "by": by}
    _move(here, Kind.TRANSFER, -quantity, counterpart=there, **given)
    _move(there, Kind.TRANSFER, quantity, counterpart=here, **given)


@transaction.atomic
def write_off(stock_pk: int, *, quantity: Decimal, key: uuid.UUID, why: str, by: Any) -> None:
    """So much is gone for good. Raises RefusedError, and Stock.DoesNotExist."""
    shelf = _locked(stock_pk)
    if StockMovement.objects.filter(key=key).exists():
        return
    _must_be_free(shelf, quantity)
    _move(shelf, Kind.WRITE_OFF, -quantity, key=key, why=why, by=by)


@transaction.atomic
def count(stock_pk: int, *, seen: Decimal, quantity: Decimal, why: str = "", by: Any) -> None:
    """There is as much as was counted, when what was `seen` before is still what is written.

    Raises RefusedError, and Stock.DoesNotExist.
    """
    shelf = _locked(stock_pk)
    if shelf.quantity != seen:
        raise RefusedError(
            _("It is %(quantity)s by now: something moved meanwhile.")
            % {"quantity": arm.quantity(shelf.quantity)},
            field="quantity",
        )
    if quantity < shelf.reserved:
        raise RefusedError(
            _("%(reserved)s are reserved: release those first.")
            % {"reserved": arm.quantity(shelf.reserved)},
            field="quantity",
        )
    with pghistory.context(user=by.pk, why=why):
        Stock.objects.filter(pk=stock_pk).update(quantity=quantity)


def _move(shelf: Stock, kind: str, quantity: Decimal, *, line: Any = None, **facts: Any) -> Any:
    return StockMovement.objects.create(
        stock=shelf,
        kind=kind,
        quantity=quantity,
        line=line,
        document_id=line.document_id if line else None,
        **facts,
    )


def _may_be_issued(line: PartLine, wanted: Decimal) -> None:
    document = line.document
    is_based = document.base_id is not None
    if not states.hands_over(document.kind, document.state, is_based=is_based):
        raise RefusedError(
            _("Nothing is issued for a document in the state «%(state)s».")
            % {"state": document.state_label}
        )
    if not line.to_issue or wanted > line.to_issue:
        raise RefusedError(
            _("Only %(rest)s are left to issue.") % {"rest": arm.quantity(line.to_issue)},
            field="quantity",
        )
    pieces = (line.issued + wanted).to_integral_value(ROUND_CEILING)
    codes = line.marking_codes.count() if line.part.is_marked else pieces
    if codes < pieces:
        missing = int(pieces - codes)
        raise RefusedError(
            ngettext(
                "%(count)s marking code is missing.",
                "%(count)s marking codes are missing.",
                missing,
            )
            % {"count": missing}
        )


def _out_by_shelf(line: PartLine) -> list[tuple[Stock, Decimal]]:
    """How much of the line is out of which stock, the one issued from last first."""
    out: dict[int, Decimal] = {}
    moved = line.movements.filter(kind__in=[Kind.ISSUE, Kind.RETURN]).order_by("-pk")
    for movement in moved:
        out[movement.stock_id] = out.get(movement.stock_id, Decimal(0)) - movement.quantity
    locked = Stock.objects.select_for_update(no_key=True).order_by("pk").in_bulk(list(out))
    return [(locked[stock_pk], left) for stock_pk, left in out.items() if left > 0]


def _shelves(warehouse: Warehouse, parts: list[int]) -> list[Stock]:
    """The warehouse's stock of these parts, locked; new ones are empty."""
    Stock.objects.bulk_create(
        [Stock(part_id=part, warehouse=warehouse, quantity=0) for part in parts],
        ignore_conflicts=True,
    )
    stock = Stock.objects.filter(warehouse=warehouse, part__in=parts)
    return list(stock.select_for_update(no_key=True).order_by("pk"))


def _locked(stock_pk: int) -> Stock:
    return Stock.objects.select_for_update(of=("self",), no_key=True).get(pk=stock_pk)


def _must_be_free(shelf: Stock, quantity: Decimal) -> None:
    if quantity > shelf.free:
        raise RefusedError(
            _("Only %(free)s are free.") % {"free": arm.quantity(shelf.free)}, field="quantity"
        )
