from django.db import migrations

from armclients.kit.sql import run_sql


class Migration(migrations.Migration):
    """Sums are derived by their documents' keys, whatever the planner believes of their tables."""

    dependencies = [("orders", "0009_own_identifiers")]
    operations = [run_sql("orders", "derive")]
