from django.db import migrations

from armclients.kit import roles

ROLES = {
    "manager": ["orders.exceed_discount_limit"],
    "admin": ["orders.exceed_discount_limit"],
}
# What a shop begins with, in per cent.
LIMITS = {"advisor": 10, "parts": 10}


def set_limits(apps, _schema_editor):
    limit = apps.get_model("orders", "DiscountLimit")
    for group in apps.get_model("auth", "Group").objects.filter(name__in=LIMITS):
        limit.objects.get_or_create(role=group, defaults={"percent": LIMITS[group.name]})


class Migration(migrations.Migration):
    """How much of a price each role may give away, and who may give more."""

    dependencies = [
        ("armclients", "0027_choosing_roles"),
        ("orders", "0021_package_records"),
    ]
    operations = [
        roles.grant(ROLES),
        migrations.RunPython(set_limits, migrations.RunPython.noop),
    ]
