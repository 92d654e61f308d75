from django.db import migrations

from armclients.kit import roles

KEEP = "orders.add_printedform"
SEE_TERMS = ["orders.view_contract", "orders.view_organisation", "orders.view_representative"]
EVERYTHING = [
    *SEE_TERMS,
    *(
        f"orders.{may}_{what}"
        for what in ("contract", "organisation", "representative", "taxregime")
        for may in ("add", "change", "view")
    ),
    "orders.delete_taxregime",
    "orders.view_printedform",
    *(
        f"orders.view_{what}history"
        for what in ("contract", "organisation", "representative", "taxregime")
    ),
]
ROLES = {
    "advisor": [KEEP, *SEE_TERMS],
    "operator": SEE_TERMS,
    "parts": [KEEP, *SEE_TERMS],
    "manager": [KEEP, *SEE_TERMS],
    "admin": [KEEP, *EVERYTHING],
}


class Migration(migrations.Migration):
    """Who prints for a signature keeps what was signed; terms are the administrator's to enter."""

    dependencies = [
        ("armclients", "0032_put_off_records"),
        ("orders", "0025_organisation_records"),
    ]
    operations = [roles.grant(ROLES)]
