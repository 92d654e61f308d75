from django.db import migrations

from armclients.kit import roles

KEEP = ["customers.view_consent", "customers.add_consent", "customers.change_consent"]
# Who keeps the clients' consents, and who may see them; administrators may all.
ROLES = {
    "advisor": KEEP,
    "operator": KEEP,
    "parts": KEEP,
    "master": ["customers.view_consent"],
    "manager": KEEP,
    "admin": [*KEEP, "customers.delete_consent", "customers.view_consenthistory"],
}


class Migration(migrations.Migration):
    """Whoever talks to clients writes down what they agreed to."""

    dependencies = [
        ("armclients", "0017_payment_roles"),
        ("customers", "0009_consent_records"),
    ]
    operations = [roles.grant(ROLES)]
