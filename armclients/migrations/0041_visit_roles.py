from django.db import migrations

from armclients.kit import roles

RECEIVE = ["orders.add_visit", "orders.change_visit", "orders.advance_visit"]
ROLES = dict.fromkeys(("advisor", "master", "manager", "admin"), RECEIVE)
TARGET = "/visits/new/?customer={customer}&car={vehicle}"


def point(apps, schema_editor):
    JumpLink = apps.get_model("armclients", "JumpLink")
    # A shop that pointed the button at its own system keeps it so.
    JumpLink.objects.filter(slug="visit", target="").update(target=TARGET)


def unpoint(apps, schema_editor):
    JumpLink = apps.get_model("armclients", "JumpLink")
    JumpLink.objects.filter(slug="visit", target=TARGET).update(target="")


class Migration(migrations.Migration):
    """Whoever works with cars takes them in; «Машинозаезд» leads there from a car."""

    dependencies = [("armclients", "0040_booking_link"), ("orders", "0027_visit_records")]
    operations = [roles.grant(ROLES), migrations.RunPython(point, unpoint)]
