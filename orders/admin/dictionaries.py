"""Branches with their bays and counters, and what documents refer to."""

from typing import Any

from django.contrib import admin
from django.db.models import Field
from django.forms import Select
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from armclients.kit.admin import RecordAdmin
from armclients.kit.dictionaries.admin import Exchanged
from orders.models import (
    Bay,
    Branch,
    DayOff,
    Document,
    DocumentCounter,
    RepairKind,
    VatRate,
    WorkingHours,
)


@admin.register(Branch)
class BranchAdmin(Exchanged, RecordAdmin):
    exchanged = ("name", "prefix", "timezone")
    list_display = ("name", "prefix", "timezone", "organisation")
    list_select_related = ("organisation",)
    search_fields = ("name", "prefix")
    autocomplete_fields = ("organisation",)
    readonly_fields = ("source", "source_id")
    ordering = ("name",)


@admin.register(DocumentCounter)
class DocumentCounterAdmin(RecordAdmin):
    list_display = ("branch", "kind_name", "year", "last")
    list_filter = ("branch", "year")
    list_select_related = ("branch",)
    ordering = ("-year", "branch__name", "kind")

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "kind":
            kwargs["widget"] = Select(choices=Document.Kind.choices)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("kind"))
    def kind_name(self, counter: DocumentCounter) -> str:
        return str(Document.Kind(counter.kind).label)


@admin.register(RepairKind)
class RepairKindAdmin(Exchanged, RecordAdmin):
    list_display = ("name",)
    search_fields = ("name",)
    ordering = ("name",)


@admin.register(VatRate)
class VatRateAdmin(Exchanged, RecordAdmin):
    exchanged = ("percent", "valid_from", "valid_until", "is_standard")
    natural_key = ("percent", "valid_from")
    list_display = ("__str__", "valid_from", "valid_until", "is_standard")
    ordering = ("-valid_from", "percent")


@admin.register(Bay)
class BayAdmin(Exchanged, RecordAdmin):
    exchanged = natural_key = ("branch", "name")
    list_display = ("name", "branch")
    list_filter = ("branch",)
    list_select_related = ("branch",)
    search_fields = ("name", "branch__name")
    ordering = ("branch__name", "name")


@admin.register(WorkingHours)
class WorkingHoursAdmin(RecordAdmin):
    list_display = ("scope", "branch", "weekday", "opens", "closes")
    list_filter = ("branch", "weekday")
    list_select_related = ("branch", "bay", "master")
    autocomplete_fields = ("bay", "master")
    ordering = ("branch__name", "bay__name", "master__full_name", "weekday", "opens")

    @admin.display(description=_("whose"))
    def scope(self, hours: WorkingHours) -> str:
        return hours.scope


@admin.register(DayOff)
class DayOffAdmin(RecordAdmin):
    list_display = ("scope", "since", "until", "why")
    list_filter = ("branch",)
    list_select_related = ("branch", "bay", "master")
    autocomplete_fields = ("bay", "master")
    date_hierarchy = "since"
    ordering = ("-since", "pk")

    @admin.display(description=_("whose"))
    def scope(self, day: DayOff) -> str:
        return day.scope
