"""Defects: noted with photographs, put right, put off, or removed."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from armclients.kit.refusals import RefusedError
from orders import photos
from orders.actions import deferred
from orders.models import Defect, DefectPhoto, DeferredWork, Document

MOST_PHOTOS = 12


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
    _keep(defect, pictures, by=by, at=at)
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
    _keep(defect, pictures, by=by, at=at)


@transaction.atomic
def remove(pk: int) -> None:
    """The defect and its photographs are gone. Raises Defect.DoesNotExist."""
    defect = Defect.objects.select_for_update().get(pk=pk)
    names = list(defect.photos.values_list("name", flat=True))
    defect.delete()
    for name in names:
        _forget(name)


@transaction.atomic
def remove_photo(name: Any) -> None:
    """The photograph is gone. Raises DefectPhoto.DoesNotExist."""
    DefectPhoto.objects.select_for_update().get(name=name).delete()
    _forget(name)


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


def read(uploads: Iterable[UploadedFile]) -> list[photos.Picture]:
    """The pictures of a form. Raises RefusedError, which names the file."""
    read_so_far: list[photos.Picture] = []
    for upload in uploads:
        if len(read_so_far) == MOST_PHOTOS:
            raise RefusedError(_("At most %(most)s photos at once.") % {"most": MOST_PHOTOS})
        try:
            picture = photos.understood(upload.file, size=upload.size or 0)  # type: ignore[arg-type]
        except RefusedError as refusal:
            name = (upload.name or "")[:60]
            raise RefusedError(f"{name}: {refusal}") from refusal
        read_so_far.append(picture)
    return read_so_far


def _keep(
    defect: Defect, pictures: Iterable[photos.Picture], *, by: Any, at: datetime.datetime
) -> None:
    pictures = list(pictures)
    if defect.photos.count() + len(pictures) > MOST_PHOTOS:
        raise RefusedError(
            _("A defect has at most %(most)s photos.") % {"most": MOST_PHOTOS}, field="photos"
        )
    for picture in pictures:
        photo = DefectPhoto.objects.create(
            defect=defect,
            width=picture.width,
            height=picture.height,
            taken_in_at=at,
            author=by,
        )
        photos.keep(photo.name, picture)


def _forget(name: Any) -> None:
    # The file outlives the row rather than the other way round.
    transaction.on_commit(lambda: photos.remove(name), robust=True)
