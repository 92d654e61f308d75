from django.db import migrations

TEMPLATES = [
    ("Калькуляция", "sms", "", "Калькуляция {document}, {car}: посмотрите и ответьте {link}"),
    (
        "Калькуляция",
        "email",
        "Калькуляция {document}",
        "Здравствуйте!\n\nМы посчитали работы для вашего автомобиля {car}. Посмотрите калькуляцию"
        " {document} и отметьте, на что вы согласны:\n{link}\n\n{branch}",
    ),
]


def add(apps, _schema_editor):
    """A shop that has such a template already keeps its own."""
    template = apps.get_model("customers", "MessageTemplate")
    for name, channel, subject, text in TEMPLATES:
        if not template.objects.filter(channel=channel, name__iexact=name).exists():
            template.objects.create(
                name=name, channel=channel, purpose="service", subject=subject, text=text
            )


class Migration(migrations.Migration):
    """Words for sending an estimate with its link."""

    dependencies = [("customers", "0015_contact_order_records")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
