"""One URL, two sizes: the whole page, or the part that HTMX asked for."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect

from armclients.kit.typing import HtmxRequest


def is_fragment(request: HtmxRequest) -> bool:
    """Whether HTMX asks for a part; after «back» it wants the page."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def leave(request: HtmxRequest, address: str) -> HttpResponse:
    """On to another page, as a whole."""
    go = HttpResponseClientRedirect if request.htmx else HttpResponseRedirect
    return go(address)


def screen(
    request: HtmxRequest,
    template: str,
    context: dict[str, Any],
    *,
    parts: Mapping[str, str],
    status: int = 200,
) -> HttpResponse:
    """The page, or the partial that `parts` names for the element HTMX will swap.

    `parts` maps ids of elements to partials of `template` (or of another, `path#name`); an unknown
    or missing target gets the first. The browser never chooses a template by name.
    """
    if is_fragment(request):
        partial = parts.get(request.htmx.target or "", next(iter(parts.values())))
        template = partial if "#" in partial else f"{template}#{partial}"
    return render(request, template, context, status=status)
