from django.db import migrations

NAME = "Сезон шин"
TEXT = (
    "{client}, пора менять шины: ваш комплект хранится у нас. Позвоните, чтобы записаться. {branch}"
)


def add_template(apps, schema_editor):
    templates = apps.get_model("customers", "MessageTemplate").objects
    if not templates.filter(channel="sms", name=NAME).exists():
        templates.create(channel="sms", name=NAME, subject="", text=TEXT)


class Migration(migrations.Migration):
    """The first words of the reminder that the season of stored tires comes."""

    dependencies = [("customers", "0021_storage_occasion_records")]
    operations = [migrations.RunPython(add_template, migrations.RunPython.noop)]
