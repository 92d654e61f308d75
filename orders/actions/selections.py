"""Подбор: things are looked up and offered; the client takes them, or does not."""

import datetime
import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from armclients.kit.refusals import RefusedError
from customers.models import Counterparty
from orders.actions import carts, choosing
from orders.models import Cart, LostDemand, Part, Selection, SelectionLine
from orders.queries import catalogue, contracts, prices
from vehicles.models import Vehicle

OFFERED, TAKEN, DECLINED = SelectionLine.Outcome
# What goes from a line of a selection into one of a cart.
CARRIED = (
    *("part_id", "labor_id", "name", "quantity", "price", "discount_percent", "discount_source"),
    *("discount_by_id", "why", "supplier", "days"),
)


@transaction.atomic
def begin(
    what: choosing.Chosen,
    *,
    quantity: Decimal,
    customer: Counterparty,
    vehicle: Vehicle | None,
    key: uuid.UUID,
    by: Any,
    on: datetime.date,
) -> Selection:
    """A look-up for the client and the vehicle is on the record, and this is offered first.

    `key` belongs to one opened page: what comes from it twice is one selection.
    """
    told = {"counterparty": customer, "vehicle": vehicle, "author": by}
    named = {"source": "", "source_id": str(key)}
    Selection.objects.bulk_create([Selection(**told, **named)], ignore_conflicts=True)
    selection = Selection.objects.get(**named)
    offer(selection.pk, what, quantity=quantity, on=on)
    return selection


@transaction.atomic
def offer(
    pk: int,
    what: choosing.Chosen,
    *,
    quantity: Decimal,
    on: datetime.date,
) -> SelectionLine:
    """It is offered at today's price, and how much of it is free today is kept.

    What is offered already is not offered twice: it has the new quantity and price.
    """
    selection = _open(pk)
    facts = choosing.line_of(what, quantity=quantity, customer=selection.counterparty, on=on)
    same = {name: facts.get(name) for name in ("part", "labor", "name")}
    line, _created = selection.lines.update_or_create(
        **same,
        supplier=facts.get("supplier", ""),
        outcome=OFFERED,
        defaults={**facts, "free": _free(facts.get("part"))},
    )
    return line


@transaction.atomic
def take(pk: int, *, lines: Iterable[int], by: Any) -> Cart:
    """The lines are in the client's cart for the vehicle, and stay here as taken."""
    selection = _open(pk)
    chosen = _chosen(selection, lines)
    cart = carts.add(
        [{name: getattr(line, name) for name in CARRIED} for line in chosen],
        customer=selection.counterparty,
        vehicle=selection.vehicle,
        by=by,
    )
    _end(chosen, TAKEN)
    return cart


@transaction.atomic
def decline(pk: int, *, lines: Iterable[int], why: str, by: Any) -> list[LostDemand]:
    """The client does not want the lines, and the shop knows what it did not sell, and why."""
    selection = _open(pk)
    chosen = _chosen(selection, lines)
    _end(chosen, DECLINED)
    return [
        LostDemand.objects.create(
            wanted=line.name,
            part=line.part,
            quantity=line.quantity,
            why=why,
            counterparty=selection.counterparty,
            vehicle=selection.vehicle,
            author=by,
        )
        for line in chosen
    ]


@transaction.atomic
def forget(pk: int, *, lines: Iterable[int]) -> None:
    """Lines that were picked by mistake are gone; taken and declined ones stay."""
    selection = _open(pk)
    SelectionLine.objects.filter(pk__in=[line.pk for line in _chosen(selection, lines)]).delete()


@transaction.atomic
def take_up(pk: int, *, by: Any, on: datetime.date) -> Selection:
    """A new selection of the same things, at today's prices with the former beside them."""
    former = Selection.objects.select_related(
        "counterparty__price_type_goods", "counterparty__price_type_works", "vehicle"
    ).get(pk=pk)
    new = Selection.objects.create(
        counterparty=former.counterparty,
        vehicle=former.vehicle,
        former=former,
        author=by,
    )
    lines = list(former.lines.select_related("part", "labor").order_by("pk"))
    parts = catalogue.with_stock({line.part_id: line.part for line in lines if line.part}.values())
    labor = {line.labor_id: line.labor for line in lines if line.labor}.values()
    terms = contracts.terms_of_client(former.counterparty, on=on)
    goods, works = prices.of_parts(parts, **terms), prices.of_works(labor, **terms)
    free = {part.pk: part.free for part in parts}  # type: ignore[attr-defined]
    for line in lines:
        price = goods.get(line.part_id or 0) or works.get(line.labor_id or 0)
        new.lines.create(
            part=line.part,
            labor=line.labor,
            name=line.name,
            quantity=line.quantity,
            free=free.get(line.part_id or 0),
            former_price=line.price,
            **(choosing.priced(price) if price and price.amount else {"price": line.price}),
        )
    return new


def lose(
    wanted: str, *, customer: Counterparty, vehicle: Vehicle | None, why: str, by: Any
) -> LostDemand:
    """It is known that somebody wanted this and we had nothing to offer."""
    return LostDemand.objects.create(
        wanted=wanted[:300], counterparty=customer, vehicle=vehicle, why=why, author=by
    )


def _open(pk: int) -> Selection:
    return (
        Selection.objects.select_for_update(of=("self",))
        .select_related(
            "counterparty__price_type_goods", "counterparty__price_type_works", "vehicle"
        )
        .get(pk=pk)
    )


def _chosen(selection: Selection, lines: Iterable[int]) -> list[SelectionLine]:
    """The lines that are still only offered: what was decided on is not decided on again."""
    offered = selection.lines.filter(pk__in=list(lines), outcome=OFFERED)
    if not (chosen := list(offered.select_related("part").order_by("pk"))):
        raise RefusedError(_("Choose lines that nothing was decided on yet."))
    return chosen


def _end(lines: list[SelectionLine], outcome: str) -> None:
    SelectionLine.objects.filter(pk__in=[line.pk for line in lines]).update(outcome=outcome)


def _free(part: Part | None) -> Decimal | None:
    """How much of a part is free in all warehouses together."""
    if part is None:
        return None
    catalogue.with_stock([part])
    return part.free  # type: ignore[attr-defined]
