from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations


def allow(apps, schema_editor):
    # Permissions are otherwise made after the last migration of all.
    create_permissions(installed.get_app_config("orders"), apps=apps, verbosity=0)
    Permission = apps.get_model("auth", "Permission")
    admin = apps.get_model("auth", "Group").objects.get(name="admin")
    admin.permissions.add(
        *Permission.objects.filter(
            content_type__app_label="orders", content_type__model__startswith="openingbalance"
        )
    )


class Migration(migrations.Migration):
    """Administrators may do everything that Django admin offers."""

    dependencies = [
        ("armclients", "0005_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("orders", "0005_opening_balance_records"),
    ]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop)]
