"""The client's tabs of this floor: cart, orders, documents."""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from armclients.kit.access import needs
from armclients.kit.htmx import screen
from armclients.kit.typing import HtmxRequest
from customers import queries as customers
from customers.models import Counterparty
from orders.queries import documents as queries

PARTS = {"panel": "panel", "more": "rows"}


def cart(customer: Counterparty, _after: str | None) -> dict[str, Any]:
    """What the tab «Корзина» shows."""
    return {"customer": customer, "carts": queries.open_carts_of(customer)}


def orders(customer: Counterparty, after: str | None) -> dict[str, Any]:
    """What the tab «Заказы» shows."""
    return {"customer": customer, "page": queries.orders_of(customer, after=after)}


def documents(customer: Counterparty, after: str | None) -> dict[str, Any]:
    """What the tab «Документы покупателя» shows."""
    return {"customer": customer, "page": queries.documents_of(customer, after=after)}


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
    return screen(
        request, "orders/documents.html", documents(customer, request.GET.get("after")), parts=PARTS
    )
