"""Work packages, what is in them and what they are for, on their way out."""

from armclients.kit.fileselect import FileSelect, filled, identifier, plain

PACKAGES = FileSelect(
    "packages",
    {"name": filled("k.name"), "discount": "nullif(k.discount_percent, 0)"},
    "orders_workpackage k ORDER BY k.id",
)

PACKAGE_WORKS = FileSelect(
    "package_works",
    {
        "package": filled("k.name"),
        "name": filled("l.name"),
        "labor": identifier("w"),
        **plain("l", "code", "norm_hours", "price", "quantity"),
    },
    """
    orders_packagework l
    JOIN orders_workpackage k ON k.id = l.package_id
    LEFT JOIN orders_labor w ON w.id = l.labor_id
    ORDER BY k.id, l.position, l.id
    """,
)

PACKAGE_PARTS = FileSelect(
    "package_parts",
    {"package": filled("k.name"), "part": identifier("p"), **plain("l", "quantity")},
    """
    orders_packagepart l
    JOIN orders_workpackage k ON k.id = l.package_id
    JOIN orders_part p ON p.id = l.part_id
    ORDER BY k.id, l.position, l.id
    """,
)

PACKAGE_MODELS = FileSelect(
    "package_models",
    {"package": filled("k.name"), "make": filled("b.name"), "model": "n.name"},
    """
    orders_workpackage_for_models l
    JOIN orders_workpackage k ON k.id = l.workpackage_id
    JOIN vehicles_vehiclemodel n ON n.id = l.vehiclemodel_id
    JOIN vehicles_make b ON b.id = n.make_id
    ORDER BY k.id, l.id
    """,
)

FILES = (PACKAGES, PACKAGE_WORKS, PACKAGE_PARTS, PACKAGE_MODELS)
