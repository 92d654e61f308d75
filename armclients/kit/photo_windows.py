"""The windows in which photographs of something are added and removed."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from armclients.kit import windows
from armclients.kit.htmx import sent
from armclients.kit.photo_forms import PhotosForm
from armclients.kit.typing import HtmxRequest


def add(
    request: HtmxRequest, keep: Callable[..., Any], fact: str, *, what: object, otherwise: str
) -> HttpResponse:
    """Photographs are kept, from the camera or from files."""
    return windows.write(
        request,
        PhotosForm(sent(request), request.FILES or None),
        keep,
        fact,
        title=_("Photos: %(what)s") % {"what": what},
        said=_("The photos are kept"),
        otherwise=otherwise,
    )


def remove(
    request: HtmxRequest, forget: Callable[[], Any], fact: str, *, otherwise: str
) -> HttpResponse:
    """A photograph is gone, once the user says so."""
    return windows.confirm(
        request,
        forget,
        fact,
        title=_("Remove the photo?"),
        submit=_("Remove"),
        said=_("The photo is removed"),
        otherwise=otherwise,
    )
