from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations
from django.db.models import Q


def let_administrators_keep_intervals(apps, schema_editor):
    # Permissions are otherwise made after the last migration of all.
    for label in ("armclients", "vehicles"):
        create_permissions(installed.get_app_config(label), apps=apps, verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    allowed = Permission.objects.filter(
        Q(content_type__app_label="armclients", content_type__model="calltarget")
        | Q(content_type__app_label="vehicles", content_type__model="serviceinterval")
    )
    for group in Group.objects.filter(name="admin"):
        group.permissions.add(*allowed)


class Migration(migrations.Migration):
    """How often vehicles are to be serviced is for administrators to set."""

    dependencies = [
        ("armclients", "0020_call_target_records"),
        ("vehicles", "0008_standard_interval"),
    ]
    operations = [
        migrations.RunPython(let_administrators_keep_intervals, migrations.RunPython.noop)
    ]
