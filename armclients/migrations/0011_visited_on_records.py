from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('armclients', '0010_name_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='searchcard',
            name='visited_on',
            field=models.DateField(null=True, verbose_name='last visit'),
        ),
        migrations.AddIndex(
            model_name='searchcard',
            index=models.Index(fields=['visited_on'], name='searchcard_visited_idx'),
        ),
    ]
