"""What vehicles still need."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from armclients.kit.compiled import Compiled, Given
from orders.models import DeferredWork, Document
from vehicles.models import Vehicle, VehicleOwnership
from vehicles.queries import current_plate

SHOWN = 50
ON_THE_CARD = 4


def of_vehicle(vehicle: Vehicle | int) -> list[DeferredWork]:
    """What the vehicle still needs: what is dangerous first, then the latest. One statement."""
    works = _waiting(vehicle=getattr(vehicle, "pk", vehicle))
    return sorted(works, key=lambda work: not work.is_dangerous)


@Compiled
def _waiting() -> QuerySet[DeferredWork]:
    works = DeferredWork.objects.waiting().filter(vehicle=Given("vehicle"))
    return works.for_lists().select_related("defect").order_by("-noted_at", "-pk")[:SHOWN]


def past_of_vehicle(vehicle: Vehicle) -> list[DeferredWork]:
    """What was done, taken or dropped, the latest first. One statement."""
    waiting = DeferredWork.objects.waiting().filter(pk=OuterRef("pk"))
    past = vehicle.deferred_works.exclude(Exists(waiting))
    return list(past.for_lists().order_by("-noted_at", "-pk")[:SHOWN])


def taken_into(document: Document) -> list[DeferredWork]:
    """What this document takes care of. One statement."""
    return list(document.taken_works.order_by("pk"))


def of_client() -> ArraySubquery:
    """Of a client's present vehicles, as JSON, for an annotation of clients; the latest first.

    One more than the card shows, which then says that there are more.
    """
    owned = VehicleOwnership.objects.filter(
        counterparty=OuterRef(OuterRef("pk")), vehicle=OuterRef("vehicle"), until=None
    )
    works = DeferredWork.objects.waiting().filter(Exists(owned))
    facts: dict[str, Any] = {
        "pk": "pk",
        "vehicle": "vehicle",
        "plate": current_plate("vehicle"),
        "name": "name",
        "quantity": "quantity",
        "price": "price",
        "noted": "noted_at",
        "due_on": "due_on",
        "due_km": "due_km",
        "severity": "defect__severity",
    }
    rows = works.order_by("-noted_at", "-pk").values(work=JSONObject(**facts))
    return ArraySubquery(rows[: ON_THE_CARD + 1])
