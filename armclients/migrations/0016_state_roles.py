from django.db import migrations

from armclients.kit import roles

BOOK, SUPPLY, WORK = (
    f"orders.advance_{kind}" for kind in ("repairrequest", "customerorder", "workorder")
)
CLOSE, REOPEN = "orders.close_workorder", "orders.reopen_workorder"
ALL = [BOOK, SUPPLY, WORK, CLOSE, "orders.close_unpaid_workorder", REOPEN]
ROLES = {
    "advisor": [BOOK, SUPPLY, WORK, CLOSE],
    "operator": [BOOK],
    "parts": [SUPPLY],
    "master": [WORK],
    "manager": ALL,
    "admin": ALL,
}


class Migration(migrations.Migration):
    """Who may bring documents into which state; the table stands in orders/states.py."""

    dependencies = [
        ("armclients", "0015_writing_roles"),
        ("orders", "0012_state_permissions_records"),
    ]
    operations = [roles.grant(ROLES)]
