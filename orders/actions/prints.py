"""What was printed for a signature is kept as it was."""

import datetime
import hashlib
import uuid
from pathlib import PurePosixPath
from typing import Any

from django.db import transaction

from orders.models import Document, PrintedForm

FOLDER = "prints"


@transaction.atomic
def keep(
    document: Document, *, form: str, title: str, content: bytes, by: Any, at: datetime.datetime
) -> PrintedForm:
    """The file lies among the uploads and the document names it, with its fingerprint."""
    path = PurePosixPath(FOLDER, f"{at:%Y}", f"{at:%m}", f"{uuid.uuid4().hex}.pdf")
    printed = PrintedForm.objects.create(
        document_id=document.pk,
        form=form,
        title=title,
        made_at=at,
        by=by,
        path=str(path),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    printed.place.parent.mkdir(parents=True, exist_ok=True)
    printed.place.write_bytes(content)
    return printed


def content_of(printed: PrintedForm) -> bytes | None:
    """The bytes that were printed; nothing when the file is lost or is not the same any more."""
    try:
        content = printed.place.read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == printed.sha256 else None
