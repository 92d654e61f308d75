"""The rows that a search looks through."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from armclients.kit.admin import LargeAdmin, ReadOnly, explain
from armclients.models import NameWord, SearchCard
from customers.admin import OfClient

explain({"nameword_once": _("There is this word already.")})


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


@admin.register(NameWord)
class NameWordAdmin(ReadOnly, LargeAdmin):
    """What a misspelt name is compared with, as the database derived it."""

    list_display = ("word",)

    def has_view_permission(self, request: HttpRequest, _obj: NameWord | None = None) -> bool:
        return request.user.has_perm("customers.view_counterparty")
