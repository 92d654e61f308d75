import datetime

from django.db import migrations

# [law: НК РФ ст. 164, 145] The standard rate by day; the others may be chosen on a line.
STANDARD = [
    (18, "2004-01-01", "2018-12-31"),
    (20, "2019-01-01", "2025-12-31"),
    (22, "2026-01-01", None),
]
REDUCED = [
    (None, "2004-01-01"),
    (0, "2004-01-01"),
    (10, "2004-01-01"),
    (5, "2025-01-01"),
    (7, "2025-01-01"),
]


def day(text):
    return datetime.date.fromisoformat(text) if text else None


def add_rates(apps, schema_editor):
    VatRate = apps.get_model("orders", "VatRate")
    VatRate.objects.bulk_create(
        [
            VatRate(percent=p, valid_from=day(since), valid_until=day(until), is_standard=True)
            for p, since, until in STANDARD
        ]
        + [VatRate(percent=p, valid_from=day(since)) for p, since in REDUCED]
    )


class Migration(migrations.Migration):
    dependencies = [("orders", "0003_derived_sums")]
    operations = [migrations.RunPython(add_rates, migrations.RunPython.noop)]
