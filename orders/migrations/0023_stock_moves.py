from django.db import migrations

from armclients.kit.sql import run_sql

# What lay in the warehouses before movements were kept is where they begin.
BEGIN = """
    ALTER TABLE orders_stockmovement DISABLE TRIGGER USER;
    INSERT INTO orders_stockmovement (stock_id, kind, quantity, balance)
    SELECT id, 'count', quantity, quantity FROM orders_stock WHERE quantity <> 0 ORDER BY id;
    SET CONSTRAINTS ALL IMMEDIATE;
    ALTER TABLE orders_stockmovement ENABLE TRIGGER USER;
"""


class Migration(migrations.Migration):
    """Movements change the stock, lines follow them, and customer orders follow their lines."""

    dependencies = [("orders", "0022_stock_movements_records")]
    operations = [
        run_sql("orders", "derive"),
        migrations.RunSQL(BEGIN, migrations.RunSQL.noop),
    ]
