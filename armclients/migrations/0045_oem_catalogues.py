from django.db import migrations

# Addresses of public catalogues. A search by VIN is on at once, like the rest of the seed's six.
SEARCH = "https://partsouq.com/en/search/all?q="
BY_VIN = {"target": SEARCH + "{vin}", "needs": "vin"}
OTHERS = [
    {
        "slug": "oem-by-frame",
        "label": "OEM по номеру кузова",
        "target": SEARCH + "{frame}",
        "needs": "frame",
        "position": 61,
    },
    {
        "slug": "oem-by-make",
        "label": "OEM каталог HYUNDAI",
        "target": "https://www.elcats.ru/hyundai/",
        "needs": "make",
        "only_makes": "HYUNDAI",
        "position": 62,
    },
]


def add(apps, schema_editor):
    links = apps.get_model("armclients", "JumpLink").objects
    # A shop that pointed the button at its own system keeps it so.
    links.filter(slug="oem-catalog", target="").update(**BY_VIN)
    for preset in OTHERS:
        links.get_or_create(
            slug=preset["slug"], defaults={**preset, "icon": "book", "is_on": False}
        )


def remove(apps, schema_editor):
    links = apps.get_model("armclients", "JumpLink").objects
    links.filter(slug="oem-catalog", **BY_VIN).update(target="", needs="vehicle")
    links.filter(slug__in=[preset["slug"] for preset in OTHERS]).delete()


class Migration(migrations.Migration):
    """OEM catalogues by VIN, by body number and by make come with the product."""

    dependencies = [("armclients", "0044_jump_presets_records")]
    operations = [migrations.RunPython(add, remove)]
