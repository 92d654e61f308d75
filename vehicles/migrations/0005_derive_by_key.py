from django.db import migrations

from armclients.kit.sql import run_sql


class Migration(migrations.Migration):
    """Vehicles are derived by their keys, whatever the planner believes of their tables."""

    dependencies = [("vehicles", "0004_own_identifiers")]
    operations = [run_sql("vehicles", "lookup")]
