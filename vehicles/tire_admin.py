"""The tire hotel, for the administrator."""

from django.contrib import admin
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from armclients.kit.admin import ReadOnly, RecordAdmin, Rows, explain, register_histories
from armclients.kit.dictionaries.admin import Exchanged
from vehicles.models import (
    StorageCell,
    TireCount,
    TireCounter,
    TireMeasurement,
    TireMovement,
    TirePhoto,
    TireScan,
    TireSet,
    TireStore,
)

explain(
    {
        "tirestore_once": _("There is a store of this name already."),
        "storagecell_code_once": _("There is a cell with this code already."),
        "storagecell_address_once": _("Another cell has this address."),
        "storagecell_not_over_capacity": _("More tires would lie in the cell than have room."),
        "storagecell_rim_possible": _("The diameter is not between 10 and 26 inches."),
        "tireset_has_tires": _("A set has from 1 to 12 tires."),
        "tireset_lies_only_while_here": _("A set that has left lies in no cell."),
        "tireset_left_on_a_day": _("Say on which day the set left, or that it is here."),
        "tireset_disposed_after_notice": _("Nothing is disposed of without a notice."),
        "tireset_price_not_negative": _("The price is below zero."),
        "tirescan_once": _("This code was scanned already."),
        "tiremeasurement_once_a_day": _("The wheel was measured on that day already."),
        "tiremeasurement_tread_possible": _("No tire has such a tread."),
        "tiremeasurement_pressure_possible": _("No tire bears such a pressure."),
        "tirecounter_is_one": _("There is one counter only."),
    }
)


def sets(typed: str) -> QuerySet[TireSet]:
    return TireSet.objects.filter(number__icontains=typed)


def cells(typed: str) -> QuerySet[StorageCell]:
    return StorageCell.objects.filter(code__icontains=typed)


class Measurements(Rows):
    model = TireMeasurement
    autocomplete_fields = ("author",)


class Movements(ReadOnly, Rows):
    model = TireMovement


class Scans(ReadOnly, Rows):
    model = TireScan


@admin.register(TireStore)
class TireStoreAdmin(Exchanged, RecordAdmin):
    list_display = ("name",)
    search_fields = ("name",)
    ordering = ("name",)


@admin.register(StorageCell)
class StorageCellAdmin(RecordAdmin):
    list_display = ("code", "store", "zone", "capacity", "held", "largest_rim", "season")
    list_filter = ("store", "season", "is_active")
    list_select_related = ("store",)
    search_fields = ("code",)
    readonly_fields = ("held",)
    ordering = ("store", "zone", "rack", "shelf", "position")


@admin.register(TireSet)
class TireSetAdmin(RecordAdmin):
    list_display = ("number", "depositor", "season", "brand", "size", "cell", "state", "until")
    list_filter = ("state", "season")
    list_select_related = ("depositor", "cell")
    search_fields = ("number", "brand", "size")
    autocomplete_fields = ("depositor", "vehicle", "cell", "author")
    readonly_fields = ("source", "source_id")
    ordering = ("-pk",)
    inlines = (Measurements, Movements)

    def view_on_site(self, kept: TireSet) -> str:
        return kept.url


@admin.register(TireMeasurement)
class TireMeasurementAdmin(RecordAdmin):
    list_display = ("set", "taken_on", "wheel", "tread_mm", "pressure_bar")
    list_select_related = ("set", "author")
    search_fields = ("set__number",)
    autocomplete_fields = ("set", "author")
    ordering = ("-pk",)


@admin.register(TirePhoto)
class TirePhotoAdmin(ReadOnly, RecordAdmin):
    list_display = ("name", "measurement", "width", "height", "taken_in_at", "author")
    list_select_related = ("measurement__set", "author")
    search_fields = ("measurement__set__number",)
    ordering = ("-pk",)


@admin.register(TireMovement)
class TireMovementAdmin(ReadOnly, RecordAdmin):
    list_display = ("set", "at", "kind", "from_cell", "to_cell", "words", "author")
    list_filter = ("kind",)
    list_select_related = ("set", "author")
    search_fields = ("set__number", "from_cell", "to_cell")
    ordering = ("-pk",)


@admin.register(TireCount)
class TireCountAdmin(ReadOnly, RecordAdmin):
    list_display = ("started_at", "store", "zone", "author", "finished_at")
    list_select_related = ("store", "author")
    search_fields = ("zone",)
    ordering = ("-pk",)
    inlines = (Scans,)


@admin.register(TireScan)
class TireScanAdmin(ReadOnly, RecordAdmin):
    list_display = ("code", "set", "cell_code", "at")
    list_select_related = ("set", "count__store")
    search_fields = ("code",)
    ordering = ("-pk",)


@admin.register(TireCounter)
class TireCounterAdmin(ReadOnly, RecordAdmin):
    list_display = ("last",)
    ordering = ("pk",)


register_histories("vehicles", sets, {"TireSetHistory": "pgh_obj"})
register_histories("vehicles", cells, {"StorageCellHistory": "pgh_obj"})
