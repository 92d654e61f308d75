"""What of the tire hotel goes out, and into which file."""

from armclients.kit.fileselect import FileSelect, identifier, plain, with_offset

CELLS = FileSelect(
    "tire_cells",
    {
        "code": "c.code",
        "store": "s.name",
        **plain("c", "zone", "rack", "shelf", "position", "capacity", "largest_rim", "season"),
        "in_use": "c.is_active::integer",
    },
    "vehicles_storagecell c JOIN vehicles_tirestore s ON s.id = c.store_id ORDER BY c.id",
)

SETS = FileSelect(
    "tire_sets",
    {
        "id": identifier("t"),
        "customer": identifier("c"),
        **plain("t", "season", "number"),
        "vehicle": f"CASE WHEN v.id IS NOT NULL THEN {identifier('v')} END",
        "studded": "t.is_studded::integer",
        **plain("t", "brand", "model", "size", "dot", "rims"),
        "tpms": "t.has_tpms::integer",
        **plain("t", "quantity", "comment", "contract", "until", "price", "state"),
        "cell": "l.code",
        **plain("t", "taken_on", "needed_on", "noticed_on", "notice", "left_on"),
        "author": "a.username",
    },
    """
    vehicles_tireset t
    JOIN customers_counterparty c ON c.id = t.depositor_id
    LEFT JOIN vehicles_vehicle v ON v.id = t.vehicle_id
    LEFT JOIN vehicles_storagecell l ON l.id = t.cell_id
    LEFT JOIN armclients_user a ON a.id = t.author_id
    ORDER BY t.id
    """,
)

MEASUREMENTS = FileSelect(
    "tire_measurements",
    {
        "set": identifier("t"),
        **plain("m", "taken_on", "wheel"),
        "tread": "m.tread_mm",
        "pressure": "m.pressure_bar",
        "condition": "m.condition",
        "author": "a.username",
    },
    """
    vehicles_tiremeasurement m
    JOIN vehicles_tireset t ON t.id = m.set_id
    LEFT JOIN armclients_user a ON a.id = m.author_id
    ORDER BY m.id
    """,
)

MOVEMENTS = FileSelect(
    "tire_movements",
    {
        "set": identifier("t"),
        "at": with_offset("m.at"),
        **plain("m", "kind", "from_cell", "to_cell", "words"),
        "author": "a.username",
    },
    """
    vehicles_tiremovement m
    JOIN vehicles_tireset t ON t.id = m.set_id
    LEFT JOIN armclients_user a ON a.id = m.author_id
    ORDER BY m.set_id, m.id
    """,
)

FILES = (CELLS, SETS, MEASUREMENTS, MOVEMENTS)
