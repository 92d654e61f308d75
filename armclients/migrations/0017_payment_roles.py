from django.db import migrations

from armclients.kit import roles

TAKE, GIVE_BACK = "orders.add_payment", "orders.refund_payment"
ROLES = {"advisor": [TAKE], "manager": [TAKE, GIVE_BACK], "admin": [TAKE, GIVE_BACK]}


class Migration(migrations.Migration):
    """Who closes work orders takes the money for them; only managers give it back."""

    dependencies = [
        ("armclients", "0016_state_roles"),
        ("orders", "0013_refund_permission_records"),
    ]
    operations = [roles.grant(ROLES)]
