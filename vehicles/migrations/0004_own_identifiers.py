import django.contrib.postgres.functions
from django.db import migrations, models

# Rows that were entered here had no identifier; now each has one that no other row has.
NAMED = "UPDATE {table} SET source_id = gen_random_uuid() WHERE source = '' AND source_id = ''"


class Migration(migrations.Migration):
    """Every row has an identifier: the source's, or one of its own."""

    dependencies = [
        ("vehicles", "0003_no_index_twice_records"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="vehicle",
            name="vehicle_source_once",
        ),
        migrations.AlterField(
            model_name="vehicle",
            name="source_id",
            field=models.CharField(
                blank=True,
                db_default=django.contrib.postgres.functions.RandomUUID(),
                editable=False,
                max_length=100,
                verbose_name="identifier in the source",
            ),
        ),
        migrations.RunSQL(NAMED.format(table="vehicles_vehicle"), migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="vehicle",
            constraint=models.UniqueConstraint(
                fields=("source", "source_id"), name="vehicle_source_once"
            ),
        ),
    ]
