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


@admin.register(PackageWork)
class PackageWorkAdmin(RecordAdmin):
    list_display = ("package", "name", "quantity", "price")
    list_select_related = ("package",)
    search_fields = ("name", "package__name")
    autocomplete_fields = ("package", "labor")
    ordering = ("package__name", "position", "pk")


@admin.register(PackagePart)
class PackagePartAdmin(RecordAdmin):
    list_display = ("package", "part", "quantity")
    list_select_related = ("package", "part")
    search_fields = ("package__name", "part__article")
    autocomplete_fields = ("package", "part")
    ordering = ("package__name", "position", "pk")


@admin.register(DiscountLimit)
class DiscountLimitAdmin(Exchanged, RecordAdmin):
    exchanged = ("role", "percent")
    natural_key = ("role",)
    list_display = ("role", "percent")
    list_select_related = ("role",)
    ordering = ("role__name",)
