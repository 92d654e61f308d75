"""The warehouses: what lies there, what moved, what comes, and who waits for it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from armclients.kit import clock, windows
from armclients.kit.access import needs
from armclients.kit.htmx import DOCUMENTS_CHANGED, done, leave, screen, sent
from armclients.kit.refusals import RefusedError
from armclients.kit.typing import HtmxRequest
from armclients.templatetags import arm
from orders.actions import reserves
from orders.actions import stock as actions
from orders.forms import stock as forms
from orders.models import Part, Stock, StockMovement
from orders.queries import stock as queries


@require_safe
@needs("orders.view_stock")
def stock(request: HtmxRequest) -> HttpResponse:
    """What lies in the warehouses, by article or name."""
    form = forms.StockFilterForm(request.GET, auto_id="stock-%s")
    context = {"form": form, "shelves": queries.listed(**form.asked), "most": queries.SHOWN}
    return screen(request, "orders/stock.html", context, parts={"stock": "stock"})


@require_safe
@needs("orders.view_stock")
def overdue(request: HtmxRequest) -> HttpResponse:
    """Customer orders whose goods should have come by now, the oldest first."""
    context = {"orders": queries.overdue(today=clock.today())}
    return screen(request, "orders/overdue.html", context, parts={"overdue": "overdue"})


@require_safe
@needs("orders.view_stockmovement")
def movements(request: HtmxRequest, pk: int) -> HttpResponse:
    """Where a part lies, and everything that moved of it."""
    part = get_object_or_404(Part, pk=pk)
    context = {
        "part": part,
        "shelves": queries.shelves_of(pk),
        "page": queries.movements_of(part, after=request.GET.get("after")),
    }
    return screen(
        request, "orders/movements.html", context, parts={"movements": "panel", "more": "rows"}
    )


@require_http_methods(["GET", "POST"])
@needs("orders.add_stockmovement")
def transfer(request: HtmxRequest, pk: int) -> HttpResponse:
    """So much lies in another warehouse."""
    shelf = _shelf(pk)
    form = forms.TransferForm(sent(request), stock=shelf)
    return _window(
        request, shelf, form, actions.transfer, title=_("Move goods"), said=_("Goods moved")
    )


@require_http_methods(["GET", "POST"])
@needs("orders.add_stockmovement")
def write_off(request: HtmxRequest, pk: int) -> HttpResponse:
    """So much is gone for good."""
    form = forms.WriteOffForm(sent(request))
    return _window(
        request, _shelf(pk), form, actions.write_off, title=_("Write off"), said=_("Written off")
    )


@require_http_methods(["GET", "POST"])
@needs("orders.add_stockmovement")
def count(request: HtmxRequest, pk: int) -> HttpResponse:
    """There is as much as was counted."""
    shelf = _shelf(pk)
    form = forms.CountForm(sent(request), stock=shelf)
    return _window(request, shelf, form, actions.count, title=_("Stock count"), said=_("Counted"))


@require_http_methods(["GET", "POST"])
@needs("orders.add_stockmovement")
def receipt(request: HtmxRequest) -> HttpResponse:
    """What a supplier brought; who waits for it is asked next."""
    form = forms.ReceiptForm(sent(request), request.FILES or None)
    if form.is_valid():
        actions.receive(by=request.user, **form.cleaned_data)
        return leave(request, reverse("orders_stock:received", args=[form.cleaned_data["key"]]))
    status = 422 if form.is_bound else 200
    return screen(
        request, "orders/receipt.html", {"form": form}, parts={"receipt": "receipt"}, status=status
    )


@require_http_methods(["GET", "POST"])
@needs("orders.add_stockmovement")
def received(request: HtmxRequest, key: uuid.UUID) -> HttpResponse:
    """What came with a receipt, and the lines that may be given it."""
    came = queries.received(key)
    if not came:
        raise Http404
    waiting = queries.waiting_for({movement.stock.part_id for movement in came})
    free = {movement.stock.part_id: movement.stock.free for movement in came}
    form = forms.WaitingForm(sent(request), waiting=waiting, free=free)
    if form.is_valid():
        held = _give(form.cleaned_data["lines"], came, by=request.user)
        said = ngettext("Reserved for %(lines)s line", "Reserved for %(lines)s lines", held)
        return done(
            request,
            DOCUMENTS_CHANGED,
            said=said % {"lines": held},
            otherwise=reverse("orders_stock:stock"),
        )
    context = {"came": came, "form": form, "waiting": waiting}
    status = 422 if form.is_bound else 200
    return screen(
        request, "orders/received.html", context, parts={"received": "received"}, status=status
    )


def _give(lines: list[int], came: list[StockMovement], *, by: Any) -> int:
    """Each line in turn is held what came for it, while there is any; of how many lines."""
    where = {movement.stock.part_id: movement.stock_id for movement in came}
    held = 0
    for line in queries.lines(lines):
        try:
            reserves.reserve(line.pk, stock=None if line.held else where[line.part_id], by=by)
        except RefusedError:
            continue
        held += 1
    return held


def _shelf(pk: int) -> Stock:
    return get_object_or_404(Stock.objects.select_related("part", "warehouse"), pk=pk)


def _window(
    request: HtmxRequest,
    shelf: Stock,
    form: Form,
    action: Callable[..., Any],
    *,
    title: str,
    said: str,
) -> HttpResponse:
    return windows.write(
        request,
        form,
        lambda **given: action(shelf.pk, by=request.user, **given),
        DOCUMENTS_CHANGED,
        title=f"{title}: {shelf.part.name}",
        about=_("%(warehouse)s: %(quantity)s, of these %(reserved)s reserved.")
        % {
            "warehouse": shelf.warehouse.name,
            "quantity": arm.quantity(shelf.quantity),
            "reserved": arm.quantity(shelf.reserved),
        },
        said=said,
        otherwise=reverse("orders_stock:movements", args=[shelf.part_id]),
        submit=title,
    )
