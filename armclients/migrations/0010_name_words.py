from django.db import migrations

from armclients.kit.sql import run_sql


class Migration(migrations.Migration):
    """From here on the words of names are learnt with every search row; the known ones now."""

    dependencies = [("armclients", "0009_name_words_records")]
    operations = [run_sql("armclients", "name_words")]
