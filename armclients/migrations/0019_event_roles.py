from django.db import migrations

from armclients.kit import roles

SEE_ALL = "customers.view_tasks_of_all"
RESULTS = [f"customers.{may}_contactresult" for may in ("view", "add", "change", "delete")]
ROLES = {"manager": [SEE_ALL], "admin": [SEE_ALL, *RESULTS]}


class Migration(migrations.Migration):
    """Managers see everybody's tasks; administrators keep the results of contacts."""

    dependencies = [
        ("armclients", "0018_consent_roles"),
        ("customers", "0011_contact_results"),
    ]
    operations = [roles.grant(ROLES)]
