from django.db import migrations

from armclients.kit import roles

MAY = ["customers.export_counterparty", "customers.anonymise_counterparty"]
ROLES = {"manager": MAY, "admin": MAY}


class Migration(migrations.Migration):
    """Managers answer a client who asks what is held of them, or not to be known any more."""

    dependencies = [
        ("armclients", "0036_merge_roles"),
        ("customers", "0020_anonymised_records"),
    ]
    operations = [roles.grant(ROLES)]
