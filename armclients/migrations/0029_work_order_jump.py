from django.db import migrations

TARGET = "/customers/{customer}/documents/new/work_order/?car={vehicle}"
ESTIMATE = "/customers/{customer}/documents/new/estimate/?car={vehicle}"


def add(apps, _schema_editor):
    links = apps.get_model("armclients", "JumpLink").objects
    links.update_or_create(
        slug="work-order",
        defaults={
            "label": "+ Заказ-наряд",
            "icon": "",
            "target": TARGET,
            "needs": "customer",
            "position": 1,
        },
    )
    # A shop that has pointed it at a system of its own keeps that.
    links.filter(slug="estimate", target="").update(target=ESTIMATE)


class Migration(migrations.Migration):
    """A work order and an estimate are written from the jump bar."""

    dependencies = [("armclients", "0028_discount_roles")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
