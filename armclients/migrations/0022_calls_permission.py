from django.db import migrations

from armclients.kit import roles

ROLES = {
    role: ["customers.view_call"]
    for role in ("advisor", "operator", "parts", "master", "manager", "admin")
}


class Migration(migrations.Migration):
    """Whoever has a telephone sees who calls on it."""

    dependencies = [
        ("armclients", "0021_call_list_roles"),
        ("customers", "0012_calls_records"),
    ]
    operations = [roles.grant(ROLES)]
