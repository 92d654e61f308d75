"""Vehicles and their dated values, for the administrator."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from armclients.kit.admin import (
    CAP,
    FoundThrough,
    RecordAdmin,
    Rows,
    explain,
    link,
    register_histories,
    screen_url,
)
from armclients.kit.dictionaries.admin import Exchanged
from customers.admin import OfClient
from customers.finding import folded, people
from customers.identity import value_needles
from vehicles import tire_admin
from vehicles.models import (
    Make,
    OdometerReading,
    ServiceInterval,
    Vehicle,
    VehicleModel,
    VehicleOwnership,
    VehiclePlate,
)

__all__ = ["tire_admin"]

explain(
    {
        "make_once": _("There is a make of this name already."),
        "vehiclemodel_once": _("The make has a model of this name already."),
        "vehicle_year_possible": _("The year is not between 1886 and 2100."),
        "ownership_ends_after_start": _("The ownership ends before it starts."),
        "ownership_one_at_a_time": _("The vehicle has another owner at that time."),
        "ownership_once": _("The client is known as this of the vehicle since that day."),
        "plate_ends_after_start": _("The plate ends before it starts."),
        "plate_one_at_a_time": _("The vehicle has another plate at that time."),
        "plate_once": _("The vehicle has this plate since that day already."),
        "serviceinterval_once": _("There is an interval of this make already."),
        "serviceinterval_km_possible": _("The kilometres are not between 100 and 200,000."),
        "serviceinterval_months_possible": _("The months are not between 1 and 120."),
        "serviceinterval_says_something": _("Say after how many kilometres or months."),
        "odometer_once_a_day": _("There is a reading of that day already."),
    }
)


def vehicles(typed: str) -> QuerySet[Vehicle]:
    """By VIN, body number, any plate they ever had, or whose they are or were.

    Only vehicles without an owner have an index of their own; the others are found through the
    search rows of their owners.
    """
    found = VehicleOwnership.objects.filter(counterparty__in=people(typed)[:CAP]).values("vehicle")
    for needle in value_needles(folded(typed)[2]):
        ownerless = Vehicle.objects.filter(is_owned=False, lookup__contains=needle).values("pk")
        owned = VehicleOwnership.objects.filter(
            counterparty__search_card__vehicles__contains=needle, vehicle__lookup__contains=needle
        ).values("vehicle")
        found = found.union(ownerless, owned)
    return Vehicle.objects.filter(pk__in=found)


class OfVehicle(FoundThrough):
    """Found by the vehicle whose row it is."""

    belongs_to = "vehicle"
    find = staticmethod(vehicles)


class Ownerships(Rows):
    model = VehicleOwnership
    autocomplete_fields = ("counterparty",)


class Plates(Rows):
    model = VehiclePlate


class Readings(Rows):
    model = OdometerReading
    autocomplete_fields = ("document", "author")


@admin.register(Make)
class MakeAdmin(Exchanged, RecordAdmin):
    list_display = ("name",)
    search_fields = ("name",)
    ordering = ("name",)


@admin.register(VehicleModel)
class VehicleModelAdmin(Exchanged, RecordAdmin):
    exchanged = natural_key = ("make", "name")
    list_display = ("name", "make")
    list_select_related = ("make",)
    search_fields = ("name", "make__name")
    autocomplete_fields = ("make",)
    ordering = ("make__name", "name")


@admin.register(ServiceInterval)
class ServiceIntervalAdmin(Exchanged, RecordAdmin):
    exchanged = ("make", "km", "months")
    natural_key = ("make",)
    list_display = ("__str__", "km", "months")
    list_select_related = ("make",)
    search_fields = ("make__name",)
    autocomplete_fields = ("make",)
    ordering = ("make__name",)


@admin.register(Vehicle)
class VehicleAdmin(OfVehicle):
    belongs_to = "pk"
    list_display = ("title", "workstation", "vin", "body_number", "year", "colour", "is_owned")
    list_filter = ("is_owned",)
    list_select_related = ("model__make",)
    autocomplete_fields = ("model",)
    readonly_fields = ("lookup", "is_owned", "source", "source_id")
    inlines = (Ownerships, Plates, Readings)

    def view_on_site(self, vehicle: Vehicle) -> str:
        return screen_url("workstation", car=vehicle.pk)

    @admin.display(description=_("make and model"))
    def title(self, vehicle: Vehicle) -> str:
        return vehicle.title

    @admin.display(description=_("workstation"))
    def workstation(self, vehicle: Vehicle) -> str:
        return link(self.view_on_site(vehicle), _("Go"))


@admin.register(VehicleOwnership)
class VehicleOwnershipAdmin(OfClient):
    list_display = ("vehicle", "counterparty", "role", "since", "until")
    list_filter = ("role",)
    list_select_related = ("vehicle__model__make", "counterparty")
    autocomplete_fields = ("vehicle", "counterparty")


@admin.register(VehiclePlate)
class VehiclePlateAdmin(OfVehicle):
    list_display = ("number", "vehicle", "since", "until")
    list_select_related = ("vehicle__model__make",)
    autocomplete_fields = ("vehicle",)
    readonly_fields = ("folded",)


@admin.register(OdometerReading)
class OdometerReadingAdmin(OfVehicle):
    list_display = ("vehicle", "km", "taken_on", "document", "author")
    list_select_related = ("vehicle__model__make", "document", "author")
    autocomplete_fields = ("vehicle", "document", "author")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"author": request.user.pk} | super().get_changeform_initial_data(request)


register_histories(
    "vehicles",
    vehicles,
    {
        "VehicleHistory": "pgh_obj",
        "VehicleOwnershipHistory": "vehicle",
        "VehiclePlateHistory": "vehicle",
        "OdometerReadingHistory": "vehicle",
    },
)
