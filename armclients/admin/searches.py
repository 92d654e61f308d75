"""What stands around the search for whom, and the searches that users saved."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from armclients.kit.admin import RecordAdmin, explain
from armclients.models import SavedSearch, SearchLayout

explain(
    {
        "searchlayout_of_one": _("A layout belongs to a user or to a role, not to both."),
        "savedsearch_name_once": _("This user has a search with this name already."),
    }
)


@admin.register(SearchLayout)
class SearchLayoutAdmin(RecordAdmin):
    """To look through and to put back to the standard; layouts are made at the workstation."""

    list_display = ("__str__", "user", "role")
    list_select_related = ("user", "role")
    search_fields = ("user__username", "user__full_name", "role__name")
    readonly_fields = ("user", "role", "chosen")
    ordering = ("role__name", "user__username")

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False


@admin.register(SavedSearch)
class SavedSearchAdmin(RecordAdmin):
    list_display = ("name", "user", "is_shared")
    list_filter = ("is_shared",)
    list_select_related = ("user",)
    search_fields = ("name", "user__username", "user__full_name")
    readonly_fields = ("user", "query")
    ordering = ("user__username", "position", "pk")
    fieldsets = ((None, {"fields": ("user", "name", "is_shared", "query")}),)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False
