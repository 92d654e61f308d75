"""The same HTML as a file: by WeasyPrint, which is loaded when the first one is wanted."""

from ctypes.util import find_library
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.translation import gettext_lazy as _
from PIL import ImageFile

from armclients.kit.refusals import RefusedError

WITHOUT_PANGO = _(
    "This server cannot make PDF files: Pango is not installed. The page itself prints the same"
    " by Ctrl+P."
)

THIN_SPACE = "\u202f"
NO_BREAK = "\u00a0"


def of_html(html: str) -> bytes:
    """The page as a PDF. It reads our own static files and nothing else.

    Raises RefusedError where the system's Pango is missing.
    """
    weasyprint = _loaded()
    # The vendored font has no thin space, and a bare server has no other font.
    html = html.replace(THIN_SPACE, NO_BREAK)
    return weasyprint.HTML(
        string=html, base_url=settings.PUBLIC_URL, url_fetcher=_fetched()
    ).write_pdf()


@cache
def is_possible() -> bool:
    """Whether there is a Pango; asked of the system first, which is cheap."""
    if find_library("pango-1.0"):
        return True
    try:
        _loaded()
    except RefusedError:
        return False
    return True


def _loaded() -> Any:
    """It takes a second and thirty megabytes: whoever prints nothing does not pay for it."""
    try:
        return import_module("weasyprint")
    except OSError as error:
        raise RefusedError(WITHOUT_PANGO) from error
    finally:
        # It lets the whole process take half a picture for one; what is uploaded must be whole.
        ImageFile.LOAD_TRUNCATED_IMAGES = False


def _fetched() -> Any:
    fetcher: Any = import_module("weasyprint.urls").URLFetcher

    class Ours(fetcher):
        """No page of ours makes the server ask anybody."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            answer = super().fetch(static_file(url).as_uri(), headers)
            # What a stylesheet names is beside it at its address, not on the disk.
            answer.url = url
            return answer

    return Ours(allowed_protocols=("data", "file"), fail_on_errors=True)


def static_file(url: str) -> Path:
    """Where a static file lies on the disk.

    Raises ValueError for any other address.
    """
    path = unquote(urlsplit(url).path)
    start = f"/{settings.STATIC_URL.lstrip('/')}"
    if path.startswith(start):
        name = path.removeprefix(start)
        known = finders.find(name)
        if not known and staticfiles_storage.exists(name):
            known = staticfiles_storage.path(name)
        if known:
            return Path(known)
    raise ValueError(url)
