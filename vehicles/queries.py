"""What the screens read of this floor."""

from functools import reduce
from operator import and_
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat, JSONObject, Upper

from armclients.kit import changes
from armclients.kit.text import in_latin, other_layout
from vehicles.models import (
    OdometerReading,
    Vehicle,
    VehicleModel,
    VehicleOwnership,
    VehiclePlate,
)

# Of so many models «toyota» may be a part; a word that fits more narrows nothing.
MODELS_NAMED = 500
# Models that are suggested while one types.
OFFERED = 12


def current_plate(vehicle: str = "pk") -> Subquery:
    """The plate a vehicle wears now, as typed, for an annotation."""
    plates = VehiclePlate.objects.filter(vehicle=OuterRef(vehicle), until=None)
    return Subquery(plates.values("number")[:1])


def with_facts() -> QuerySet[Vehicle]:
    """Vehicles with all that «Информация об автомобиле» shows, in one statement."""
    readings = OdometerReading.objects.filter(vehicle=OuterRef("pk")).order_by("-taken_on")
    plates = VehiclePlate.objects.filter(vehicle=OuterRef("pk"), until=None)
    people = VehicleOwnership.objects.filter(vehicle=OuterRef("pk"), until=None)
    owner = people.filter(role="owner")
    others = people.exclude(role="owner").order_by("role", "counterparty__name", "pk")
    return Vehicle.objects.named().annotate(
        plate=Subquery(plates.values("number")[:1]),
        plate_since=Subquery(plates.values("since")[:1]),
        owner_id=Subquery(owner.values("counterparty")[:1]),
        owner_name=Subquery(owner.values("counterparty__name")[:1]),
        ownership_id=Subquery(owner.values("pk")[:1]),
        others=ArraySubquery(
            others.values(
                person=JSONObject(
                    pk="pk", role="role", client="counterparty", name="counterparty__name"
                )
            )
        ),
        mileage_km=Subquery(readings.values("km")[:1]),
        mileage_on=Subquery(readings.values("taken_on")[:1]),
    )


def roles() -> QuerySet[VehicleOwnership]:
    """Owners, drivers and payers, with what a window says of them."""
    return VehicleOwnership.objects.select_related("vehicle__model__make", "counterparty")


def current_of(client: int) -> QuerySet[Vehicle]:
    """The vehicles that are a client's now, with their plates. One statement."""
    own = VehicleOwnership.objects.filter(counterparty=client, until=None)
    cars = Vehicle.objects.named().filter(pk__in=own.values("vehicle"))
    return cars.annotate(plate=current_plate()).order_by("pk")


def changes_of(vehicle: Vehicle) -> list[changes.Change]:
    """Who changed what of the vehicle, its owners, plates and mileage, from what to what."""
    return changes.changes_of(
        apps.get_model("vehicles.VehicleHistory").objects.filter(pgh_obj=vehicle),
        *(
            apps.get_model(f"vehicles.{name}History").objects.filter(vehicle=vehicle)
            for name in ("VehicleOwnership", "VehiclePlate", "OdometerReading")
        ),
    )


def models_named(typed: str) -> list[int]:
    """Keys of the models in whose make and name every word of `typed` is found. One statement.

    «Тойота» is Toyota, and so is «ещнщеф» of the other keyboard layout.
    """
    return list(_titled(typed).values_list("pk", flat=True)[:MODELS_NAMED])


def models_offered(typed: str) -> list[str]:
    """The first makes and models that fit what is being typed. One statement, or none."""
    if not typed.strip():
        return []
    return list(_titled(typed).order_by("title", "pk").values_list("title", flat=True)[:OFFERED])


def _titled(typed: str) -> QuerySet[Any]:
    named = Q()
    for reading in (typed, *in_latin(typed), *other_layout(typed)):
        words = (Q(title__contains=word) for word in reading.upper().split())
        named |= reduce(and_, words, Q())
    models = VehicleModel.objects.annotate(title=Upper(Concat("make__name", Value(" "), "name")))
    return models.filter(named)
