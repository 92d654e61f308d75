from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

ROLES = {
    "advisor": ("add_payment",),
    "manager": ("add_payment", "refund_payment"),
    "admin": ("add_payment", "refund_payment"),
}


def let_roles_take_money(apps, schema_editor):
    # Permissions are otherwise made after the last migration of all.
    create_permissions(installed.get_app_config("orders"), apps=apps, verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for role, codenames in ROLES.items():
        allowed = Permission.objects.filter(
            content_type__app_label="orders", codename__in=codenames
        )
        for group in Group.objects.filter(name=role):
            group.permissions.add(*allowed)


class Migration(migrations.Migration):
    """Who closes work orders takes the money for them; only managers give it back."""

    dependencies = [
        ("armclients", "0016_state_roles"),
        ("orders", "0013_refund_permission_records"),
    ]
    operations = [migrations.RunPython(let_roles_take_money, migrations.RunPython.noop)]
