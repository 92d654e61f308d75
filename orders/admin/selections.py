"""What was looked up for clients, and what the shop did not sell."""

from django.contrib import admin

from armclients.kit.admin import Rows
from customers.admin import OfClient
from orders.models import LostDemand, Selection, SelectionLine

CHOICE = ("part", "labor", "discount_by")


class SelectionLines(Rows):
    model = SelectionLine
    autocomplete_fields = CHOICE
    readonly_fields = ("amount",)


@admin.register(Selection)
class SelectionAdmin(OfClient):
    list_display = ("created_at", "counterparty", "vehicle", "author")
    list_select_related = ("counterparty", "vehicle__model__make", "author")
    autocomplete_fields = ("counterparty", "vehicle", "author", "former")
    readonly_fields = ("created_at", "source", "source_id")
    inlines = (SelectionLines,)


@admin.register(SelectionLine)
class SelectionLineAdmin(OfClient):
    belongs_to = "selection__counterparty"
    list_display = ("selection", "name", "quantity", "price", "amount", "outcome")
    list_filter = ("outcome",)
    list_select_related = ("selection__counterparty",)
    autocomplete_fields = ("selection", *CHOICE)
    readonly_fields = ("amount",)


@admin.register(LostDemand)
class LostDemandAdmin(OfClient):
    list_display = ("created_at", "wanted", "quantity", "why", "counterparty", "author")
    list_filter = ("why",)
    list_select_related = ("counterparty", "author")
    autocomplete_fields = ("part", "counterparty", "vehicle", "author")
    readonly_fields = ("created_at",)
