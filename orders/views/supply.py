"""The goods of a whole document: held, handed over, promised; and how each of them stands."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from armclients.kit import windows
from armclients.kit.access import needs
from armclients.kit.htmx import DOCUMENTS_CHANGED, screen, sent
from armclients.kit.typing import HtmxRequest
from orders import sections
from orders.actions import reserves, stock
from orders.forms.stock import PromiseForm
from orders.models import CustomerOrder, Document
from orders.queries import documents
from orders.queries import stock as queries


@require_safe
@needs("orders.view_stock")
def document_stock(request: HtmxRequest, pk: int) -> HttpResponse:
    """What is held, issued and returned of each line, and every movement."""
    document = documents.open_document(pk, by=request.user)
    context = {
        **sections.shell(document, opened="stock", by=request.user),
        "goods": queries.goods_of(document),
        "movements": queries.movements_for(document),
    }
    return screen(request, "orders/document_stock.html", context, parts={"document": "document"})


@require_http_methods(["GET", "POST"])
@needs("orders.reserve_goods")
def document_reserve(request: HtmxRequest, pk: int) -> HttpResponse:
    """All that it lacks and is free is held for it."""
    return _all_at_once(
        request,
        pk,
        reserves.reserve_all,
        title=_("Reserve everything"),
        about=_("What is free of all that it lacks is held for it."),
        said=_("Reserved"),
    )


@require_http_methods(["GET", "POST"])
@needs("orders.issue_goods")
def document_issue(request: HtmxRequest, pk: int) -> HttpResponse:
    """All that is held for it is handed over."""
    return _all_at_once(
        request,
        pk,
        stock.issue_all,
        title=_("Issue what is reserved"),
        about=_("Everything that is reserved for it is handed over."),
        said=_("Goods issued"),
    )


@require_http_methods(["GET", "POST"])
@needs("orders.reserve_goods")
def order_expected(request: HtmxRequest, pk: int) -> HttpResponse:
    """The day that its client is told."""
    order = get_object_or_404(CustomerOrder, pk=pk)
    return windows.write(
        request,
        PromiseForm(sent(request), initial={"expected_on": order.expected_on}),
        lambda **given: stock.expect_order(pk, by=request.user, **given),
        DOCUMENTS_CHANGED,
        title=_("Expected: %(document)s") % {"document": order.number},
        said=_("Written down"),
        otherwise=order.url,
    )


def _all_at_once(
    request: HtmxRequest,
    pk: int,
    action: Callable[..., Any],
    *,
    title: str,
    about: str,
    said: str,
) -> HttpResponse:
    document = get_object_or_404(Document.objects.select_related("repairrequest"), pk=pk)
    return windows.confirm(
        request,
        lambda: action(pk, by=request.user),
        DOCUMENTS_CHANGED,
        title=f"{title}: {document.title}",
        about=about,
        said=said,
        otherwise=document.url,
        submit=title,
    )
