from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

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


def let_roles_write(apps, schema_editor):
    # Permissions are otherwise made after the last migration of all.
    create_permissions(installed.get_app_config("customers"), apps=apps, verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    known = {
        f"{p.content_type.app_label}.{p.codename}": p
        for p in Permission.objects.select_related("content_type")
    }
    for role, allowed in ROLES.items():
        for group in Group.objects.filter(name=role):
            group.permissions.add(*(known[name] for name in allowed))


class Migration(migrations.Migration):
    """Whoever talks to clients may write to them."""

    dependencies = [
        ("armclients", "0022_calls_permission"),
        ("customers", "0014_message_templates"),
    ]
    operations = [migrations.RunPython(let_roles_write, migrations.RunPython.noop)]
