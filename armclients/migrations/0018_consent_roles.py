from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

KEEP = ["customers.view_consent", "customers.add_consent", "customers.change_consent"]
# Who keeps the clients' consents, and who may see them; administrators may all.
ROLES = {
    "advisor": KEEP,
    "operator": KEEP,
    "parts": KEEP,
    "master": ["customers.view_consent"],
    "manager": KEEP,
    "admin": [*KEEP, "customers.delete_consent", "customers.view_consenthistory"],
}


def let_roles_keep_consents(apps, schema_editor):
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
    """Whoever talks to clients writes down what they agreed to."""

    dependencies = [
        ("armclients", "0017_payment_roles"),
        ("customers", "0009_consent_records"),
    ]
    operations = [migrations.RunPython(let_roles_keep_consents, migrations.RunPython.noop)]
