"""Labour, prices and analogs, on their way out."""

from armclients.kit.fileselect import FileSelect, filled, identifier, plain

LABOR = FileSelect(
    "labor",
    {
        "id": identifier("l"),
        "code": "l.code",
        "name": filled("l.name"),
        "norm_hours": "l.norm_hours",
    },
    "orders_labor l ORDER BY l.id",
)

PRICES = FileSelect(
    "prices",
    {"part": identifier("p"), "price_type": "t.name", "price": "c.price"},
    """
    orders_partprice c
    JOIN orders_part p ON p.id = c.part_id
    JOIN customers_pricetype t ON t.id = c.price_type_id
    ORDER BY c.id
    """,
)

HOUR_PRICES = FileSelect(
    "hour_prices",
    {
        "labor": f"CASE WHEN l.id IS NOT NULL THEN {identifier('l')} END",
        "price_type": "t.name",
        **plain("c", "price"),
    },
    """
    orders_hourprice c
    LEFT JOIN orders_labor l ON l.id = c.labor_id
    LEFT JOIN customers_pricetype t ON t.id = c.price_type_id
    ORDER BY c.id
    """,
)

ANALOGS = FileSelect(
    "analogs",
    {"part": identifier("p"), "analog": identifier("o")},
    """
    orders_analog a
    JOIN orders_part p ON p.id = a.part_id
    JOIN orders_part o ON o.id = a.analog_id
    ORDER BY a.id
    """,
)

FILES = (LABOR, PRICES, HOUR_PRICES, ANALOGS)
