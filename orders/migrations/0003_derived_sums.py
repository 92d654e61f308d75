from django.db import migrations

from armclients.kit.sql import run_sql


class Migration(migrations.Migration):
    """Totals, payments, reserves and the state log."""

    dependencies = [("orders", "0002_promises_records")]
    operations = [run_sql("orders", "derive")]
