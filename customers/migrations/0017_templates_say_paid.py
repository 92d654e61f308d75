from django.db import migrations

SHIPPED = "К оплате {sum} руб."
SENTENCE = "{to_pay}"


def say_it_in_a_sentence(apps, schema_editor):
    MessageTemplate = apps.get_model("customers", "MessageTemplate")
    for template in MessageTemplate.objects.filter(text__contains=SHIPPED):
        template.text = template.text.replace(SHIPPED, SENTENCE)
        template.save(update_fields=["text"])


class Migration(migrations.Migration):
    """Whoever has paid all is told so, and not «К оплате 0 руб.»."""

    dependencies = [("customers", "0016_estimate_templates")]
    operations = [migrations.RunPython(say_it_in_a_sentence, migrations.RunPython.noop)]
