from django.db import migrations

from armclients.kit.sql import run_sql


class Migration(migrations.Migration):
    """Who has not paid for what was sold over the counter is among those who owe."""

    dependencies = [
        ("armclients", "0023_message_roles"),
        ("orders", "0016_base_records"),
    ]
    operations = [run_sql("armclients", "search")]
