"""The tabs «События» and «Регистрация контакта с клиентом», which show several floors."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import push_url

from armclients.kit import clock
from armclients.kit.access import needs
from armclients.kit.htmx import EVENTS_CHANGED, back, done, screen
from armclients.kit.refusals import RefusedError
from armclients.kit.typing import HtmxRequest
from armclients.models import User
from armclients.workstation import feed
from armclients.workstation.filters import address
from customers import event_queries, queries
from customers.actions import events
from customers.event_forms import ContactForm
from customers.models import Counterparty
from vehicles import queries as vehicles

PARTS = {"panel": "panel", "more": "rows"}


def events_panel(
    customer: Counterparty, query: Mapping[str, str], by: User, after: str | None = None
) -> dict[str, Any]:
    """What the tab «События» shows."""
    asked = feed.Asked.of(query)
    page = feed.of_client(customer, asked, by=by, after=after)
    return {"customer": customer, "asked": asked, "page": page}


def contact_panel(
    customer: Counterparty, query: Mapping[str, str], by: User, after: str | None = None
) -> dict[str, Any]:
    """What the tab «Регистрация контакта» shows: the form, whom to reach how, the last words."""
    return {
        "customer": customer,
        "contacts": queries.contacts_of(customer),
        "page": event_queries.contacts_of(customer, after=after),
        "form": _form(customer, query, by) if by.has_perm("customers.add_event") else None,
    }


@require_safe
@needs("customers.view_event")
def customer_events(request: HtmxRequest, pk: int) -> HttpResponse:
    customer = queries.open_card(pk, by=request.user, why="events")
    context = events_panel(customer, request.GET, request.user, request.GET.get("after"))
    response = screen(request, "customers/events.html", context, parts=PARTS)
    if request.htmx.trigger == "feed-filter":
        return push_url(response, _shown_at(request, customer, context["asked"]))
    return response


@require_safe
@needs("customers.view_event")
def customer_contact(request: HtmxRequest, pk: int) -> HttpResponse:
    customer = queries.open_card(pk, by=request.user, why="contact")
    context = contact_panel(customer, request.GET, request.user, request.GET.get("after"))
    return screen(request, "customers/contact.html", context, parts=PARTS)


@require_http_methods(["GET", "POST"])
@needs("customers.add_event")
def register(request: HtmxRequest, pk: int) -> HttpResponse:
    """Регистрация контакта: what was said, and what is due next."""
    customer = queries.open_card(pk, by=request.user, why="contact")
    form = _form(customer, request.GET, request.user, request.POST or None)
    if request.htmx.target == "dialog":
        # The same form may lie under the window.
        form.auto_id = "id_%s"
    home = f"/?customer={customer.pk}&tab=contact"
    if form.is_valid():
        try:
            events.register(customer, by=request.user, at=form.now, **form.facts)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, EVENTS_CHANGED, said=_("The contact is saved"), otherwise=home)
    context = {
        "form": form,
        "customer": customer,
        "title": _("Register a contact: %(client)s") % {"client": customer},
        "back": back(request, home),
    }
    return screen(
        request,
        "dialog.html",
        context,
        parts={"register": "customers/contact.html#form", "dialog": "dialog"},
        status=422 if form.is_bound else 200,
    )


def _shown_at(request: HtmxRequest, customer: Counterparty, asked: feed.Asked) -> str:
    """The address that shows the feed narrowed so: of the screen as it is, or of the feed alone."""
    here = urlsplit(request.htmx.current_url_abs_path or "")
    if here.path != reverse("workstation"):
        return address(asked.parameters, at=request.path)
    shown = {"customer": customer.pk, "tab": "events"} | asked.parameters
    return address(QueryDict(here.query).dict() | shown)


def _form(
    customer: Counterparty, query: Mapping[str, str], by: User, posted: QueryDict | None = None
) -> ContactForm:
    """With the client's cars, of which the chosen one is offered."""
    cars = [(car.pk, _called(car)) for car in vehicles.current_of(customer.pk)]
    chosen = next((key for key, _title in cars if str(key) == str(query.get("car"))), None)
    return ContactForm(posted, by=by, now=clock.now(), cars=cars, car=chosen, auto_id="register-%s")


def _called(car: Any) -> str:
    return " · ".join(filter(None, [car.title, car.plate]))
