"""История подборов: what was looked up for a client and a vehicle, and what became of it."""

from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.http import Http404

from armclients.kit import keyset
from customers.models import Counterparty
from orders.models import Selection, SelectionLine
from vehicles.models import Vehicle, VehiclePlate

FEW = 5


def of_customer(
    customer: Counterparty, *, after: str | None = None, size: int = keyset.SIZE
) -> keyset.Page[Selection]:
    """Selections of a client over all vehicles, newest first. Two statements."""
    return _page(customer.selections.all(), after, size)


def of_vehicle(
    vehicle: Vehicle, *, after: str | None = None, size: int = keyset.SIZE
) -> keyset.Page[Selection]:
    """Selections for a vehicle, whoever asked, newest first. Two statements."""
    return _page(vehicle.selections.all(), after, size)


def earlier(
    customer: Counterparty, vehicle: Vehicle | None, *, than: Selection | None = None
) -> list[Selection]:
    """The last few for the vehicle, or of the client where none is chosen. Two statements."""
    page = of_vehicle(vehicle, size=FEW + 1) if vehicle else of_customer(customer, size=FEW + 1)
    return [each for each in page if each != than][:FEW]


def opened(pk: int) -> Selection:
    """A selection with its lines. Two statements. Raises Http404."""
    found = _shown(Selection.objects.filter(pk=pk)).first()
    if found is None:
        raise Http404
    return found


def _page(selections: QuerySet[Selection], after: str | None, size: int) -> keyset.Page[Selection]:
    return keyset.newest_first(
        _shown(selections), "created_at", after, size=size, parse=keyset.moment
    )


def _shown(selections: QuerySet[Selection]) -> QuerySet[Selection]:
    lines = SelectionLine.objects.select_related("part", "labor").order_by("pk")
    plate: Any = VehiclePlate.objects.filter(vehicle=OuterRef("vehicle"), until=None)
    return (
        selections.select_related("counterparty", "vehicle__model__make", "author", "former")
        .annotate(plate=Subquery(plate.values("number")[:1]))
        .prefetch_related(Prefetch("lines", lines))
    )
