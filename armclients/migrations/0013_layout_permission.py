from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations


def let_administrators_set_standards(apps, schema_editor):
    # Permissions are otherwise made after the last migration of all.
    create_permissions(installed.get_app_config("armclients"), apps=apps, verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    allowed = Permission.objects.filter(
        content_type__app_label="armclients",
        content_type__model__in=("searchlayout", "savedsearch"),
    )
    for group in Group.objects.filter(name="admin"):
        group.permissions.add(*allowed)


class Migration(migrations.Migration):
    """What a role sees around the search is for administrators to set."""

    dependencies = [("armclients", "0012_search_layout_records")]
    operations = [migrations.RunPython(let_administrators_set_standards, migrations.RunPython.noop)]
