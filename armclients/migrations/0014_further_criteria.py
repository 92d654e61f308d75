from django.core.management import call_command
from django.db import migrations

from armclients.kit.sql import run_sql


def derive_again(apps, _schema_editor) -> None:
    """Rows that were derived before know nothing of the further criteria."""
    if apps.get_model("customers", "Counterparty").objects.exists():
        call_command("rebuild_search", verbosity=0)


class Migration(migrations.Migration):
    """A search row says what «Доп.» asks for: owing, kind, prices, cars, the last visit."""

    dependencies = [
        ("armclients", "0013_layout_permission"),
        ("customers", "0007_reports_more_records"),
        ("orders", "0011_reports_more_records"),
        ("vehicles", "0006_reports_more_records"),
    ]
    operations = [
        run_sql("armclients", "search"),
        migrations.RunPython(derive_again, migrations.RunPython.noop),
    ]
