from django.db import migrations

TARGET = "/booking/?customer={customer}&car={vehicle}"


def point(apps, schema_editor):
    JumpLink = apps.get_model("armclients", "JumpLink")
    # A shop that pointed the button at its own system keeps it so.
    JumpLink.objects.filter(slug="booking", target="").update(target=TARGET)


def unpoint(apps, schema_editor):
    JumpLink = apps.get_model("armclients", "JumpLink")
    JumpLink.objects.filter(slug="booking", target=TARGET).update(target="")


class Migration(migrations.Migration):
    """«Запись на ремонт» leads from a client and a car into the calendar."""

    dependencies = [("armclients", "0039_storage_target_records")]
    operations = [migrations.RunPython(point, unpoint)]
