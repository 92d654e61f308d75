from django.db import migrations

from armclients.kit import roles

LOOK = ["orders.view_selection"]
CHOOSE = [*LOOK, "orders.add_selection", "orders.change_cart"]
ROLES = {
    "advisor": CHOOSE,
    "operator": CHOOSE,
    "parts": CHOOSE,
    "master": CHOOSE,
    "manager": CHOOSE,
    "admin": CHOOSE,
}


def lead_on(apps, schema_editor):
    """«Подбор» stands first in the jump bar; «Калькуляция» leads where a cart becomes one."""
    jump_link = apps.get_model("armclients", "JumpLink")
    jump_link.objects.get_or_create(
        slug="selection",
        defaults={
            "label": "Подбор",
            "icon": "search",
            "target": "/customers/{customer}/selections/new/?car={vehicle}",
            "needs": "customer",
            "position": 5,
        },
    )
    jump_link.objects.filter(slug="estimate", target="").update(
        target="/?customer={customer}&car={vehicle}&tab=cart"
    )


class Migration(migrations.Migration):
    """Whoever talks to clients looks up for them and fills their carts."""

    dependencies = [
        ("armclients", "0026_cost_roles"),
        ("orders", "0019_carts_records"),
    ]
    operations = [
        roles.grant(ROLES),
        migrations.RunPython(lead_on, migrations.RunPython.noop),
    ]
