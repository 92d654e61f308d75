"""Labour, what goods and hours cost by price type, and which parts stand in for each other."""

from django.utils.translation import gettext_lazy as _

from armclients.kit.columns import Money, Number, Text
from armclients.kit.fileformat import (
    BY_SOURCE,
    ID,
    IN_SOURCE,
    SOURCED,
    Check,
    Column,
    FileFormat,
    Reference,
    Target,
    same,
    text,
)
from customers.import_files import PRICES_OF_GOODS, PRICES_OF_WORKS
from orders.import_files import A_PART

A_LABOR = Reference("orders_labor", IN_SOURCE, file="labor")

LABOR = FileFormat(
    "labor",
    columns=(
        Column("id", ID, required=True),
        Column("code", Text(40)),
        Column("name", Text(300), required=True),
        Column("norm_hours", Number(8, 2)),
    ),
    key="id",
    found_by=BY_SOURCE,
    targets=(
        Target(
            "orders_labor",
            {**text("code"), **same("name", "norm_hours")},
            at_first=SOURCED,
        ),
    ),
)

PRICES = FileFormat(
    "prices",
    columns=(
        Column("part", ID, required=True, refers=A_PART),
        Column("price_type", Text(100), required=True, refers=PRICES_OF_GOODS),
        Column("price", Money, required=True),
    ),
    key="part_id, price_type_id",
    found_by="t.part_id = s.part_id AND t.price_type_id = s.price_type_id",
    targets=(Target("orders_partprice", same("price"), at_first=same("part_id", "price_type_id")),),
)

HOUR_PRICES = FileFormat(
    "hour_prices",
    columns=(
        Column("labor", ID, refers=A_LABOR),
        Column("price_type", Text(100), refers=PRICES_OF_WORKS),
        Column("price", Money, required=True),
    ),
    key="labor_id, price_type_id",
    found_by="t.labor_id IS NOT DISTINCT FROM s.labor_id"
    " AND t.price_type_id IS NOT DISTINCT FROM s.price_type_id",
    targets=(
        Target("orders_hourprice", same("price"), at_first=same("labor_id", "price_type_id")),
    ),
)

ANALOGS = FileFormat(
    "analogs",
    columns=(
        Column("part", ID, required=True, refers=A_PART),
        Column("analog", ID, required=True, refers=A_PART),
    ),
    key="part_id, analog_id",
    found_by="t.part_id = s.part_id AND t.analog_id = s.analog_id",
    checks=(Check("analog", _("a part is no analog of itself"), when="m.part_id = m.analog_id"),),
    targets=(Target("orders_analog", {}, at_first=same("part_id", "analog_id")),),
)
