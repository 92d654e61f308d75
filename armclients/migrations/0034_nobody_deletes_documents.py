from django.db import migrations

from armclients.kit import roles

KEPT = (
    *("document", "repairrequest", "estimate", "customerorder", "workorder", "sale", "invoice"),
    *("payment", "printedform", "statechange"),
)


class Migration(migrations.Migration):
    """Deleting is cancelling: what has a number keeps it, and what was paid or signed stays."""

    dependencies = [("armclients", "0033_print_roles")]
    operations = [roles.revoke([f"orders.delete_{kind}" for kind in KEPT])]
