"""Photographs as files: taken in only when they are pictures, and written anew.

What is kept is never what was uploaded: the picture is decoded and encoded again, so that neither
its metadata (where and when it was taken) nor anything hidden behind the image stays. The files lie
with the uploads, outside of what the web server hands out by itself.
"""

import datetime
import os
import uuid
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.http import FileResponse, Http404, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps

from armclients.kit.refusals import RefusedError
from armclients.kit.users import a_user

LARGEST_UPLOAD = 25 << 20  # bytes
# Of a telephone's best camera; of what has to be drawn in full before it can be made smaller, as
# many as a small server has memory for.
MOST_PIXELS = {"JPEG": 80_000_000}
MOST_DRAWN = 25_000_000
SHARPEST = (2000, 2000)
PREVIEW = (320, 320)
KNOWN = ("JPEG", "PNG", "WEBP")
TAKEN = "image/jpeg,image/png,image/webp"
QUALITY = 85
MOST = 12  # of one thing


# Rows


class Photo(models.Model):
    """A photograph of something, which a child names; the picture is a file of this name."""

    name = models.UUIDField(gettext_lazy("file"), default=uuid.uuid4, unique=True, editable=False)
    width = models.PositiveSmallIntegerField(gettext_lazy("width"), editable=False)
    height = models.PositiveSmallIntegerField(gettext_lazy("height"), editable=False)
    taken_in_at = models.DateTimeField(gettext_lazy("taken in at"), editable=False)
    author = a_user(gettext_lazy("author"), blank=False, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.name)


def add(photos: Any, pictures: Iterable["Picture"], *, by: Any, at: datetime.datetime) -> None:
    """The pictures are among these photographs of one thing, whose row is locked.

    Raises RefusedError when it would have too many.
    """
    pictures = list(pictures)
    if photos.count() + len(pictures) > MOST:
        raise RefusedError(
            _("There may be %(most)s photos at most.") % {"most": MOST}, field="photos"
        )
    for picture in pictures:
        size = {"width": picture.width, "height": picture.height}
        photo = photos.create(**size, taken_in_at=at, author=by)
        keep(photo.name, picture)


def forget(photos: Any) -> None:
    """These photographs are gone; their files are, once nothing can bring the rows back."""
    names = list(photos.values_list("name", flat=True))
    photos.delete()
    for name in names:
        transaction.on_commit(partial(remove, name), robust=True)


# Pictures


@dataclass(frozen=True)
class Picture:
    """A picture that was understood, as it will be kept."""

    whole: bytes
    preview: bytes
    width: int
    height: int


def understood(upload: IO[bytes], *, size: int) -> Picture:
    """The picture in an upload, upright and without metadata.

    Raises RefusedError for what is too large, or no picture whatever its name says.
    """
    if size > LARGEST_UPLOAD:
        raise RefusedError(
            _("A photo may have %(limit)s MB at most.") % {"limit": LARGEST_UPLOAD >> 20}
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _decoded(upload)
    except RefusedError:
        raise
    # A broken or malicious file can fail anywhere in a decoder.
    except Exception as error:
        raise RefusedError(
            _("This is no photo that can be read: take a JPEG, PNG or WebP.")
        ) from error


def _decoded(upload: IO[bytes]) -> Picture:
    with Image.open(upload, formats=KNOWN) as image:
        most = MOST_PIXELS.get(image.format or "", MOST_DRAWN)
        if image.width * image.height > most:
            raise RefusedError(_("The photo has too many pixels."))
        image.draft("RGB", SHARPEST)  # of a JPEG, no more is decoded than is kept
        upright = ImageOps.exif_transpose(image)
        whole = _on_white(upright)
    whole.thumbnail(SHARPEST)
    small = whole.copy()
    small.thumbnail(PREVIEW)
    return Picture(_encoded(whole), _encoded(small), whole.width, whole.height)


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode == "RGB":
        return image
    drawn = image.convert("RGBA")
    paper = Image.new("RGB", drawn.size, "white")
    paper.paste(drawn, mask=drawn.getchannel("A"))
    return paper


def _encoded(image: Image.Image) -> bytes:
    out = BytesIO()
    # Drawn onto a new picture: what came along with the old one is left behind.
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    clean.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def read(uploads: Iterable[UploadedFile]) -> list[Picture]:
    """The pictures of a form. Raises RefusedError, which names the file."""
    pictures: list[Picture] = []
    for upload in uploads:
        if len(pictures) == MOST:
            raise RefusedError(_("At most %(most)s photos at once.") % {"most": MOST})
        try:
            picture = understood(upload.file, size=upload.size or 0)  # type: ignore[arg-type]
        except RefusedError as refusal:
            name = (upload.name or "")[:60]
            raise RefusedError(f"{name}: {refusal}") from refusal
        pictures.append(picture)
    return pictures


# Files


def shelf() -> Path:
    return Path(settings.MEDIA_ROOT) / "photos"


def path_of(name: uuid.UUID, *, preview: bool = False) -> Path:
    """Where a photo lies; its name is ours, never the uploader's."""
    ending = "-preview.jpg" if preview else ".jpg"
    return shelf() / name.hex[:2] / f"{name}{ending}"


def keep(name: uuid.UUID, picture: Picture) -> None:
    """Both files are on the disk, whole."""
    for content, preview in ((picture.whole, False), (picture.preview, True)):
        path = path_of(name, preview=preview)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".draft-", delete=False) as draft:
            draft.write(content)
            draft.flush()
            os.fsync(draft.fileno())
        Path(draft.name).rename(path)


def remove(name: uuid.UUID) -> None:
    for preview in (False, True):
        path_of(name, preview=preview).unlink(missing_ok=True)


def served(name: uuid.UUID, *, preview: bool) -> HttpResponseBase:
    """A photograph that was written by us: nothing else is ever sent as one."""
    try:
        content = path_of(name, preview=preview).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(
        content,
        content_type="image/jpeg",
        headers={
            "X-Content-Type-Options": "nosniff",
            "Content-Disposition": "inline",
            "Content-Security-Policy": "default-src 'none'",
            # A photo never changes under its name; whoever shares the machine gets none of it.
            "Cache-Control": "private, max-age=86400",
        },
    )
