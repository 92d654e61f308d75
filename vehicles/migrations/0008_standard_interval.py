from django.db import migrations


def add_standard(apps, schema_editor):
    apps.get_model("vehicles", "ServiceInterval").objects.create(km=10_000, months=12)


class Migration(migrations.Migration):
    """Ten thousand kilometres or a year, until the shop says otherwise."""

    dependencies = [("vehicles", "0007_service_interval_records")]
    operations = [migrations.RunPython(add_standard, migrations.RunPython.noop)]
