"""The rows that a search looks through."""

from django.contrib import admin
from django.http import HttpRequest

from armclients.kit.admin import ReadOnly
from armclients.models import SearchCard
from customers.admin import OfClient


@admin.register(SearchCard)
class SearchCardAdmin(ReadOnly, OfClient):
    """What clients are found by, as the database derived it."""

    belongs_to = "customer"
    list_display = ("name_key", "contacts", "vehicles", "tags")
    ordering = ("name_key", "customer")

    def has_view_permission(self, request: HttpRequest, _obj: SearchCard | None = None) -> bool:
        """The row has no permissions of its own: it shows what a client and their contacts do."""
        return request.user.has_perms(
            ["customers.view_counterparty", "customers.view_contact_value"]
        )
