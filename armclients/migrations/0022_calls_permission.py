from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

ROLES = ["advisor", "operator", "parts", "master", "manager", "admin"]


def let_roles_see_calls(apps, schema_editor):
    # Permissions are otherwise made after the last migration of all.
    create_permissions(installed.get_app_config("customers"), apps=apps, verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    may_see = Permission.objects.get(content_type__app_label="customers", codename="view_call")
    for group in Group.objects.filter(name__in=ROLES):
        group.permissions.add(may_see)


class Migration(migrations.Migration):
    """Whoever has a telephone sees who calls on it."""

    dependencies = [
        ("armclients", "0021_call_list_roles"),
        ("customers", "0012_calls_records"),
    ]
    operations = [migrations.RunPython(let_roles_see_calls, migrations.RunPython.noop)]
