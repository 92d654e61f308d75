"""What was charged for the storage of tires, and where it may be charged."""

from django.db.models import Case, QuerySet, When

from orders import states
from orders.models import Document, WorkLine
from vehicles.models import TireSet


def charges_of(kept: TireSet) -> QuerySet[WorkLine]:
    """What was charged for the set, newest first; a refused order charges nothing. One statement.

    Estimates only speak of it, and a sale made from an order is that order's paper.
    """
    lines = WorkLine.objects.filter(tire_set=kept, document__kind=Document.Kind.WORK_ORDER)
    lines = lines.exclude(document__state__in=states.VOID).select_related("document")
    return lines.order_by("-document__date", "-pk")


def of_this_period(kept: TireSet) -> QuerySet[WorkLine]:
    """The same, of the time for which the set is kept now. One statement."""
    return charges_of(kept).filter(stored_until=kept.until)


def orders_for(kept: TireSet) -> QuerySet[Document]:
    """The depositor's open work orders, those of the set's car first. One statement."""
    orders = Document.objects.open().filter(
        kind=Document.Kind.WORK_ORDER, counterparty=kept.depositor_id
    )
    of_the_car = Case(When(vehicle=kept.vehicle_id, then=0), default=1)
    orders = orders.select_related("branch", "vehicle__model__make")
    return orders.order_by(of_the_car, "-date", "-pk")
