import django.contrib.postgres.functions
from django.conf import settings
from django.db import migrations, models

# Rows that were entered here had no identifier; now each has one that no other row has.
NAMED = "UPDATE {table} SET source_id = gen_random_uuid() WHERE source = '' AND source_id = ''"

# What a payment without an id is found by no longer depends on this base's keys.
REFERENCES = """
    UPDATE orders_payment p
       SET source_id = 'payment:' || md5(concat_ws(
               ':',
               CASE d.kind WHEN 'customer_order' THEN 'orders' WHEN 'work_order' THEN 'work_orders'
                           ELSE 'requests' END,
               d.source_id,
               substr(p.source_id, length('payment:' || d.id || ':') + 1)))
      FROM orders_document d
     WHERE starts_with(p.source_id, 'payment:' || d.id || ':') AND d.source = p.source
       AND d.id = p.document_id
"""


class Migration(migrations.Migration):
    """Every row has an identifier: the source's, or one of its own."""

    dependencies = [
        ("customers", "0006_own_identifiers"),
        ("orders", "0008_no_index_twice_records"),
        ("vehicles", "0004_own_identifiers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="branch",
            name="branch_source_once",
        ),
        migrations.RemoveConstraint(
            model_name="document",
            name="document_source_once",
        ),
        migrations.RemoveConstraint(
            model_name="part",
            name="part_source_once",
        ),
        migrations.RemoveConstraint(
            model_name="payment",
            name="payment_source_once",
        ),
        migrations.AddField(
            model_name="cart",
            name="source",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=40, verbose_name="source"
            ),
        ),
        migrations.AddField(
            model_name="cart",
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
            model_name="branch",
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
            model_name="document",
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
            model_name="part",
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
            model_name="payment",
            name="source_id",
            field=models.CharField(
                blank=True,
                db_default=django.contrib.postgres.functions.RandomUUID(),
                editable=False,
                max_length=100,
                verbose_name="identifier in the source",
            ),
        ),
        migrations.RunSQL(NAMED.format(table="orders_branch"), migrations.RunSQL.noop),
        migrations.RunSQL(NAMED.format(table="orders_document"), migrations.RunSQL.noop),
        migrations.RunSQL(NAMED.format(table="orders_part"), migrations.RunSQL.noop),
        migrations.RunSQL(NAMED.format(table="orders_payment"), migrations.RunSQL.noop),
        migrations.RunSQL(REFERENCES, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="branch",
            constraint=models.UniqueConstraint(
                fields=("source", "source_id"), name="branch_source_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="cart",
            constraint=models.UniqueConstraint(
                fields=("source", "source_id"), name="cart_source_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                fields=("kind", "source", "source_id"), name="document_source_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.UniqueConstraint(
                fields=("source", "source_id"), name="part_source_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="payment",
            constraint=models.UniqueConstraint(
                fields=("source", "source_id"), name="payment_source_once"
            ),
        ),
    ]
