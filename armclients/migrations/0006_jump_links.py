from django.db import migrations

# The seed's six. One without a target waits, unseen, until the shop or a later release gives it one.
SEED = [
    ("cart", "Корзина", "cart", "/?customer={customer}&car={vehicle}&tab=cart", "customer"),
    ("tire-hotel", "Шинный отель", "disc", "", "customer"),
    ("estimate", "Калькуляция", "calculator", "", "customer"),
    ("booking", "Запись на ремонт", "calendar-check", "", "customer"),
    ("visit", "Машинозаезд", "box-arrow-in-right", "", "vehicle"),
    ("oem-catalog", "OEM каталог", "book", "", "vehicle"),
]


def add_seed(apps, schema_editor):
    JumpLink = apps.get_model("armclients", "JumpLink")
    JumpLink.objects.bulk_create(
        JumpLink(slug=slug, label=label, icon=icon, target=target, needs=needs, position=10 * place)
        for place, (slug, label, icon, target, needs) in enumerate(SEED, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("armclients", "0005_roles")]
    operations = [migrations.RunPython(add_seed, migrations.RunPython.noop)]
