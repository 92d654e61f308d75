"""The shop's logo as it stands on paper: small, and inside of the page."""

from base64 import b64encode
from contextlib import suppress
from io import BytesIO

from django.db.models.fields.files import ImageFieldFile
from PIL import Image, UnidentifiedImageError

LARGEST = (800, 320)


def data_uri(picture: ImageFieldFile) -> str:
    """The picture, written anew as a PNG; nothing when there is none that can be read."""
    if not picture:
        return ""
    with suppress(OSError, UnidentifiedImageError, Image.DecompressionBombError):
        with picture.open("rb") as file, Image.open(file) as image:
            image.thumbnail(LARGEST)
            out = BytesIO()
            image.convert("RGBA").save(out, "PNG")
        return f"data:image/png;base64,{b64encode(out.getvalue()).decode('ascii')}"
    return ""
