"""The tire hotel: its lists, its racks, a set, and the papers that go with it."""

import segno
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST, require_safe

from armclients.kit import clock
from armclients.kit.access import needs
from armclients.kit.addresses import key
from armclients.kit.htmx import screen
from armclients.kit.typing import HtmxRequest
from customers.models import Counterparty
from customers.queries import open_card
from vehicles import tire_drawings, tire_queries
from vehicles.models import TireSet
from vehicles.tire_queries import Asked


@require_safe
@needs("vehicles.view_tireset")
def tires(request: HtmxRequest) -> HttpResponse:
    """Sets of a client, of a car, or of everybody; a scanned label opens its set."""
    asked, today = Asked.of(request.GET), clock.today()
    context = {
        "asked": asked,
        "customer": _customer(request, asked.customer),
        "page": tire_queries.page(asked, today=today, after=request.GET.get("after")),
        "tabs": tire_queries.tabs(asked, today=today),
        "today": today,
    }
    return screen(request, "vehicles/tires.html", context, parts={"tires": "tires", "more": "rows"})


@require_safe
@needs("vehicles.view_tireset")
def tire_set(request: HtmxRequest, pk: int) -> HttpResponse:
    """One set: where it lies, on what terms, how it wears, and what happened to it."""
    kept, today = found(pk), clock.today()
    context = {
        "set": kept,
        "customer": _customer(request, kept.depositor_id),
        "movements": tire_queries.movements_of(kept),
        "wear": tire_drawings.wear(kept, tire_queries.measurements_of(kept)),
        "is_overdue": kept.is_overdue(today),
        "today": today,
    }
    return screen(request, "vehicles/tire_set.html", context, parts={"tire-set": "set"})


@require_safe
@needs("vehicles.view_tireset")
def racks(request: HtmxRequest) -> HttpResponse:
    """The racks as a map: what is full, what is free, and what lies where."""
    store, cells, sets = tire_queries.map_of(key(request.GET.get("store")))
    context = {
        "stores": tire_queries.stores(),
        "store": store,
        "racks": tire_drawings.racks(cells, sets),
        "asked": Asked.of(request.GET),
        "marked": key(request.GET.get("cell")),
    }
    return screen(request, "vehicles/tire_racks.html", context, parts={"racks": "racks"})


@require_safe
@needs("vehicles.view_tireset")
def pick_list(request: HtmxRequest) -> HttpResponse:
    """What is to be brought, in the order in which one walks along the racks; for paper."""
    return render(
        request, "vehicles/tire_pick.html", {"sets": tire_queries.pick_list(), "at": clock.now()}
    )


@require_safe
@needs("vehicles.view_tireset")
def label(request: HtmxRequest, pk: int) -> HttpResponse:
    """The label of a set, one for each tire: its number large, and as a QR code."""
    kept = found(pk)
    context = {"set": kept, "qr": qr(kept.number), "copies": range(1, kept.quantity + 1)}
    return render(request, "vehicles/tire_label.html", context)


@require_safe
@needs("vehicles.view_tireset")
def cell_labels(request: HtmxRequest) -> HttpResponse:
    """The labels of a store's cells."""
    store, cells, _sets = tire_queries.map_of(key(request.GET.get("store")))
    context = {"store": store, "labels": [(cell, qr(cell.code)) for cell in cells]}
    return render(request, "vehicles/tire_cell_labels.html", context)


@require_safe
@needs("vehicles.view_tireset")
def act(request: HtmxRequest, pk: int) -> HttpResponse:
    """Акт приёма шин на хранение, with the terms."""
    return _paper(request, pk, "act")


@require_safe
@needs("vehicles.view_tireset")
def release_note(request: HtmxRequest, pk: int) -> HttpResponse:
    """Накладная на выдачу: what was given back, and in which state."""
    return _paper(request, pk, "note")


@require_POST
@needs("vehicles.view_tireset")
def offered(request: HtmxRequest) -> HttpResponse:
    """Cells that suit the set which is being written down."""
    cells = tire_queries.offered(request.POST)
    return screen(
        request, "vehicles/tire_offered.html", {"cells": cells}, parts={"offered": "offered"}
    )


def found(pk: int) -> TireSet:
    """The set, with all that a screen shows of it. Raises Http404."""
    kept = tire_queries.one(pk)
    if kept is None:
        raise Http404
    return kept


def qr(code: str) -> SafeString:
    """The code as a picture in the page; a label printer needs no other server for it."""
    return mark_safe(segno.make(code, error="m").svg_inline(border=2, omitsize=True))  # noqa: S308


def _paper(request: HtmxRequest, pk: int, form: str) -> HttpResponse:
    kept = found(pk)
    measured = tire_queries.measurements_of(kept)
    last = measured[-1].taken_on if measured else None
    context = {
        "set": kept,
        "customer": _customer(request, kept.depositor_id),
        "wheels": [each for each in measured if each.taken_on == last],
        "is_release": form == "note",
        "movement": tire_queries.movements_of(kept).first(),
        "day": kept.left_on if form == "note" and kept.left_on else kept.taken_on,
        "today": clock.today(),
    }
    return render(request, "vehicles/tire_act.html", context)


def _customer(request: HtmxRequest, pk: int | None) -> Counterparty | None:
    return open_card(pk, by=request.user, why="tires") if pk else None
