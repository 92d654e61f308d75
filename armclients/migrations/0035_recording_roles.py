from django.db import migrations

from armclients.kit import roles

HEARS = ["customers.hear_recording"]
ROLES = {"advisor": HEARS, "operator": HEARS, "manager": HEARS, "admin": HEARS}


class Migration(migrations.Migration):
    """Whoever talks to clients hears what was said."""

    dependencies = [
        ("armclients", "0034_nobody_deletes_documents"),
        ("customers", "0018_recording_permission_records"),
    ]
    operations = [roles.grant(ROLES)]
