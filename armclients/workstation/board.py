"""The workshop's board: open work orders by state, moved by hand."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from armclients.kit import clock
from armclients.kit.access import needs
from armclients.kit.htmx import screen
from armclients.kit.typing import HtmxRequest
from orders.queries import board as queries
from orders.queries import branches


@require_safe
@needs("orders.view_document")
def board(request: HtmxRequest) -> HttpResponse:
    """«Доска цеха» of the branch where the user works. At most six statements."""
    asked = queries.Asked.of(request.GET, branches.of_user(request.user))
    context = {
        "asked": asked,
        "columns": queries.columns(asked, by=request.user, now=clock.now()),
        "masters": queries.masters(),
        "bays": queries.bays(asked.branch),
    }
    return screen(request, "workstation/board.html", context, parts={"board": "board"})
