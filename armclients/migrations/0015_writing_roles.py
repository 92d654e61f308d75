from django.db import migrations

from armclients.kit import roles

CLIENTS = [
    *("customers.add_counterparty", "customers.change_counterparty"),
    *("customers.add_contact", "customers.change_contact", "customers.delete_contact"),
]
EVENTS = ["customers.add_event", "customers.change_event"]
VEHICLES = ["vehicles.add_vehicle", "vehicles.change_vehicle"]
# What each role may write on the first floors; administrators may all.
ROLES = {
    "advisor": [*CLIENTS, *EVENTS, *VEHICLES],
    "operator": [*CLIENTS, *EVENTS, *VEHICLES],
    "parts": [*CLIENTS, *EVENTS, *VEHICLES],
    "master": [*EVENTS, "vehicles.change_vehicle"],
    "manager": [*CLIENTS, *EVENTS, *VEHICLES],
}


class Migration(migrations.Migration):
    """Whoever talks to clients keeps clients, cars and the contact log."""

    dependencies = [
        ("armclients", "0014_further_criteria"),
        ("customers", "0008_attention_until_records"),
        ("vehicles", "0006_reports_more_records"),
    ]
    operations = [roles.grant(ROLES)]
