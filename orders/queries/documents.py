"""The documents of a client: what is unfinished, and all there ever were."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    DateTimeField,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from armclients.kit import changes, keyset
from armclients.kit.addresses import narrowed_by
from armclients.kit.compiled import Compiled, Given
from customers import queries as customers
from customers.models import Counterparty
from orders.models import Branch, Cart, CartLine, Document, PrintedForm, WorkOrder
from orders.queries import stock

UNFINISHED_SHOWN = 20
CHANGES_SHOWN = 50
# Digits of a number at most, without the prefix of its branch.
LONGEST_COUNT = 11


def unfinished_of(customer: Counterparty) -> list[Document]:
    """«Незавершённое» over all vehicles, the earliest promise first. One statement."""
    return list(_unfinished(customer=customer.pk))


@Compiled
def _unfinished() -> QuerySet[Document]:
    promised = Coalesce(
        "workorder__planned_handover_at",
        "slot_at",
        Cast("customerorder__expected_on", DateTimeField()),
    )
    documents = Document.objects.filter(counterparty=Given("customer")).open().for_lists()
    return documents.order_by(promised.asc(nulls_last=True), "-pk")[:UNFINISHED_SHOWN]


@dataclass(frozen=True)
class Asked:
    """Which documents of a client are wanted: of one kind, from a day, until a day."""

    kind: str = ""
    since: datetime.date | None = None
    until: datetime.date | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        """As the address says; nonsense asks for nothing in particular."""
        kind = query.get("of_kind", "")
        return cls(
            kind if kind in Document.Kind.values else "",
            _day(query.get("since", "")),
            _day(query.get("until", "")),
        )

    @property
    def choices(self) -> list[tuple[str, Any]]:
        return [("", _("all kinds")), *Document.Kind.choices]

    @property
    def query(self) -> str:
        """The beginning of the address of the next page."""
        days = {"since": self.since, "until": self.until}
        return narrowed_by(
            of_kind=self.kind,
            **{name: day.isoformat() if day else "" for name, day in days.items()},
        )


def documents_of(
    customer: Counterparty, asked: Asked | None = None, *, after: str | None = None
) -> keyset.Page[Document]:
    """The documents of a client, newest first. One statement."""
    asked = asked or Asked()
    rows = customer.documents.for_lists()
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.since:
        rows = rows.filter(date__gte=asked.since)
    if asked.until:
        rows = rows.filter(date__lte=asked.until)
    return keyset.newest_first(rows, "date", after)


def orders_of(customer: Counterparty, *, after: str | None = None) -> keyset.Page[Document]:
    """Customer orders with their goods, newest first. Two statements."""
    orders = customer.documents.filter(kind=Document.Kind.CUSTOMER_ORDER).for_lists()
    return keyset.newest_first(stock.with_goods(orders), "date", after)


def open_carts_of(customer: Counterparty) -> list[Cart]:
    """Open carts with their lines, newest first. Two statements."""
    carts = customer.carts.filter(state=Cart.State.OPEN).select_related(
        "author", "vehicle__model__make"
    )
    return list(carts.prefetch_related(_cart_lines()).order_by("-created_at", "-pk"))


def cart_with_lines(pk: int) -> Cart:
    """Two statements. Raises Http404."""
    return get_object_or_404(Cart.objects.prefetch_related(_cart_lines()), pk=pk)


def _cart_lines() -> Prefetch:
    return Prefetch("lines", CartLine.objects.select_related("part", "labor").order_by("pk"))


def numbered(typed: str) -> QuerySet[Document]:
    """Documents whose number begins so, or is this number when written in full.

    «123» is «ЦОА0000123» of a branch «ЦОА», however many zeros its system puts before.
    """
    starts = Q(number__startswith=typed.upper())
    if not (typed.isascii() and typed.isdigit()):
        return Document.objects.filter(starts)
    written = [
        Branch.objects.values(full=Concat("prefix", Value(typed.zfill(width))))
        for width in range(len(typed), LONGEST_COUNT + 1)
    ]
    # An array is a key of the index; `in` beside an `or` would read all documents.
    in_full = (Q(number__any_of=ArraySubquery(numbers)) for numbers in written)
    return Document.objects.filter(reduce(or_, in_full, starts))


def open_document(pk: int, *, by: Any) -> Document:
    """A document for a page of its own, whose client's card is thereby opened; with `chain`, the
    documents it was made from and those made from it. Four statements.

    Raises Http404.
    """
    documents = Document.objects.for_lists().select_related(
        "counterparty",
        "payer",
        "author",
        "contract__price_type_goods",
        "contract__price_type_works",
        "representative",
        "estimate",
        "invoice",
        "sale",
        "workorder__dispatcher",
        "workorder__original",
    )
    document = get_object_or_404(documents, pk=pk)
    if document.counterparty_id:
        customers.open_card(document.counterparty_id, by=by, why="document")
    linked = Document.objects.filter(Q(pk=document.base_id) | Q(base=pk))
    document.chain = list(linked.select_related("repairrequest").order_by("pk"))  # type: ignore[attr-defined]
    return document


def lines_of(document: Document) -> dict[str, list[Any]]:
    """Its works and its goods, in their order. Two statements."""
    works = document.works.select_related("performer").order_by("position", "pk")
    goods = document.goods.select_related("part", "warehouse", "reserve")
    return {"works": list(works), "goods": list(goods.order_by("position", "pk"))}


def changes_of_line(line: Any) -> list[changes.Change]:
    """Who changed what of a line, from what to what."""
    history = apps.get_model(f"orders.{line._meta.object_name}History")
    return changes.changes_of(history.objects.filter(pgh_obj=line))


def changes_of(document: Document) -> list[changes.Change]:
    """Who changed what of a document as a whole, from what to what."""
    named = {"Document", str(document._meta.object_name)}
    histories = [
        model
        for model in apps.get_app_config("orders").get_models()
        if model.__name__.removesuffix("History") in named and hasattr(model, "pgh_id")
    ]
    of_it = (model._default_manager.filter(pgh_obj=document.pk) for model in histories)
    return changes.changes_of(*of_it)


def originals_for(order: Document) -> QuerySet[Any]:
    """The work orders of the same vehicle that this one may repeat, the latest first."""
    same = WorkOrder.objects.filter(vehicle=order.vehicle_id).exclude(pk=order.pk)
    return same.exclude(vehicle=None).order_by("-date", "-pk")


def offered_by(source: Document, kind: str) -> dict[str, Any]:
    """What a document of this kind, made from another, is likely to say too."""
    own = source.own
    offered = {
        "vehicle": source.vehicle_id,
        "repair_kind": getattr(own, "repair_kind_id", None),
        "master": getattr(own, "master_id", None),
    }
    if source.kind == kind:
        return offered | {"comment": source.comment}
    return offered | {"comment": getattr(own, "reason", "") or source.comment}


def promises_of(order: Document) -> list[datetime.datetime]:
    """The hand-overs that were promised before the present one, in order. One statement."""
    if order.kind != Document.Kind.WORK_ORDER:
        return []
    history = apps.get_model("orders.WorkOrderHistory").objects.filter(pgh_obj=order.pk)
    promised = history.order_by("pgh_id").values_list("planned_handover_at", flat=True)
    former = [at for at, _again in groupby(promised) if at]
    return [at for at in former if at != order.promised_at]


def printed_forms_of(document: Document) -> list[PrintedForm]:
    """What was kept as it was signed, the latest first. One statement."""
    return list(document.printed_forms.select_related("by").order_by("-made_at", "-pk"))


def with_log(pk: int) -> Document:
    """A document and, as `log`, the changes of its state, the latest first. Two statements.

    Raises Http404.
    """
    document = get_object_or_404(Document.objects.select_related("repairrequest"), pk=pk)
    changes = document.state_changes.select_related("by").order_by("-at", "-pk")
    document.log = list(changes[:CHANGES_SHOWN])  # type: ignore[attr-defined]
    for change in document.log:  # type: ignore[attr-defined]
        change.document = document
    return document


def _day(text: str) -> datetime.date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


# Annotations of a client, for the card's one statement.


def open_cart_lines() -> Coalesce:
    return _count(
        CartLine.objects.filter(cart__counterparty=OuterRef("pk"), cart__state=Cart.State.OPEN),
        "cart__counterparty",
    )


def open_orders() -> Coalesce:
    """Customer orders neither closed nor cancelled."""
    orders = Document.objects.filter(
        counterparty=OuterRef("pk"), kind=Document.Kind.CUSTOMER_ORDER
    ).open()
    return _count(orders, "counterparty")


def all_documents() -> Coalesce:
    return _count(Document.objects.filter(counterparty=OuterRef("pk")), "counterparty")


def _count(rows: QuerySet, by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(rows=Count("pk")).values("rows")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
