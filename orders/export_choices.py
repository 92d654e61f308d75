"""Carts and selections, on their way out."""

from armclients.kit.fileselect import FileSelect, filled, identifier, plain, with_offset

BELONGS = """
    JOIN customers_counterparty c ON c.id = t.counterparty_id
    LEFT JOIN vehicles_vehicle v ON v.id = t.vehicle_id
    LEFT JOIN armclients_user a ON a.id = t.author_id
    ORDER BY t.id
"""
WHOSE = {
    "id": identifier("t"),
    "customer": identifier("c"),
    "vehicle": identifier("v"),
    "author": "a.username",
}
CHOICE = {
    "part": identifier("p"),
    "name": filled("l.name"),
    **plain("l", "quantity", "price"),
    "labor": identifier("w"),
    "discount": "nullif(l.discount_percent, 0)",
    **plain("l", "why", "supplier", "days"),
}
CHOSEN = """
    LEFT JOIN orders_part p ON p.id = l.part_id
    LEFT JOIN orders_labor w ON w.id = l.labor_id
"""

CARTS = FileSelect(
    "carts",
    {**WHOSE, "state": "t.state", "created_at": with_offset("t.created_at")},
    f"orders_cart t {BELONGS}",
)

CART_LINES = FileSelect(
    "cart_lines",
    {"cart": identifier("t"), **CHOICE},
    f"""
    orders_cartline l JOIN orders_cart t ON t.id = l.cart_id {CHOSEN}
    ORDER BY l.cart_id, l.id
    """,
)

SELECTIONS = FileSelect(
    "selections",
    {**WHOSE, "created_at": with_offset("t.created_at")},
    f"orders_selection t {BELONGS}",
)

SELECTION_LINES = FileSelect(
    "selection_lines",
    {
        "selection": identifier("t"),
        **CHOICE,
        **plain("l", "outcome", "free", "former_price"),
    },
    f"""
    orders_selectionline l JOIN orders_selection t ON t.id = l.selection_id {CHOSEN}
    ORDER BY l.selection_id, l.id
    """,
)

FILES = (CARTS, CART_LINES, SELECTIONS, SELECTION_LINES)
