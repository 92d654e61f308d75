"""Selections and their lines, which replace those a selection has as a whole."""

from armclients.kit.columns import Code, Moment, Money, Quantity, Text
from armclients.kit.fileformat import (
    BY_SOURCE,
    ID,
    IN_SOURCE,
    SOURCED,
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
from orders.import_carts import CHOICE, CHOICE_VALUES, CHOSEN, SAYS_WHAT
from orders.models import SelectionLine

A_SELECTION = Reference("orders_selection", IN_SOURCE, file="selections")

SELECTIONS = FileFormat(
    "selections",
    columns=(
        Column("id", ID, required=True),
        Column("customer", ID, required=True, refers=A_CLIENT),
        Column("vehicle", ID, refers=A_VEHICLE),
        Column("author", Text(150), refers=A_USER),
        Column("created_at", Moment()),
    ),
    key="id",
    found_by=BY_SOURCE,
    derived={"created_at": at_zone("s.created_at", "%(zone)s")},
    targets=(
        Target(
            "orders_selection",
            {
                **same("vehicle_id", "author_id"),
                "counterparty_id": "m.customer_id",
                "created_at": Kept("m.created_at", "now()"),
            },
            at_first=SOURCED,
        ),
    ),
)

SELECTION_LINES = FileFormat(
    "selection_lines",
    columns=(
        Column("selection", ID, required=True, refers=A_SELECTION),
        *CHOICE,
        Column("outcome", Code(tuple(SelectionLine.Outcome.values))),
        Column("free", Quantity),
        Column("former_price", Money),
    ),
    derived={
        "position": 'row_number() OVER (PARTITION BY s."selection" ORDER BY s.row)',
        **CHOSEN,
        "line_outcome": "coalesce(s.outcome, 'offered')",
    },
    checks=SAYS_WHAT,
    lines=Lines(
        "orders_selectionline",
        owner="selection_id",
        values={
            **CHOICE_VALUES,
            **same("free", "former_price"),
            "outcome": "m.line_outcome",
        },
        numbered=False,
    ),
)
