"""Defects: noted with photographs, put right, put off, or removed."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from armclients.kit import photos
from armclients.kit.refusals import RefusedError
from orders.actions import deferred
from orders.models import Defect, DefectPhoto, DeferredWork, Document


@transaction.atomic
def note(
    document: Document,
    *,
    text: str,
    severity: str,
    pictures: Iterable[photos.Picture] = (),
    by: Any,
    at: datetime.datetime,
) -> Defect:
    """The document has one more defect, with its photographs."""
    defect = Defect.objects.create(
        document=document, text=text, severity=severity, author=by, noted_at=at
    )
    photos.add(defect.photos, pictures, by=by, at=at)
    return defect


@transaction.atomic
def change(
    pk: int,
    *,
    text: str,
    severity: str,
    pictures: Iterable[photos.Picture] = (),
    by: Any,
    at: datetime.datetime,
) -> None:
    """The defect is as given, with these photographs besides those it has.

    Raises RefusedError when there are too many, and Defect.DoesNotExist.
    """
    defect = Defect.objects.select_for_update().get(pk=pk)
    defect.text, defect.severity = text, severity
    defect.save(update_fields=["text", "severity"])
    photos.add(defect.photos, pictures, by=by, at=at)


@transaction.atomic
def remove(pk: int) -> None:
    """The defect and its photographs are gone. Raises Defect.DoesNotExist."""
    defect = Defect.objects.select_for_update().get(pk=pk)
    photos.forget(defect.photos.all())
    defect.delete()


@transaction.atomic
def remove_photo(name: Any) -> None:
    """The photograph is gone."""
    photos.forget(DefectPhoto.objects.filter(name=name))


@transaction.atomic
def defer(pk: int, *, by: Any, at: datetime.datetime, **facts: Any) -> DeferredWork:
    """What is to be done about the defect waits with the vehicle. Once.

    Raises RefusedError, and Defect.DoesNotExist.
    """
    defect = Defect.objects.select_for_update().get(pk=pk)
    if defect.deferred_id:
        raise RefusedError(_("It is put off already."))
    document = defect.document
    if document.vehicle is None:
        raise RefusedError(_("The document names no vehicle."))
    defect.deferred = deferred.note(document.vehicle, document=document, by=by, at=at, **facts)
    defect.save(update_fields=["deferred"])
    return defect.deferred
