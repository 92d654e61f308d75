from django.db import migrations

SMS, EMAIL = "sms", "email"
# channel, name, subject, text
TEMPLATES = [
    (
        SMS,
        "Автомобиль готов",
        "",
        "{client}, ваш автомобиль {car} готов. К оплате {sum} руб. Ждём вас, {branch}",
    ),
    (
        SMS,
        "Напоминание о записи",
        "",
        "{client}, напоминаем: вы записаны на {ready}, {car}. {branch}",
    ),
    (SMS, "Запчасти поступили", "", "{client}, запчасти по заказу {document} поступили. {branch}"),
    (
        SMS,
        "Согласуйте работы",
        "",
        "{client}, по автомобилю {car} нужны дополнительные работы. Пожалуйста, позвоните нам. "
        "{branch}",
    ),
    (
        EMAIL,
        "Автомобиль готов",
        "Автомобиль {car} готов",
        "Здравствуйте, {client}!\n\nРаботы по заказ-наряду {document} выполнены, автомобиль {car} "
        "можно забирать.\nК оплате {sum} руб.\n\n{branch}",
    ),
    (
        EMAIL,
        "Напоминание о записи",
        "Вы записаны на {ready}",
        "Здравствуйте, {client}!\n\nНапоминаем о записи: {ready}, автомобиль {car}.\nЕсли планы "
        "изменились, пожалуйста, сообщите нам.\n\n{branch}",
    ),
]


def add_templates(apps, schema_editor):
    MessageTemplate = apps.get_model("customers", "MessageTemplate")
    MessageTemplate.objects.bulk_create(
        MessageTemplate(channel=channel, name=name, subject=subject, text=text)
        for channel, name, subject, text in TEMPLATES
    )


class Migration(migrations.Migration):
    """The first words a shop writes; it changes them, and switches on which send themselves."""

    dependencies = [("customers", "0013_message_records")]
    operations = [migrations.RunPython(add_templates, migrations.RunPython.noop)]
