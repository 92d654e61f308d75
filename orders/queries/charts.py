"""What the charts of a vehicle and of a client are drawn from."""

import datetime

from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractMonth, ExtractYear

from customers.models import Counterparty
from orders import charts, states
from orders.models import Document
from vehicles.models import Vehicle

# The car was here: it was checked in, or work on it has begun.
NOT_BEGUN = ("request", "reserved", *states.VOID)


def mileage_of(vehicle: Vehicle, *, today: datetime.date) -> charts.Mileage:
    """What its odometer showed, and the days on which it was here. Two statements."""
    was_here = Q(kind=Document.Kind.VISIT) | (
        Q(kind=Document.Kind.WORK_ORDER) & ~Q(state__in=NOT_BEGUN)
    )
    visits = vehicle.documents.filter(was_here).order_by("date").values_list("date", flat=True)
    readings = vehicle.odometer.order_by("taken_on").values_list("taken_on", "km")
    return charts.mileage(list(readings), visits.distinct(), today=today)


def spending_of(customer: Counterparty, *, today: datetime.date) -> charts.Spending:
    """What was done and handed over at the client's expense in two years. One statement."""
    since = today.replace(year=today.year - 2, day=1)
    documents = Document.objects.receivable().filter(payer=customer, date__range=(since, today))
    months = documents.order_by().values(y=ExtractYear("date"), m=ExtractMonth("date"))
    rows = months.annotate(sum=Sum("total"), documents=Count("pk"))
    spent = {(row["y"], row["m"]): (row["sum"], row["documents"]) for row in rows}
    return charts.spending(spent, today=today)
