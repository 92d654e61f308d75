from django.db import migrations

from armclients.kit import roles

WRITE = ["customers.send_message", "customers.view_outgoingmessage"]
TEMPLATES = [f"customers.{may}_messagetemplate" for may in ("view", "add", "change", "delete")]
# Who writes to clients; the words themselves are kept by whoever answers for them.
ROLES = {
    "advisor": WRITE,
    "operator": WRITE,
    "parts": WRITE,
    "manager": [*WRITE, *TEMPLATES],
    "admin": [*WRITE, *TEMPLATES],
}


class Migration(migrations.Migration):
    """Whoever talks to clients may write to them."""

    dependencies = [
        ("armclients", "0022_calls_permission"),
        ("customers", "0014_message_templates"),
    ]
    operations = [roles.grant(ROLES)]
