"""One URL, two sizes: the whole page, or the part that HTMX asked for; and what a write answers."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from armclients.kit.typing import HtmxRequest

# Facts that a write announces, by which the parts of the screen know that they are stale.
CUSTOMER_CHANGED = "customer-changed"
VEHICLE_CHANGED = "vehicle-changed"
EVENTS_CHANGED = "events-changed"
DOCUMENTS_CHANGED = "documents-changed"
CART_CHANGED = "cart-changed"
CALL_CHANGED = "call-changed"
BOARD_CHANGED = "board-changed"
TIRES_CHANGED = "tires-changed"


def is_fragment(request: HtmxRequest) -> bool:
    """Whether HTMX asks for a part; after «back» it wants the page."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def sent(request: HttpRequest) -> QueryDict | None:
    """What the form was sent with, be it nothing; `None` while it is only asked for."""
    return request.POST if request.method == "POST" else None


def leave(request: HtmxRequest, address: str) -> HttpResponse:
    """On to another page, as a whole."""
    go = HttpResponseClientRedirect if request.htmx else HttpResponseRedirect
    return go(address)


def back(request: HttpRequest, otherwise: str = "") -> str:
    """The page of ours the user came from, with the search and the selection it had."""
    hosts, is_secure = {request.get_host()}, request.is_secure()
    came_from = request.META.get("HTTP_REFERER")
    for page in (request.POST.get("next"), request.GET.get("next"), came_from):
        is_ours = page and url_has_allowed_host_and_scheme(page, hosts, is_secure)
        if page and is_ours and urlsplit(page).path != request.path:
            return page
    return otherwise or reverse("workstation")


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


def ask(
    request: HtmxRequest,
    form: BaseForm,
    *,
    title: str,
    otherwise: str = "",
    **context: Any,
) -> HttpResponse:
    """The form in a window over the screen, or on a page of its own; with its errors when sent.

    «Cancel» leads to where the user came from, or to the address `otherwise`.
    """
    # The search form of the same page has fields of the same names.
    form.auto_id = "ask-%s"
    facts = {"form": form, "title": title, "back": back(request, otherwise), **context}
    return screen(
        request,
        "dialog.html",
        facts,
        parts={"dialog": "dialog"},
        status=422 if form.is_bound else 200,
    )


def done(request: HtmxRequest, *facts: str, said: str, otherwise: str = "") -> HttpResponse:
    """A write succeeded: the window closes, and what shows these facts reads them anew.

    Without scripts the user is back where they came from, or at `otherwise`, and reads `said`.
    """
    if not request.htmx:
        messages.success(request, said)
        return HttpResponseRedirect(back(request, otherwise))
    announced: dict[str, Any] = {fact: {} for fact in (*facts, "dialog-close")}
    announced["toast"] = {"text": said}
    return HttpResponse(status=204, headers={"HX-Trigger": json.dumps(announced)})


def announce(response: HttpResponse, *facts: str) -> HttpResponse:
    """The response, which also tells the page that these facts have changed."""
    response.headers["HX-Trigger"] = json.dumps({fact: {} for fact in facts})
    return response
