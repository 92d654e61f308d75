from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations


def let_administrators_import(apps, schema_editor):
    # Permissions are otherwise made after the last migration of all.
    create_permissions(installed.get_app_config("armclients"), apps=apps, verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    allowed = Permission.objects.get(content_type__app_label="armclients", codename="import_data")
    for group in Group.objects.filter(name="admin"):
        group.permissions.add(allowed)


class Migration(migrations.Migration):
    """Uploading the files of a shop is for administrators."""

    dependencies = [("armclients", "0007_import_run_records")]
    operations = [migrations.RunPython(let_administrators_import, migrations.RunPython.noop)]
