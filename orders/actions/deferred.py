"""Deferred works: noted, dropped for a reason, taken into a document."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext as _

from armclients.kit.refusals import RefusedError
from orders.actions import lines
from orders.models import DeferredWork, Document, Part, PartLine, WorkLine
from orders.queries import contracts, prices
from orders.queries.prices import Price
from vehicles.models import Vehicle

Origin = DeferredWork.Origin


@transaction.atomic
def note(
    vehicle: Vehicle,
    *,
    name: str = "",
    part: Part | None = None,
    quantity: Decimal = Decimal(1),
    price: Decimal | None = None,
    document: Document | None = None,
    origin: str = Origin.RECOMMENDED,
    by: Any,
    at: datetime.datetime,
    **facts: Any,
) -> DeferredWork:
    """The vehicle needs it. A part lends its name and price where none is given.

    Raises RefusedError when there is neither a name nor a part.
    """
    name = name.strip() or (part.name if part else "")
    if not name:
        raise RefusedError(_("Say what is to be done, or choose a part."), field="name")
    if price is None:
        price = (part.price if part else None) or Decimal()
    return DeferredWork.objects.create(
        vehicle=vehicle,
        name=name,
        part=part,
        quantity=quantity,
        price=price,
        document=document,
        origin=origin,
        author=by,
        noted_at=at,
        **facts,
    )


@transaction.atomic
def drop(pk: int, *, why: str, by: Any, at: datetime.datetime) -> None:
    """Nobody offers it any more, and it is written down why.

    Raises RefusedError when it is taken or dropped already, and DeferredWork.DoesNotExist.
    """
    work = _waiting(pk)
    work.dropped_at, work.dropped_by, work.why = at, by, why
    work.save(update_fields=["dropped_at", "dropped_by", "why"])


@transaction.atomic
def take_into(pk: int, document: int, *, by: Any) -> WorkLine | PartLine:  # noqa: ARG001
    """The document has a line for it, and the work waits no more. Never twice.

    Raises RefusedError, DeferredWork.DoesNotExist and Document.DoesNotExist.
    """
    into = Document.objects.select_for_update(of=("self",)).get(pk=document)
    work = _waiting(pk)
    if work.is_offered and into.kind == Document.Kind.ESTIMATE:
        raise RefusedError(_("It is in %(document)s already.") % {"document": work.done_by})
    if into.vehicle_id != work.vehicle_id:
        raise RefusedError(_("It is about another vehicle."))
    if into.state not in TAKES.get(into.kind, ()):
        raise RefusedError(_("«%(state)s»: it takes no more works.") % {"state": into.state_label})
    line = _line(work, into)
    work.done_by = into
    work.save(update_fields=["done_by"])
    return line


@transaction.atomic
def take_all(works: Iterable[int], document: int, *, by: Any) -> int:
    """These works of the document's vehicle are its lines, all or none of them; how many.

    Raises RefusedError when one is taken already, and Document.DoesNotExist.
    """
    vehicle = Document.objects.values_list("vehicle_id", flat=True).get(pk=document)
    chosen = DeferredWork.objects.filter(pk__in=list(works), vehicle=vehicle)
    keys = list(chosen.order_by("pk").values_list("pk", flat=True))
    for pk in keys:
        take_into(pk, document, by=by)
    return len(keys)


# In which states a document takes works.
TAKES = {
    "work_order": ("request", "reserved", "in_progress", "approval", "waiting", "parked"),
    "repair_request": ("", "new", "confirmed"),
    "estimate": ("draft",),
}


def _waiting(pk: int) -> DeferredWork:
    # Alone: what is joined would be as it was before the wait for the lock.
    DeferredWork.objects.select_for_update().get(pk=pk)
    work = DeferredWork.objects.for_lists().get(pk=pk)
    if work.dropped_at:
        raise RefusedError(_("It was dropped already: %(why)s") % {"why": work.why})
    if not work.is_waiting:
        raise RefusedError(_("It is in %(document)s already.") % {"document": work.done_by})
    return work


def _line(work: DeferredWork, into: Document) -> WorkLine | PartLine:
    line: WorkLine | PartLine
    if work.part:
        line = PartLine(part=work.part, quantity=work.quantity)
    else:
        line = WorkLine(
            labor=work.labor,
            name=work.name,
            code=work.code,
            norm_hours=work.norm_hours,
            quantity=work.quantity,
        )
    return lines.put(into, [(line, _price(work, into))], into.date)[0]


def _price(work: DeferredWork, into: Document) -> Price:
    """Today's price of what has one; of all else the price that was said when it was put off."""
    today, terms = Price(Decimal()), contracts.terms_of_document(into, on=into.date)
    if work.part:
        today = prices.of_part(work.part, **terms)
    elif work.labor:
        today = prices.of_work(work.labor, **terms)
    return today if today.amount else Price(work.price)


@receiver(post_delete, sender=WorkLine)
@receiver(post_delete, sender=PartLine)
def give_back(instance: WorkLine | PartLine, **_kwargs: Any) -> None:
    """A line that is taken out again leaves its work waiting."""
    taken = DeferredWork.objects.filter(done_by=instance.document_id)
    if isinstance(instance, PartLine):
        taken = taken.filter(part=instance.part_id)
    else:
        taken = taken.filter(part=None, name=instance.name)
    taken.update(done_by=None)
