from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """Unfinished documents of one state, newest first."""

    dependencies = [("orders", "0006_opening_balance_for_administrators")]
    operations = [
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                fields=["kind", "state", "id"],
                condition=Q(is_open=True),
                name="document_open_by_state_idx",
            ),
        )
    ]
