"""Labour, prices and analogs."""

from django.contrib import admin
from django.db.models import QuerySet

from armclients.kit.admin import LargeAdmin, Rows
from armclients.kit.dictionaries.admin import Exchanged
from orders.admin.stock import OfPart
from orders.models import Analog, HourPrice, Labor, PartPrice


def labour(typed: str) -> QuerySet[Labor]:
    """By the whole code, in upper or lower case."""
    return Labor.objects.filter(code__iexact=typed)


class HourPrices(Rows):
    model = HourPrice


@admin.register(Labor)
class LaborAdmin(Exchanged, LargeAdmin):
    exchanged = ("code", "name", "norm_hours")
    natural_key = ("code", "name")
    list_display = ("code", "name", "norm_hours")
    search_fields = ("code", "name")
    readonly_fields = ("source", "source_id")
    inlines = (HourPrices,)


@admin.register(HourPrice)
class HourPriceAdmin(LargeAdmin):
    list_display = ("labor", "price_type", "price")
    list_filter = ("price_type",)
    list_select_related = ("labor", "price_type")
    autocomplete_fields = ("labor",)


@admin.register(PartPrice)
class PartPriceAdmin(OfPart):
    list_display = ("part", "price_type", "price")
    list_filter = ("price_type",)
    list_select_related = ("part", "price_type")
    autocomplete_fields = ("part",)


@admin.register(Analog)
class AnalogAdmin(OfPart):
    list_display = ("part", "analog")
    list_select_related = ("part", "analog")
    autocomplete_fields = ("part", "analog")
