from django.db import migrations

from armclients.kit import roles

MERGES = [f"customers.{may}_customermerge" for may in ("view", "add", "change")]
ROLES = {"manager": MERGES, "admin": MERGES}


class Migration(migrations.Migration):
    """Managers make one client of two cards, and two again."""

    dependencies = [
        ("armclients", "0035_recording_roles"),
        ("customers", "0019_merge_records"),
    ]
    operations = [roles.grant(ROLES)]
