"""Carts and what lies in them: the lines of a cart in a file replace those it has as a whole."""

from django.utils.translation import gettext_lazy as _

from armclients.kit.columns import Code, Integer, Moment, Money, Percent, SomeQuantity, Text
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
    text,
)
from customers.import_files import A_CLIENT, A_USER, A_VEHICLE
from orders.import_files import A_PART
from orders.import_prices import A_LABOR
from orders.models import Cart

A_CART = Reference("orders_cart", IN_SOURCE, file="carts")

ANOTHER_IS_OPEN = """
    SELECT m.row, m.vehicle AS value, NULL::text AS detail FROM import_carts m
     WHERE m.final_state = 'open'
       AND (EXISTS (SELECT FROM import_carts o
                     WHERE o.final_state = 'open' AND o.row < m.row
                       AND o.customer_id = m.customer_id
                       AND o.vehicle_id IS NOT DISTINCT FROM m.vehicle_id)
         OR EXISTS (SELECT FROM orders_cart t
                     WHERE t.state = 'open' AND t.counterparty_id = m.customer_id
                       AND t.vehicle_id IS NOT DISTINCT FROM m.vehicle_id
                       AND t.id NOT IN (SELECT pk FROM import_carts)))
"""

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
    completed={"final_state": "coalesce(s.state, t.state, 'open')"},
    conflicts=(
        Check(
            "vehicle",
            _("the client has another open cart for this vehicle"),
            rows=ANOTHER_IS_OPEN,
        ),
    ),
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

# What the lines of carts and of selections say alike.
CHOICE = (
    Column("part", ID, refers=A_PART),
    Column("name", Text(300)),
    Column("quantity", SomeQuantity),
    Column("price", Money),
    Column("labor", ID, refers=A_LABOR),
    Column("discount", Percent),
    Column("why", Text(300)),
    Column("supplier", Text(100)),
    Column("days", Integer(most=32_767)),
)
CHOSEN = {
    "line_name": "coalesce(s.name, part_f.name, part_t.name, labor_f.name, labor_t.name)",
    "quantity": "coalesce(s.quantity, 1.000)",
    "line_price": "coalesce(s.price, part_f.price, part_t.price, 0.00)",
    "line_discount": "coalesce(s.discount, 0.00)",
}
SAYS_WHAT = (
    Check("name", _("name a part, or the work in words"), when="m.line_name IS NULL"),
    Check(
        "labor",
        _("a line is either a part or a labour"),
        when="m.part_id IS NOT NULL AND m.labor_id IS NOT NULL",
    ),
)
CHOICE_VALUES = {
    **same("part_id", "labor_id", "quantity", "days"),
    **text("why", "supplier"),
    "name": "m.line_name",
    "price": "m.line_price",
    "discount_percent": "m.line_discount",
}

CART_LINES = FileFormat(
    "cart_lines",
    columns=(Column("cart", ID, required=True, refers=A_CART), *CHOICE),
    derived={
        "position": 'row_number() OVER (PARTITION BY s."cart" ORDER BY s.row)',
        **CHOSEN,
    },
    checks=SAYS_WHAT,
    lines=Lines("orders_cartline", owner="cart_id", values=CHOICE_VALUES, numbered=False),
)
