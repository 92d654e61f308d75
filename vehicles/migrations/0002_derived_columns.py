from django.db import migrations

from armclients.kit.sql import run_sql


class Migration(migrations.Migration):
    """What a vehicle is found by, and whether it has an owner."""

    dependencies = [("vehicles", "0001_records")]
    operations = [run_sql("vehicles", "lookup")]
