from django.db import migrations

from armclients.kit import roles

INTERVALS = [f"vehicles.{may}_serviceinterval" for may in ("view", "add", "change", "delete")]
ROLES = {"admin": ["armclients.view_calltarget", *INTERVALS]}


class Migration(migrations.Migration):
    """How often vehicles are to be serviced is for administrators to set."""

    dependencies = [
        ("armclients", "0020_call_target_records"),
        ("vehicles", "0008_standard_interval"),
    ]
    operations = [roles.grant(ROLES)]
