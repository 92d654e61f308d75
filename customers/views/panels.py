"""The client's tabs of this floor: what was said, and what is to be said next."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from armclients.kit.access import needs
from armclients.kit.htmx import screen
from armclients.kit.typing import HtmxRequest
from customers import queries
from customers.models import Counterparty

PARTS = {"panel": "panel", "more": "rows"}


def events(customer: Counterparty, after: str | None) -> dict[str, Any]:
    """What the tab «События» shows."""
    return {"customer": customer, "page": queries.events_of(customer, after=after)}


def contact(customer: Counterparty, after: str | None) -> dict[str, Any]:
    """What the tab «Регистрация контакта с клиентом» shows: whom to reach how, the last words."""
    return {
        "customer": customer,
        "contacts": queries.contacts_of(customer),
        "page": queries.events_of(customer, after=after, contacts_only=True),
    }


@require_safe
@needs("customers.view_event")
def customer_events(request: HtmxRequest, pk: int) -> HttpResponse:
    customer = queries.open_card(pk, by=request.user, why="events")
    return screen(
        request, "customers/events.html", events(customer, request.GET.get("after")), parts=PARTS
    )


@require_safe
@needs("customers.view_event")
def customer_contact(request: HtmxRequest, pk: int) -> HttpResponse:
    customer = queries.open_card(pk, by=request.user, why="contact")
    return screen(
        request, "customers/contact.html", contact(customer, request.GET.get("after")), parts=PARTS
    )


@require_safe
@needs("customers.view_accesslogentry")
def customer_log(request: HtmxRequest, pk: int) -> HttpResponse:
    """Who looked at the client's card, and who changed what."""
    customer = queries.open_card(pk, by=request.user, why="log")
    context = {
        "customer": customer,
        "changes": queries.changes_of(customer),
        "page": queries.openings_of(customer, after=request.GET.get("after")),
    }
    return screen(request, "customers/log.html", context, parts={"panel": "panel", "more": "rows"})
