from django.db import migrations

from armclients.kit import roles

ROLES = {role: ["orders.view_cost"] for role in ("parts", "manager", "admin")}


class Migration(migrations.Migration):
    """What parts cost the shop is seen by whoever buys them and whoever answers for the money."""

    dependencies = [
        ("armclients", "0025_document_roles"),
        ("orders", "0017_catalogue_records"),
    ]
    operations = [roles.grant(ROLES)]
