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


@transaction.atomic
def copy_lines(
    target: Document, *, works: Iterable[WorkLine] = (), goods: Iterable[PartLine] = ()
) -> None:
    """The document has these lines too, at the prices and discounts they have, after its own."""
    Document.objects.select_for_update(of=("self",)).get(pk=target.pk)
    for model, lines in ((WorkLine, works), (PartLine, goods)):
        model.objects.bulk_create(_at_the_end(target, model, lines))


def _at_the_end(target: Document, model: Any, lines: Iterable[Any]) -> list[Any]:
    own = model._base_manager.filter(document=target)
    last = own.aggregate(last=Max("position"))["last"] or 0
    copied = [
        field
        for field in model._meta.concrete_fields
        if not (field.primary_key or field.generated or field.name in OF_ITS_OWN)
    ]
    return [
        model(
            document_id=target.pk,
            position=position,
            **{field.attname: getattr(line, field.attname) for field in copied},
        )
        for position, line in enumerate(lines, last + 1)
    ]
