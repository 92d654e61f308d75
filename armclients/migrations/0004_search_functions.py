from django.db import migrations

from armclients.kit.sql import run_sql


class Migration(migrations.Migration):
    """`search_touch()` comes to life: from here on the search row follows every write."""

    dependencies = [
        ("armclients", "0003_workplace_branch_records"),
        ("customers", "0004_event_vehicle_records"),
        # search_rows() reads the opening balances.
        ("orders", "0005_opening_balance_records"),
        ("vehicles", "0002_derived_columns"),
    ]
    operations = [run_sql("armclients", "search")]
