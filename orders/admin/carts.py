"""What clients are choosing."""

from django.contrib import admin

from armclients.kit.admin import (
    Rows,
)
from customers.admin import OfClient
from orders.models import (
    Cart,
    CartLine,
)


class CartLines(Rows):
    model = CartLine
    autocomplete_fields = ("part", "labor", "discount_by")
    readonly_fields = ("amount",)


@admin.register(Cart)
class CartAdmin(OfClient):
    list_display = ("created_at", "counterparty", "vehicle", "author", "state")
    list_filter = ("state",)
    list_select_related = ("counterparty", "vehicle__model__make", "author")
    autocomplete_fields = ("counterparty", "vehicle", "author", "document")
    readonly_fields = ("created_at",)
    inlines = (CartLines,)


@admin.register(CartLine)
class CartLineAdmin(OfClient):
    belongs_to = "cart__counterparty"
    list_display = ("cart", "name", "part", "quantity", "price", "amount")
    list_select_related = ("cart__counterparty", "part")
    autocomplete_fields = ("cart", "part", "labor", "discount_by")
    readonly_fields = ("amount",)
