from django.db import migrations

from armclients.kit import roles

LOOKS = ["vehicles.view_tireset", "vehicles.view_storagecell", "vehicles.request_tireset"]
KEEPS = [
    *LOOKS,
    *("vehicles.add_tireset", "vehicles.change_tireset", "vehicles.add_tirecount"),
]
RULES = [*KEEPS, "vehicles.dispose_tireset", "vehicles.add_storagecell"]
# Whoever answers the phone asks for a set; whoever stands at the racks keeps them.
ROLES = {
    "advisor": KEEPS,
    "operator": LOOKS,
    "parts": KEEPS,
    "master": KEEPS,
    "manager": RULES,
    "admin": RULES,
}


def open_the_hotel(apps, schema_editor):
    """The button leads to the hotel of the house, unless the shop has pointed it elsewhere."""
    links = apps.get_model("armclients", "JumpLink").objects.filter(slug="tire-hotel", target="")
    links.update(target="/tires/?customer={customer}&car={vehicle}")


class Migration(migrations.Migration):
    """Who may do what in the tire hotel, and the way into it."""

    dependencies = [
        ("armclients", "0037_privacy_roles"),
        ("vehicles", "0009_tire_hotel_records"),
    ]
    operations = [
        roles.grant(ROLES),
        migrations.RunPython(open_the_hotel, migrations.RunPython.noop),
    ]
