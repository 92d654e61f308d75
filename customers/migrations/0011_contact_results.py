from django.db import migrations

RESULTS = [
    "Записан на ремонт",
    "Сообщили срок",
    "Назвали цену, думает",
    "Согласовано",
    "Перезвонит сам",
    "Просил перезвонить",
    "Не дозвонились",
    "Перезвонили, вопрос решён",
    "Документы выданы",
    "Замечаний нет",
    "Жалоба принята",
    "Отказ",
    "Ошиблись номером",
]


def add_results(apps, schema_editor):
    ContactResult = apps.get_model("customers", "ContactResult")
    ContactResult.objects.bulk_create(
        ContactResult(name=name, position=10 * place) for place, name in enumerate(RESULTS, 1)
    )


class Migration(migrations.Migration):
    """What a word with a client usually comes to; a shop renames and adds."""

    dependencies = [("customers", "0010_contact_result_records")]
    operations = [migrations.RunPython(add_results, migrations.RunPython.noop)]
