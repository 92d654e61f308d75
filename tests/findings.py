"""What was found on cars and put off: records of `make`, which gives them out as its own."""

from io import BytesIO
from typing import Any

from PIL import Image

from armclients.kit import photos
from orders.models import Defect, DeferredWork, Document
from tests import make
from vehicles.models import Vehicle


def deferred(vehicle: Vehicle, name: str = "Замена колодок", **facts: Any) -> DeferredWork:
    """Recommended today, for a thousand rubles."""
    noted = {"noted_at": make.NOW, "price": 1000}
    return DeferredWork.objects.create(vehicle=vehicle, name=name, **noted | facts)


def defect(document: Document, text: str = "Течёт амортизатор", **facts: Any) -> Defect:
    return Defect.objects.create(document=document, text=text, **{"noted_at": make.NOW} | facts)


def picture(size: tuple[int, int] = (64, 48), form: str = "JPEG", **options: Any) -> BytesIO:
    """A photograph as a telephone sends it."""
    out = BytesIO()
    Image.new("RGB", size, "steelblue").save(out, form, **options)
    out.seek(0)
    out.name = f"photo.{form.lower()}"  # type: ignore[misc]
    return out


def photo(of: Any) -> Any:
    """Of a defect, a check-in or a measured wheel, with its files on the disk."""
    upload = picture()
    taken = photos.understood(upload, size=len(upload.getvalue()))
    photos.add(of.photos, [taken], by=None, at=make.NOW)
    return of.photos.order_by("-pk")[0]
