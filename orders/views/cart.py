"""Корзина: what lies in it is added, changed, taken out, and becomes a document."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from armclients.kit import addresses, clock
from armclients.kit.access import needs
from armclients.kit.clashes import ClashError, described
from armclients.kit.htmx import CART_CHANGED, done, leave, screen
from armclients.kit.refusals import RefusedError
from armclients.kit.typing import HtmxRequest
from customers import queries as customers
from orders.actions import carts, choosing
from orders.forms.choosing import CartForm, ChoiceForm, LookUpForm
from orders.models import Cart
from orders.queries import branches, look_up
from orders.queries import documents as queries
from orders.views import panels
from orders.views.selections import chosen_vehicle


@require_http_methods(["GET", "POST"])
@needs("orders.change_cart")
def cart_add(request: HtmxRequest, pk: int) -> HttpResponse:
    """A look-up whose finds go straight into the client's cart for `car`."""
    customer = customers.open_card(pk, by=request.user, why="cart")
    vehicle, on = chosen_vehicle(request), clock.today()
    form = ChoiceForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        what, quantity = form.cleaned_data["what"], form.cleaned_data["quantity"]
        line = choosing.line_of(what, quantity=quantity, customer=customer, on=on)
        carts.add([line], customer=customer, vehicle=vehicle, by=request.user)
        said = _("In the cart: %(name)s") % {"name": line["name"]}
        return done(request, CART_CHANGED, said=said, otherwise=request.get_full_path())
    asked = LookUpForm(request.GET)
    context = {
        "customer": customer,
        "vehicle": vehicle,
        "asked": asked,
        "found": look_up.find(asked.typed, customer=customer, on=on),
        "form": form,
    }
    status = 422 if form else 200
    return screen(request, "orders/cart_add.html", context, parts={"found": "found"}, status=status)


@require_POST
@needs("orders.change_cart")
def change(request: HtmxRequest, pk: int) -> HttpResponse:
    """What stands in the fields of the cart is kept; or one line, named by `remove`, is gone."""
    cart = queries.cart_with_lines(pk)
    tab = f"/?customer={cart.counterparty_id}&car={cart.vehicle_id or ''}&tab=cart"
    form = CartForm(request.POST, cart=cart)
    try:
        if (line := addresses.key(request.POST.get("remove"))) is not None:
            carts.remove(pk, line=line)
            return done(request, CART_CHANGED, said=_("Taken out of the cart"), otherwise=tab)
        if form.is_valid():
            facts = {"lines": form.given, "seen": form.shown, "by": request.user}
            carts.change(pk, **facts, on=clock.today())
            return done(request, CART_CHANGED, said=_kept(form), otherwise=tab)
    except carts.BecameError as became:
        return _to_document(request, became)
    except carts.ClashesError as clashing:
        form = _chosen_between(form, clashing.of)
    except RefusedError as refusal:
        form.add_error(refusal.field, str(refusal))
    return _panel(request, cart, form)


@require_POST
@needs("orders.change_cart")
def become(request: HtmxRequest, pk: int) -> HttpResponse:
    """The cart is a document of the `kind` asked for: once, whoever asks how often."""
    kind = request.POST.get("kind")
    if kind not in carts.KINDS:
        raise Http404
    if not request.user.has_perm(f"orders.add_{kind.replace('_', '')}"):
        raise PermissionDenied
    cart = get_object_or_404(Cart, pk=pk)
    branch = branches.of_user(request.user)
    on = clock.today(branch.zone if branch else None)
    try:
        document = carts.become(pk, kind=kind, branch=branch, by=request.user, on=on)
    except carts.BecameError as became:
        return _to_document(request, became)
    except RefusedError as refusal:
        form = CartForm.untouched(queries.cart_with_lines(pk))
        form.add_error(None, str(refusal))
        return _panel(request, cart, form)
    messages.success(request, _("The cart became: %(document)s") % {"document": document.title})
    return leave(request, document.url)


def _kept(form: CartForm) -> str:
    if not form.gone:
        return _("The cart is kept")
    return _("The cart is kept. Somebody has taken out meanwhile: %(lines)s") % {
        "lines": ", ".join(form.gone)
    }


def _chosen_between(form: CartForm, clashing: dict[int, ClashError]) -> CartForm:
    """The form once more, with what others have changed beside what was typed."""
    again = form.after(clashing, cart=queries.cart_with_lines(form.cart.pk))
    for line, fields in form.rows:
        if clash := clashing.get(line.pk):
            mine, changes = form.given[line.pk], queries.changes_of_line(line)
            for each in described(clash, row=line, mine=mine, changes=changes):
                field = fields["discount" if each.name == "discount_percent" else each.name]
                label = f"{line}: {each.label}"
                again.clashes.append(replace(each, name=field.html_name, label=label))
    return again


def _to_document(request: HtmxRequest, became: carts.BecameError) -> HttpResponse:
    """To what the cart is by now, with a word about it."""
    messages.info(request, str(became))
    document: Any = became.document
    return leave(request, document.url if document else "/")


def _panel(request: HtmxRequest, cart: Cart, form: CartForm) -> HttpResponse:
    """The tab with what was typed and what is wrong with it."""
    customer = customers.open_card(cart.counterparty_id, by=request.user, why="cart")
    context = panels.cart(customer, None, form=form)
    return screen(request, "orders/cart.html", context, parts={"panel": "panel"}, status=422)
