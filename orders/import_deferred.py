"""Deferred works: what vehicles still need, where it was noted, and what took care of it."""

from django.utils.translation import gettext_lazy as _

from armclients.kit.columns import Code, Date, Integer, Moment, Money, Number, SomeQuantity, Text
from armclients.kit.fileformat import (
    BY_SOURCE,
    ID,
    SOURCED,
    Check,
    Column,
    FileFormat,
    Kept,
    Target,
    at_zone,
    same,
    text,
)
from customers.import_files import A_USER, A_VEHICLE
from orders import import_mentions as mentions
from orders.import_files import A_PART
from orders.import_prices import A_LABOR
from orders.models import DeferredWork

ZONE = "%(zone)s"
DONE_BY = "done_by"

DEFERRED = FileFormat(
    "deferred",
    columns=(
        Column("id", ID, required=True),
        Column("vehicle", ID, required=True, refers=A_VEHICLE),
        Column("name", Text(300), required=True),
        Column("noted_at", Moment(), required=True),
        Column("origin", Code(tuple(DeferredWork.Origin.values))),
        Column("code", Text(40)),
        Column("norm_hours", Number(8, 2)),
        Column("labor", ID, refers=A_LABOR),
        Column("part", ID, refers=A_PART),
        Column("quantity", SomeQuantity),
        Column("price", Money),
        mentions.DOCUMENT,
        Column("author", Text(150), refers=A_USER),
        Column("due_on", Date()),
        Column("due_km", Integer()),
        Column(DONE_BY, mentions.DOCUMENT.type),
        Column("dropped_at", Moment()),
        Column("dropped_by", Text(150), refers=A_USER),
        Column("why", Text(300)),
    ),
    key="id",
    found_by=BY_SOURCE,
    joins=f"""
        LEFT JOIN ({mentions.mentioned("stage_deferred")}) AS doc ON doc.name = s.document
        LEFT JOIN ({mentions.mentioned("stage_deferred", DONE_BY)}) AS job ON job.name = s.done_by
    """,
    derived={
        **mentions.MENTIONED,
        "done_by_id": "job.pk",
        "done_bys": "job.documents",
        "done_exact": "job.exact",
        "noted": at_zone("s.noted_at", ZONE),
        "dropped": at_zone("s.dropped_at", ZONE),
        "line_quantity": "coalesce(s.quantity, 1.000)",
        "line_price": "coalesce(s.price, part_f.price, part_t.price, 0.00)",
    },
    checks=(
        *mentions.IS_KNOWN,
        *mentions.known(DONE_BY, documents="done_bys", exact="done_exact"),
        Check(
            "why",
            _("say why it was dropped"),
            when="m.dropped_at IS NOT NULL AND m.why IS NULL",
        ),
    ),
    targets=(
        Target(
            "orders_deferredwork",
            {
                **same("vehicle_id", "name", "norm_hours", "labor_id", "part_id", "document_id"),
                **same("author_id", "due_on", "due_km", "done_by_id", "dropped_by_id"),
                **text("code", "why"),
                "noted_at": "m.noted",
                "dropped_at": "m.dropped",
                "quantity": "m.line_quantity",
                "price": "m.line_price",
                "origin": Kept("m.origin", "'recommended'"),
            },
            at_first=SOURCED,
        ),
    ),
)
