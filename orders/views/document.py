"""A document as a page of its own."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from armclients.kit.access import needs
from armclients.kit.htmx import screen
from armclients.kit.typing import HtmxRequest
from orders import sections
from orders.queries import documents as queries


@require_safe
@needs("orders.view_document")
def document_page(request: HtmxRequest, pk: int) -> HttpResponse:
    """Its works and goods, and what they come to."""
    document = queries.open_document(pk, by=request.user)
    context = {
        **sections.shell(document, opened="lines", by=request.user),
        **queries.lines_of(document),
    }
    return screen(request, "orders/document.html", context, parts={"document": "document"})
