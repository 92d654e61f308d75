"""What of this floor goes out, and into which file."""

from django.utils.translation import gettext_lazy as _

from armclients.kit.fileselect import FileSelect, LeftOut, identifier, plain

# What the import takes for a VIN; anything else goes out as the body number it most likely is.
MAY_BE_A_VIN = """
    (v.vin !~ '[^[:alnum:] -]' AND length(regexp_replace(v.vin, '[ -]', '', 'g')) <= 17)
"""

VEHICLES = FileSelect(
    "vehicles",
    {
        "id": identifier("v"),
        "make": "k.name",
        "model": "n.name",
        "trim": "v.trim",
        "vin": f"CASE WHEN {MAY_BE_A_VIN} THEN v.vin END",
        "body_number": f"""
            CASE WHEN v.body_number = '' AND NOT {MAY_BE_A_VIN} THEN v.vin ELSE v.body_number END
        """,
        **plain("v", "year", "colour"),
        "plate": "p.number",
        **plain("v", "engine", "gearbox", "comment"),
    },
    """
    vehicles_vehicle v
    LEFT JOIN vehicles_vehiclemodel n ON n.id = v.model_id
    LEFT JOIN vehicles_make k ON k.id = n.make_id
    LEFT JOIN vehicles_vehicleplate p ON p.vehicle_id = v.id AND p.until IS NULL
    ORDER BY v.id
    """,
    left_out=(
        LeftOut(
            _("%(count)s VINs that the file does not take, of vehicles with a body number"),
            f"vehicles_vehicle v WHERE v.body_number <> '' AND NOT {MAY_BE_A_VIN}",
        ),
    ),
)

OWNERSHIPS = FileSelect(
    "ownerships",
    {
        "vehicle": identifier("v"),
        "customer": identifier("c"),
        **plain("o", "role", "since", "until"),
    },
    """
    vehicles_vehicleownership o
    JOIN vehicles_vehicle v ON v.id = o.vehicle_id
    JOIN customers_counterparty c ON c.id = o.counterparty_id
    ORDER BY o.id
    """,
)

PLATES = FileSelect(
    "plates",
    {"vehicle": identifier("v"), **plain("p", "number", "since", "until")},
    """
    vehicles_vehicleplate p JOIN vehicles_vehicle v ON v.id = p.vehicle_id
    WHERE btrim(p.number) <> '' ORDER BY p.id
    """,
)

# The document stands on an upper floor, which adds it, and leaves out what documents bring back.
ODOMETER = FileSelect(
    "odometer",
    {"vehicle": identifier("v"), **plain("r", "taken_on", "km"), "author": "a.username"},
    """
    vehicles_odometerreading r
    JOIN vehicles_vehicle v ON v.id = r.vehicle_id
    LEFT JOIN armclients_user a ON a.id = r.author_id
    """,
)

FILES = (VEHICLES, OWNERSHIPS, PLATES)
