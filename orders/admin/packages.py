"""Work packages, and how much of a price each role may give away."""

from django.contrib import admin

from armclients.kit.admin import RecordAdmin, Rows
from armclients.kit.dictionaries.admin import Exchanged
from orders.models import DiscountLimit, PackagePart, PackageWork, WorkPackage


class Works(Rows):
    model = PackageWork
    fields = ("position", "labor", "code", "name", "norm_hours", "quantity", "price")
    autocomplete_fields = ("labor",)


class Goods(Rows):
    model = PackagePart
    fields = ("position", "part", "quantity")
    autocomplete_fields = ("part",)


@admin.register(WorkPackage)
class WorkPackageAdmin(RecordAdmin):
    list_display = ("name", "discount_percent")
    search_fields = ("name",)
    autocomplete_fields = ("for_models",)
    inlines = (Works, Goods)
    ordering = ("name",)


@admin.register(DiscountLimit)
class DiscountLimitAdmin(Exchanged, RecordAdmin):
    exchanged = ("role", "percent")
    natural_key = ("role",)
    list_display = ("role", "percent")
    list_select_related = ("role",)
    ordering = ("role__name",)
