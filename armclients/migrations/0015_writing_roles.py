from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

CLIENTS = [
    *("customers.add_counterparty", "customers.change_counterparty"),
    *("customers.add_contact", "customers.change_contact", "customers.delete_contact"),
]
EVENTS = ["customers.add_event", "customers.change_event"]
VEHICLES = ["vehicles.add_vehicle", "vehicles.change_vehicle"]
# What each role may write on the first floors; administrators may all.
ROLES = {
    "advisor": [*CLIENTS, *EVENTS, *VEHICLES],
    "operator": [*CLIENTS, *EVENTS, *VEHICLES],
    "parts": [*CLIENTS, *EVENTS, *VEHICLES],
    "master": [*EVENTS, "vehicles.change_vehicle"],
    "manager": [*CLIENTS, *EVENTS, *VEHICLES],
}


def let_roles_write(apps, schema_editor):
    # Permissions are otherwise made after the last migration of all.
    for label in ("customers", "vehicles"):
        create_permissions(installed.get_app_config(label), apps=apps, verbosity=0)
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
    """Whoever talks to clients keeps clients, cars and the contact log."""

    dependencies = [
        ("armclients", "0014_further_criteria"),
        ("customers", "0008_attention_until_records"),
        ("vehicles", "0006_reports_more_records"),
    ]
    operations = [migrations.RunPython(let_roles_write, migrations.RunPython.noop)]
