"""The storage of tires is charged: a work in an order of whoever left them."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from armclients.kit.refusals import RefusedError
from orders.actions import documents, lines
from orders.models import Branch, Document, WorkLine
from orders.queries import tire_charges
from orders.queries.prices import Price
from vehicles import queries as vehicles
from vehicles.models import TireSet

KIND = Document.Kind.WORK_ORDER


@transaction.atomic
def charge(
    pk: int,
    *,
    order: Document | None,
    price: Decimal,
    again: Iterable[WorkLine] = (),
    branch: Branch | None,
    by: Any,
    on: datetime.date,
) -> WorkLine:
    """The set's storage stands as a work in the order, or in a new one of its depositor.

    `again` are the charges for the same time of which the user knows: one that they do not know
    was made by somebody else meanwhile, or by their own second click, and is enough.
    Raises RefusedError, and DoesNotExist of the set or the order.
    """
    kept = TireSet.objects.select_for_update(of=("self",)).select_related("depositor").get(pk=pk)
    if set(tire_charges.of_this_period(kept)) - set(again):
        raise RefusedError(_("It is charged already: tick it to charge once more."), field="again")
    into = lines.open_document(order.pk, by=by) if order else _new_order(kept, branch, by, on)
    line = WorkLine(name=_called(kept), tire_set=kept, stored_until=kept.until)
    return lines.put(into, [(line, Price(price))], on)[0]


def _new_order(kept: TireSet, branch: Branch | None, by: Any, on: datetime.date) -> Document:
    """An order of the depositor, for the set's car while it is theirs."""
    if branch is None:
        raise RefusedError(_("There is no branch to write documents in."))
    if not by.has_perm(lines.making(KIND)):
        raise RefusedError(_("You may not make work orders: choose one."), field="order")
    car = vehicles.current_of(kept.depositor_id).filter(pk=kept.vehicle_id or 0).first()
    return documents.create(KIND, branch=branch, customer=kept.depositor, vehicle=car, by=by, on=on)


def _called(kept: TireSet) -> str:
    """«Хранение шин: зимние 205/55 R16, 4 шт., до 15.04.2027»."""
    facts = [
        f"{kept.get_season_display()} {kept.size}".strip(),
        _("%(quantity)s pcs") % {"quantity": kept.quantity},
    ]
    if kept.until:
        facts.append(_("until %(day)s") % {"day": date_format(kept.until, "d.m.Y")})
    return _("Storage of tires: %(facts)s") % {"facts": ", ".join(facts)}
