"""The client's pages of this floor."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from armclients.kit.access import needs
from armclients.kit.htmx import screen
from armclients.kit.typing import HtmxRequest
from customers import queries


@require_safe
@needs("customers.view_accesslogentry")
def customer_log(request: HtmxRequest, pk: int) -> HttpResponse:
    """Who looked at the client's card, and who changed what."""
    customer = queries.open_card(pk, by=request.user, why="log")
    context = {
        "customer": customer,
        "merges": queries.merges_of(customer),
        "changes": queries.changes_of(customer),
        "page": queries.openings_of(customer, after=request.GET.get("after")),
    }
    return screen(request, "customers/log.html", context, parts={"panel": "panel", "more": "rows"})
