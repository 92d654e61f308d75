from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

READ = [
    "armclients.use_workstation",
    "customers.view_counterparty",
    "customers.view_event",
    "vehicles.view_vehicle",
    "orders.view_document",
    "orders.view_cart",
]
# What each role may do; administrators get everything Django admin offers.
ROLES = {
    "advisor": [*READ, "customers.view_contact_value"],
    "operator": [*READ, "customers.view_contact_value"],
    "parts": [*READ, "customers.view_contact_value"],
    "master": READ,
    "manager": [
        *READ,
        "customers.view_contact_value",
        "customers.view_accesslogentry",
        "vehicles.view_vehiclehistory",
    ],
}


def add_roles(apps, schema_editor):
    # Permissions are otherwise made after the last migration of all.
    for label in ("auth", "axes", "armclients", "customers", "vehicles", "orders"):
        config = installed.get_app_config(label)
        create_permissions(config, apps=apps, verbosity=0)
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    known = {
        f"{p.content_type.app_label}.{p.codename}": p
        for p in Permission.objects.select_related("content_type")
    }
    for role, allowed in ROLES.items():
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set(known[name] for name in allowed)
    admin, _ = Group.objects.get_or_create(name="admin")
    admin.permissions.set(Permission.objects.all())


class Migration(migrations.Migration):
    """Roles are groups; which view asks for what stands at the views."""

    dependencies = [
        ("armclients", "0004_search_functions"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("axes", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(add_roles, migrations.RunPython.noop)]
