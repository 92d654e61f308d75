"""Cars that were taken in: those that are here, and one with all that was seen."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from customers import queries as customers
from orders.models import Branch, Document, Visit
from vehicles.queries import current_plate

SHOWN = 100


def _named() -> QuerySet[Any]:
    visits: QuerySet[Any] = Visit.objects.select_related(
        *("branch", "counterparty", "vehicle__model__make", "author", "base")
    )
    return visits.annotate(plate=current_plate("vehicle"))


def here(branch: Branch) -> list[Visit]:
    """Cars in the workshop of a branch, the latest first. One statement."""
    visits = _named().filter(branch=branch, state="open").defer("signature")
    return list(visits.order_by("-arrived_at", "-pk")[:SHOWN])


def open_visit(pk: int, *, by: Any) -> Visit:
    """A visit for its own page, whose client's card is thereby opened; with `marks`, numbered,
    `photographs` (and how many of them whoever signed had seen taken) and `orders`, each with its
    works. Seven statements.

    Raises Http404.
    """
    visit: Any = get_object_or_404(_named(), pk=pk)
    if visit.counterparty_id:
        customers.open_card(visit.counterparty_id, by=by, why="visit")
    visit.marks = list(enumerate(visit.damages.order_by("pk"), 1))
    visit.photographs = list(visit.photos.order_by("pk"))
    visit.photographed = sum(
        not visit.signed_at or photo.taken_in_at <= visit.signed_at for photo in visit.photographs
    )
    orders = Document.objects.filter(base=pk, kind=Document.Kind.WORK_ORDER)
    visit.orders = list(orders.prefetch_related("works").order_by("pk"))
    return visit
