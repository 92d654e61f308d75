from django.db import migrations

from armclients.kit.sql import run_sql


class Migration(migrations.Migration):
    """Boards hear of changed states; what else they show tells them by a trigger of its own."""

    dependencies = [("orders", "0027_visit_records")]
    operations = [run_sql("orders", "derive")]
