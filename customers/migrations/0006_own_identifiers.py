import django.contrib.postgres.functions
from django.conf import settings
from django.db import migrations, models

# Rows that were entered here had no identifier; now each has one that no other row has.
NAMED = "UPDATE {table} SET source_id = gen_random_uuid() WHERE source = '' AND source_id = ''"


class Migration(migrations.Migration):
    """Every row has an identifier: the source's, or one of its own."""

    dependencies = [
        ("customers", "0005_no_index_twice_records"),
        ("orders", "0008_no_index_twice_records"),
        ("vehicles", "0004_own_identifiers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="counterparty",
            name="counterparty_source_once",
        ),
        migrations.RemoveConstraint(
            model_name="event",
            name="event_source_once",
        ),
        migrations.AlterField(
            model_name="counterparty",
            name="source_id",
            field=models.CharField(
                blank=True,
                db_default=django.contrib.postgres.functions.RandomUUID(),
                editable=False,
                max_length=100,
                verbose_name="identifier in the source",
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="source_id",
            field=models.CharField(
                blank=True,
                db_default=django.contrib.postgres.functions.RandomUUID(),
                editable=False,
                max_length=100,
                verbose_name="identifier in the source",
            ),
        ),
        migrations.RunSQL(NAMED.format(table="customers_counterparty"), migrations.RunSQL.noop),
        migrations.RunSQL(NAMED.format(table="customers_event"), migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="counterparty",
            constraint=models.UniqueConstraint(
                fields=("source", "source_id"), name="counterparty_source_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(
                fields=("source", "source_id"), name="event_source_once"
            ),
        ),
    ]
