"""The client's tabs of this floor: cart, orders, documents."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from armclients.kit.access import needs
from armclients.kit.addresses import key
from armclients.kit.htmx import screen
from armclients.kit.typing import HtmxRequest
from customers import queries as customers
from customers.models import Counterparty
from orders.actions import lines
from orders.forms.choosing import CartForm
from orders.models import Document
from orders.queries import documents as queries
from orders.queries import selections
from orders.queries.documents import Asked

PARTS = {"panel": "panel", "more": "rows"}


def cart(
    customer: Counterparty, _after: str | None, *, form: CartForm | None = None
) -> dict[str, Any]:
    """What the tab «Корзина» shows; `form` is what was sent for one of the carts, and is wrong."""
    carts = queries.open_carts_of(customer)
    for each in carts:
        is_sent = form and form.cart.pk == each.pk
        each.form = form if is_sent else CartForm(cart=each)  # type: ignore[attr-defined]
    return {
        "customer": customer,
        "carts": carts,
        "selections": selections.of_customer(customer, size=selections.FEW),
    }


def orders(customer: Counterparty, after: str | None) -> dict[str, Any]:
    """What the tab «Заказы» shows."""
    return {"customer": customer, "page": queries.orders_of(customer, after=after)}


def documents(
    customer: Counterparty, query: Mapping[str, str], by: Any, after: str | None = None
) -> dict[str, Any]:
    """What the tab «Документы покупателя» shows, and which documents may be made from it."""
    asked = Asked.of(query)
    return {
        "customer": customer,
        "asked": asked,
        "car": key(query.get("car")),
        "makes": [kind for kind in Document.Kind if by.has_perm(lines.making(kind))],
        "page": queries.documents_of(customer, asked, after=after),
    }


@require_safe
@needs("orders.view_cart")
def customer_cart(request: HtmxRequest, pk: int) -> HttpResponse:
    customer = customers.open_card(pk, by=request.user, why="cart")
    return screen(request, "orders/cart.html", cart(customer, None), parts={"panel": "panel"})


@require_safe
@needs("orders.view_document")
def customer_orders(request: HtmxRequest, pk: int) -> HttpResponse:
    customer = customers.open_card(pk, by=request.user, why="orders")
    return screen(
        request, "orders/orders.html", orders(customer, request.GET.get("after")), parts=PARTS
    )


@require_safe
@needs("orders.view_document")
def customer_documents(request: HtmxRequest, pk: int) -> HttpResponse:
    customer = customers.open_card(pk, by=request.user, why="documents")
    context = documents(customer, request.GET, request.user, request.GET.get("after"))
    return screen(request, "orders/documents.html", context, parts=PARTS)
