"""What the client agreed to, and what they brought themselves."""

import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from orders.models import Approval, Document, OwnMaterial


@transaction.atomic
def approve(
    document: Document,
    *,
    who: str,
    how: str,
    what: str,
    amount: Decimal,
    is_firm: bool,
    by: Any,
    at: datetime.datetime,
) -> Approval:
    """The client agreed to so much: from now on this is the limit."""
    return Approval.objects.create(
        document=document,
        who=who,
        how=how,
        what=what,
        amount=amount,
        is_firm=is_firm,
        author=by,
        at=at,
    )


def add_material(document: Document, **given: Any) -> OwnMaterial:
    """The client brought it themselves."""
    return OwnMaterial.objects.create(document=document, **given)


@transaction.atomic
def change_material(pk: int, **given: Any) -> None:
    """The material is as given. Raises OwnMaterial.DoesNotExist."""
    material = OwnMaterial.objects.select_for_update().get(pk=pk)
    for name, value in given.items():
        setattr(material, name, value)
    material.save(update_fields=list(given))


def remove_material(pk: int) -> None:
    """It was not brought after all; the history keeps it."""
    OwnMaterial.objects.filter(pk=pk).delete()
