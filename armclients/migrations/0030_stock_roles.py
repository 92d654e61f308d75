from django.db import migrations

from armclients.kit import roles

SEE = ["orders.view_stock", "orders.view_stockmovement"]
SERVE = [*SEE, "orders.reserve_goods", "orders.issue_goods"]
KEEP = [*SERVE, "orders.add_stockmovement"]
ROLES = {
    "advisor": SERVE,
    "operator": SEE,
    "parts": KEEP,
    "master": SEE,
    "manager": KEEP,
    "admin": KEEP,
}


class Migration(migrations.Migration):
    """Who may look into the warehouses, who hands goods over, and who keeps them."""

    dependencies = [
        ("armclients", "0029_work_order_jump"),
        ("orders", "0023_stock_moves"),
    ]
    operations = [roles.grant(ROLES)]
