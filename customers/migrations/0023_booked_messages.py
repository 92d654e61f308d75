from django.db import migrations, models

OCCASIONS = [
    ("", "never"),
    ("booked", "when a booking is made or moved"),
    ("booking", "the day before a booking"),
    ("completed", "when a work order is completed"),
    ("storage", "when the season of stored tires comes"),
]
# channel, subject, text
TEMPLATES = [
    ("sms", "", "{client}, вы записаны на {ready}, {car}. {branch}"),
    (
        "email",
        "Вы записаны на {ready}",
        "Здравствуйте, {client}!\n\nВы записаны на {ready}, автомобиль {car}.\nЕсли планы "
        "изменятся, пожалуйста, сообщите нам.\n\n{branch}",
    ),
]
NAME = "Подтверждение записи"


def add_templates(apps, schema_editor):
    MessageTemplate = apps.get_model("customers", "MessageTemplate")
    for channel, subject, text in TEMPLATES:
        MessageTemplate.objects.get_or_create(
            channel=channel, name=NAME, defaults={"subject": subject, "text": text}
        )


class Migration(migrations.Migration):
    """A booking can be confirmed by a message; whether it is, the shop switches on itself."""

    dependencies = [("customers", "0022_storage_template")]
    operations = [
        migrations.AlterField(
            model_name="messagetemplate",
            name="occasion",
            field=models.CharField(
                blank=True,
                choices=OCCASIONS,
                default="",
                max_length=9,
                verbose_name="sends itself",
            ),
        ),
        migrations.RunPython(add_templates, migrations.RunPython.noop),
    ]
