"""The call list, made anew from the documents, the mileages and the consents."""

import datetime
from pathlib import Path

from django.db import connection, transaction

SQL = Path(__file__).resolve().parents[1] / "sql" / "call_targets.sql"
AHEAD_DAYS = 14  # so early a client is invited
ABSENT_MONTHS = 12  # whoever stays away longer is asked why
FORGOTTEN_MONTHS = 60  # whoever stays away longer is not asked any more
PUT_OFF_DAYS = 30  # so long a client has to think about what was put off without a day


@transaction.atomic
def build(*, today: datetime.date) -> None:
    """Whoever is due today is on the list; what the last calls came to is kept."""
    bound: dict[str, datetime.date | int] = {
        "today": today,
        "ahead": AHEAD_DAYS,
        "absent": ABSENT_MONTHS,
        "forgotten": FORGOTTEN_MONTHS,
        "put_off": PUT_OFF_DAYS,
    }
    with connection.cursor() as cursor:
        # Two builders at once would each delete what the other has just found.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('armclients.call_list'))")
        for statement in SQL.read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                cursor.execute(statement, bound)
