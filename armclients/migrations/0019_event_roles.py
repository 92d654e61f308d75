from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations


def let_roles_keep_events(apps, schema_editor):
    # Permissions are otherwise made after the last migration of all.
    create_permissions(installed.get_app_config("customers"), apps=apps, verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    known = Permission.objects.filter(content_type__app_label="customers")
    see_all = known.filter(codename="view_tasks_of_all")
    dictionary = known.filter(content_type__model="contactresult")
    for role, allowed in {"manager": see_all, "admin": see_all | dictionary}.items():
        for group in Group.objects.filter(name=role):
            group.permissions.add(*allowed)


class Migration(migrations.Migration):
    """Managers see everybody's tasks; administrators keep the results of contacts."""

    dependencies = [
        ("armclients", "0018_consent_roles"),
        ("customers", "0011_contact_results"),
    ]
    operations = [migrations.RunPython(let_roles_keep_events, migrations.RunPython.noop)]
