"""A document as a page of its own."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from armclients.kit.access import needs
from armclients.kit.htmx import screen
from armclients.kit.typing import HtmxRequest
from orders import sections
from orders.queries import documents as queries
from orders.queries.lines import lines_of

PAGE = "orders/document.html"
PARTS = {"document": "document"}


@require_safe
@needs("orders.view_document")
def document_page(request: HtmxRequest, pk: int) -> HttpResponse:
    """Its works and goods, and what they come to."""
    return show(request, pk)


def show(request: HtmxRequest, pk: int, *, status: int = 200, **look: Any) -> HttpResponse:
    """The document as it stands now; `look` is what is looked up for it, and what came of that."""
    document = queries.open_document(pk, by=request.user)
    context = {
        **sections.shell(document, opened="lines", by=request.user),
        "lines": lines_of(document),
        "promises": queries.promises_of(document),
        "look": look,
    }
    return screen(request, PAGE, context, parts=PARTS, status=status)


def address(pk: int) -> str:
    return reverse("orders_document:page", args=[pk])
