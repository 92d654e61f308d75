"""Carts and what lies in them: the lines of a cart in a file replace those it has as a whole."""

from django.utils.translation import gettext_lazy as _

from armclients.kit.columns import Code, Moment, Money, SomeQuantity, Text
from armclients.kit.fileformat import (
    BY_SOURCE,
    ID,
    IN_SOURCE,
    SOURCED,
    Check,
    Column,
    FileFormat,
    Kept,
    Lines,
    Reference,
    Target,
    at_zone,
    same,
)
from customers.import_files import A_CLIENT, A_USER, A_VEHICLE
from orders.import_files import A_PART
from orders.models import Cart

A_CART = Reference("orders_cart", IN_SOURCE, file="carts")

CARTS = FileFormat(
    "carts",
    columns=(
        Column("id", ID, required=True),
        Column("customer", ID, required=True, refers=A_CLIENT),
        Column("vehicle", ID, refers=A_VEHICLE),
        Column("author", Text(150), refers=A_USER),
        Column("state", Code(tuple(Cart.State.values))),
        Column("created_at", Moment()),
    ),
    key="id",
    found_by=BY_SOURCE,
    derived={"created_at": at_zone("s.created_at", "%(zone)s")},
    targets=(
        Target(
            "orders_cart",
            {
                **same("vehicle_id", "author_id"),
                "counterparty_id": "m.customer_id",
                "state": Kept("m.state", "'open'"),
                "created_at": Kept("m.created_at", "now()"),
            },
            at_first=SOURCED,
        ),
    ),
)

CART_LINES = FileFormat(
    "cart_lines",
    columns=(
        Column("cart", ID, required=True, refers=A_CART),
        Column("part", ID, refers=A_PART),
        Column("name", Text(300)),
        Column("quantity", SomeQuantity),
        Column("price", Money),
    ),
    derived={
        "position": 'row_number() OVER (PARTITION BY s."cart" ORDER BY s.row)',
        "line_name": "coalesce(s.name, part_f.name, part_t.name)",
        "quantity": "coalesce(s.quantity, 1.000)",
        "line_price": "coalesce(s.price, part_f.price, part_t.price, 0.00)",
    },
    checks=(Check("name", _("name a part, or the work in words"), when="m.line_name IS NULL"),),
    lines=Lines(
        "orders_cartline",
        owner="cart_id",
        values={**same("part_id", "quantity"), "name": "m.line_name", "price": "m.line_price"},
        numbered=False,
    ),
)
