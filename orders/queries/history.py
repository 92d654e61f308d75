"""What was done to a vehicle, by whom, and with which goods."""

from typing import Any, TypeVar

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from armclients.kit import keyset
from armclients.kit.compiled import Compiled, Given
from customers.models import Counterparty
from orders import states
from orders.models import Document, PartLine, WorkLine
from orders.models.line import Line
from vehicles.models import Vehicle

L = TypeVar("L", bound=Line)
MASTERS_SHOWN = 5


def of_vehicle(
    vehicle: Vehicle, *, matching: str = "", after: str | None = None
) -> keyset.Page[Document]:
    """История автомобиля, newest first; `matching` is part of a work, a part or a number.

    One statement.
    """
    if not matching and not after:
        return keyset.page_of(_latest(vehicle=vehicle.pk), "date")
    documents = vehicle.documents.for_lists().with_works_done()
    if matching:
        works = WorkLine.objects.filter(document=OuterRef("pk"), name__icontains=matching)
        goods = PartLine.objects.filter(document=OuterRef("pk"), part__name__icontains=matching)
        documents = documents.filter(
            Q(Exists(works)) | Q(Exists(goods)) | Q(number__icontains=matching)
        )
    return keyset.newest_first(documents, "date", after)


@Compiled
def _latest() -> QuerySet[Document]:
    """What every card shows of its vehicle."""
    documents = Document.objects.filter(vehicle=Given("vehicle"))
    return keyset.top(documents.for_lists().with_works_done(), "date")


def works_of(
    vehicle: Vehicle, *, matching: str = "", after: str | None = None
) -> keyset.Page[WorkLine]:
    """Работы of a vehicle: labour lines of its work orders. One statement."""
    lines = _valid_lines_of(vehicle, WorkLine.objects.all())
    lines = lines.filter(document__kind=Document.Kind.WORK_ORDER)
    if matching:
        lines = lines.filter(name__icontains=matching)
    return keyset.newest_first(lines.select_related("document", "performer"), "date", after)


def goods_of(
    vehicle: Vehicle, *, matching: str = "", after: str | None = None
) -> keyset.Page[PartLine]:
    """Товары of a vehicle: goods lines of its work orders, orders and sales. One statement."""
    lines = _valid_lines_of(vehicle, PartLine.objects.all())
    lines = lines.filter(document__kind__in=states.WITH_GOODS)
    if matching:
        lines = lines.filter(
            Q(part__name__icontains=matching)
            | Q(part__article__icontains=matching)
            | Q(part__manufacturer__icontains=matching)
        )
    return keyset.newest_first(lines.select_related("document", "part"), "date", after)


def masters_of(customer: Counterparty) -> list[dict[str, object]]:
    """Мастера of a client's work orders, latest first, with the number of orders. One statement."""
    return list(_masters(customer=customer.pk))


@Compiled
def _masters() -> QuerySet[Any]:
    orders = Document.objects.filter(
        counterparty=Given("customer"), workorder__master__isnull=False
    )
    return (
        orders.values(
            full_name=F("workorder__master__full_name"), username=F("workorder__master__username")
        )
        .annotate(orders=Count("pk"), latest=Max("date"))
        .order_by("-latest", "username")[:MASTERS_SHOWN]
    )


def _valid_lines_of(vehicle: Vehicle, lines: QuerySet[L]) -> QuerySet[L]:
    """Lines of a vehicle's documents, refused and cancelled ones excluded."""
    return (
        lines.filter(document__vehicle=vehicle)
        .exclude(document__state__in=states.VOID)
        .annotate(date=F("document__date"))
    )
