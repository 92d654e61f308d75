"""Documents come into being, each with its number."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Max

from orders import states
from orders.actions import numbering
from orders.models import Branch, Document, PartLine, WorkLine

# What a line says of its own document: whose it is, and how far its goods have come.
OF_ITS_OWN = {"document", "position", "issued", "ordered", "expected_on"}


@transaction.atomic
def create(
    kind: str,
    *,
    branch: Branch,
    customer: Any,
    by: Any,
    on: datetime.date,
    payer: Any = None,
    vehicle: Any = None,
    base: Document | None = None,
    manager: Any = None,
    **own: Any,
) -> Any:
    """A document of this kind stands in its first state, numbered; the customer pays, unless told.

    `own` are the facts that only this kind has. Returns the child: an Estimate, a WorkOrder, ….
    """
    number = numbering.draw(branch=branch, kind=kind, date=on)
    return model_of(kind).objects.create(
        kind=kind,
        number=number,
        date=on,
        state=states.FIRST[kind],
        branch=branch,
        counterparty=customer,
        payer=payer or customer,
        vehicle=vehicle,
        base=base,
        author=by,
        manager=manager or by,
        **own,
    )


def model_of(kind: str) -> Any:
    """The class of documents of this kind."""
    return apps.get_model("orders", kind.replace("_", ""))


def follow(
    kind: str, base: Document, *, by: Any, on: datetime.date, manager: Any = None, **own: Any
) -> Any:
    """A document made from another: of the same branch, client, payer and vehicle."""
    return create(
        kind,
        branch=base.branch,
        customer=base.counterparty,
        payer=base.payer,
        vehicle=base.vehicle,
        base=base,
        manager=manager,
        by=by,
        on=on,
        **own,
    )


@transaction.atomic
def copy_lines(
    target: Document, *, works: Iterable[WorkLine] = (), goods: Iterable[PartLine] = ()
) -> None:
    """The document has these lines too, at the prices and discounts they have, after its own."""
    Document.objects.select_for_update(of=("self",)).get(pk=target.pk)
    append(target, WorkLine, [_copy(line) for line in works])
    append(target, PartLine, [_copy(line) for line in goods])


def append(target: Document, model: Any, lines: list[Any]) -> None:
    """The new lines, works or goods, stand behind those of the document, which is locked."""
    if not lines:
        return
    last = model._base_manager.filter(document=target).aggregate(last=Max("position"))["last"] or 0
    for position, line in enumerate(lines, last + 1):
        line.document, line.position = target, position
    model.objects.bulk_create(lines)


def _copy(line: Any) -> Any:
    copied = {
        field.attname: getattr(line, field.attname)
        for field in line._meta.concrete_fields
        if not (field.primary_key or field.generated or field.name in OF_ITS_OWN)
    }
    return type(line)(**copied)
