"""Work packages and what is in them, on their way out."""

from django.utils.translation import gettext_lazy as _

from armclients.kit.fileselect import FileSelect, LeftOut, filled, identifier, plain

PACKAGES = FileSelect(
    "packages",
    {"name": filled("k.name"), "discount": "nullif(k.discount_percent, 0)"},
    "orders_workpackage k ORDER BY k.id",
    left_out=(
        LeftOut(
            _("%(count)s vehicle models of packages: tick them in the administration"),
            "orders_workpackage_for_models",
        ),
    ),
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

FILES = (PACKAGES, PACKAGE_WORKS, PACKAGE_PARTS)
