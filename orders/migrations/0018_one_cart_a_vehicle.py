from django.db import migrations

# The newest open cart of a client and a vehicle takes over the lines of the others.
NEWEST = """
    SELECT id, first_value(id) OVER (
               PARTITION BY counterparty_id, vehicle_id ORDER BY created_at DESC, id DESC) AS newest
      FROM orders_cart WHERE state = 'open'
"""
TAKE_OVER = f"""
    UPDATE orders_cartline l SET cart_id = c.newest FROM ({NEWEST}) AS c
     WHERE l.cart_id = c.id AND c.id <> c.newest
"""
ABANDON = f"""
    UPDATE orders_cart t SET state = 'abandoned' FROM ({NEWEST}) AS c
     WHERE t.id = c.id AND c.id <> c.newest
"""


class Migration(migrations.Migration):
    """A client has one open cart for each vehicle, and one for none."""

    dependencies = [("orders", "0017_catalogue_records")]
    operations = [
        migrations.RunSQL(TAKE_OVER, migrations.RunSQL.noop),
        migrations.RunSQL(ABANDON, migrations.RunSQL.noop),
    ]
