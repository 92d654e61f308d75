from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

BOOK, SUPPLY, WORK = (f"advance_{kind}" for kind in ("repairrequest", "customerorder", "workorder"))
CLOSE, UNPAID, REOPEN = "close_workorder", "close_unpaid_workorder", "reopen_workorder"
ROLES = {
    "advisor": (BOOK, SUPPLY, WORK, CLOSE),
    "operator": (BOOK,),
    "parts": (SUPPLY,),
    "master": (WORK,),
    "manager": (BOOK, SUPPLY, WORK, CLOSE, UNPAID, REOPEN),
    "admin": (BOOK, SUPPLY, WORK, CLOSE, UNPAID, REOPEN),
}


def let_roles_change_states(apps, schema_editor):
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
    """Who may bring documents into which state; the table stands in orders/states.py."""

    dependencies = [
        ("armclients", "0015_writing_roles"),
        ("orders", "0012_state_permissions_records"),
    ]
    operations = [migrations.RunPython(let_roles_change_states, migrations.RunPython.noop)]
