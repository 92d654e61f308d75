from django.db import migrations

from armclients.kit import roles

OFFER, SELL, BILL = (f"orders.advance_{kind}" for kind in ("estimate", "sale", "invoice"))
REQUESTS, ESTIMATES, ORDERS, WORK_ORDERS, SALES, INVOICES = (
    [f"orders.add_{kind}", f"orders.change_{kind}"]
    for kind in ("repairrequest", "estimate", "customerorder", "workorder", "sale", "invoice")
)
PAPERS = [*ESTIMATES, *SALES, *INVOICES, OFFER, SELL, BILL]
ALL = [*REQUESTS, *ORDERS, *WORK_ORDERS, *PAPERS]
ROLES = {
    "advisor": ALL,
    "operator": REQUESTS,
    "parts": [*ORDERS, *PAPERS],
    "master": WORK_ORDERS,
    "manager": [*ALL, "orders.cancel_posted"],
    "admin": [*ALL, "orders.cancel_posted"],
}


class Migration(migrations.Migration):
    """Who may write which documents on the screen, and bring the new kinds into their states."""

    dependencies = [
        ("armclients", "0024_search_knows_sales"),
        ("orders", "0016_base_records"),
    ]
    operations = [roles.grant(ROLES)]
