"""Подбор: looking up, offering, deciding; and the history of what was looked up."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from armclients.kit import addresses, clock
from armclients.kit.access import needs
from armclients.kit.htmx import CART_CHANGED, done, leave, screen
from armclients.kit.refusals import RefusedError
from armclients.kit.typing import HtmxRequest
from customers import queries as customers
from customers.models import Counterparty
from orders.actions import selections as actions
from orders.forms.choosing import ChoiceForm, DecisionForm, LookUpForm, LostForm
from orders.models import LostDemand, Selection
from orders.queries import look_up
from orders.queries import selections as queries
from vehicles.models import Vehicle

PARTS = {"selection": "selection", "found": "found", "picked": "picked"}


@require_http_methods(["GET", "POST"])
@needs("orders.add_selection")
def new_selection(request: HtmxRequest, pk: int) -> HttpResponse:
    """Подбор for a client and `car`; it is on the record once something is offered."""
    customer = customers.open_card(pk, by=request.user, why="selection")
    vehicle = chosen_vehicle(request)
    form = ChoiceForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        selection = actions.begin(
            form.cleaned_data["what"],
            quantity=form.cleaned_data["quantity"],
            customer=customer,
            vehicle=vehicle,
            key=_key(request),
            by=request.user,
            on=clock.today(),
        )
        return leave(request, _with_query(selection.url, request))
    return _show(request, customer, vehicle, form=form, key=_key(request))


@require_http_methods(["GET", "POST"])
@needs("orders.view_selection")
def selection_page(request: HtmxRequest, pk: int) -> HttpResponse:
    """A selection; a look-up beside it offers more."""
    selection = queries.opened(pk)
    customer = customers.open_card(selection.counterparty_id, by=request.user, why="selection")
    form = ChoiceForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid() and request.user.has_perm("orders.add_selection"):
        line = actions.offer(
            pk,
            form.cleaned_data["what"],
            quantity=form.cleaned_data["quantity"],
            on=clock.today(),
        )
        said = _("Offered: %(name)s") % {"name": line.name}
        return done(request, CART_CHANGED, said=said, otherwise=request.get_full_path())
    return _show(request, customer, selection.vehicle, selection=selection, form=form)


@require_POST
@needs("orders.add_selection")
def decide(request: HtmxRequest, pk: int) -> HttpResponse:
    """The ticked lines go into the cart, are declined, or were a mistake."""
    selection = queries.opened(pk)
    form = DecisionForm(request.POST, offered=selection.offered)
    if form.is_valid():
        try:
            said = _decided(pk, form.cleaned_data, by=request.user)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
        else:
            return done(request, CART_CHANGED, said=said, otherwise=selection.url)
    customer = customers.open_card(selection.counterparty_id, by=request.user, why="selection")
    return _show(request, customer, selection.vehicle, selection=selection, form=form)


@require_POST
@needs("orders.add_selection")
def again(request: HtmxRequest, pk: int) -> HttpResponse:
    """The same things at today's prices, in a selection of today."""
    try:
        new = actions.take_up(pk, by=request.user, on=clock.today())
    except Selection.DoesNotExist as error:
        raise Http404 from error
    return leave(request, new.url)


@require_POST
@needs("orders.add_selection")
def lost(request: HtmxRequest, pk: int) -> HttpResponse:
    """What the client wanted and we had nothing of is written down."""
    customer = customers.open_card(pk, by=request.user, why="selection")
    vehicle = chosen_vehicle(request)
    form = LostForm(request.POST)
    if not form.is_valid():
        return _show(request, customer, vehicle, form=form, key=_key(request))
    actions.lose(
        form.cleaned_data["wanted"],
        customer=customer,
        vehicle=vehicle,
        why=LostDemand.Why.UNKNOWN,
        by=request.user,
    )
    return done(request, said=_("Written down as lost demand"), otherwise=f"/?customer={pk}")


@require_safe
@needs("orders.view_selection")
def customer_selections(request: HtmxRequest, pk: int) -> HttpResponse:
    """История подборов of a client."""
    customer = customers.open_card(pk, by=request.user, why="selections")
    page = queries.of_customer(customer, after=request.GET.get("after"))
    return screen(
        request,
        "orders/selections.html",
        {"customer": customer, "page": page},
        parts={"panel": "panel", "more": "rows"},
    )


@require_safe
@needs("orders.view_selection")
def vehicle_selections(request: HtmxRequest, pk: int) -> HttpResponse:
    """История подборов for a vehicle."""
    vehicle = get_object_or_404(Vehicle.objects.named(), pk=pk)
    page = queries.of_vehicle(vehicle, after=request.GET.get("after"))
    return screen(
        request,
        "orders/vehicle_selections.html",
        {"vehicle": vehicle, "page": page},
        parts={"car": "panel", "more": "orders/selections.html#rows"},
    )


def chosen_vehicle(request: HtmxRequest) -> Vehicle | None:
    """The vehicle that the address names, or nothing."""
    key = addresses.key(request.GET.get("car"))
    return Vehicle.objects.named().filter(pk=key).first() if key else None


def _decided(pk: int, given: dict[str, Any], *, by: Any) -> str:
    if given["act"] == "take":
        actions.take(pk, lines=given["line"], by=by)
        return _("Put into the cart")
    if given["act"] == "decline":
        actions.decline(pk, lines=given["line"], why=given["why"], by=by)
        return _("Written down as declined")
    actions.forget(pk, lines=given["line"])
    return _("Taken out")


def _show(
    request: HtmxRequest,
    customer: Counterparty,
    vehicle: Vehicle | None,
    *,
    selection: Selection | None = None,
    form: Form | None = None,
    key: uuid.UUID | None = None,
) -> HttpResponse:
    asked = LookUpForm(request.GET)
    context = {
        "customer": customer,
        "vehicle": vehicle,
        "selection": selection,
        "asked": asked,
        "found": look_up.find(asked.typed, customer=customer, on=clock.today()),
        "earlier": queries.earlier(customer, vehicle, than=selection),
        "reasons": LostDemand.Why.choices,
        "form": form,
        "key": key,
    }
    status = 422 if form and form.errors else 200
    return screen(request, "orders/selection.html", context, parts=PARTS, status=status)


def _key(request: HtmxRequest) -> uuid.UUID:
    """The page's own name, so that a double click begins one selection."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid.uuid4()


def _with_query(address: str, request: HtmxRequest) -> str:
    typed = request.GET.get("q", "")
    return f"{address}?{urlencode({'q': typed})}" if typed else address
