"""What the screens read of this floor."""

from django.apps import apps
from django.db.models import OuterRef, QuerySet, Subquery

from armclients.kit import changes
from vehicles.models import OdometerReading, Vehicle, VehicleOwnership, VehiclePlate


def current_plate(vehicle: str = "pk") -> Subquery:
    """The plate a vehicle wears now, as typed, for an annotation."""
    plates = VehiclePlate.objects.filter(vehicle=OuterRef(vehicle), until=None)
    return Subquery(plates.values("number")[:1])


def with_facts() -> QuerySet[Vehicle]:
    """Vehicles with all that «Информация об автомобиле» shows, in one statement."""
    readings = OdometerReading.objects.filter(vehicle=OuterRef("pk")).order_by("-taken_on")
    plates = VehiclePlate.objects.filter(vehicle=OuterRef("pk"), until=None)
    owner = VehicleOwnership.objects.filter(vehicle=OuterRef("pk"), role="owner", until=None)
    return Vehicle.objects.named().annotate(
        plate=Subquery(plates.values("number")[:1]),
        plate_since=Subquery(plates.values("since")[:1]),
        owner_id=Subquery(owner.values("counterparty")[:1]),
        owner_name=Subquery(owner.values("counterparty__name")[:1]),
        mileage_km=Subquery(readings.values("km")[:1]),
        mileage_on=Subquery(readings.values("taken_on")[:1]),
    )


def changes_of(vehicle: Vehicle) -> list[changes.Change]:
    """Who changed what of the vehicle, its owners, plates and mileage, from what to what."""
    return changes.changes_of(
        apps.get_model("vehicles.VehicleHistory").objects.filter(pgh_obj=vehicle),
        *(
            apps.get_model(f"vehicles.{name}History").objects.filter(vehicle=vehicle)
            for name in ("VehicleOwnership", "VehiclePlate", "OdometerReading")
        ),
    )
