"""Facts told to the browsers of users, whichever process serves them: PostgreSQL carries them."""

from collections.abc import Iterable

from django.db import connection

CHANNEL = "arm_facts"
# In place of a user; the board's triggers say it in SQL.
EVERYBODY = 0
TELL = "SELECT pg_notify(%s, told) FROM unnest(%s::text[]) told"


def tell(fact: str, users: Iterable[int | None]) -> None:
    """The browsers of these users hear the fact as soon as this transaction has committed.

    Only keys travel; what is true now, each browser asks for itself.
    """
    told = [f"{user} {fact}" for user in sorted(set(filter(None, users)))]
    if told:
        with connection.cursor() as cursor:
            cursor.execute(TELL, [CHANNEL, told])


def heard(payload: str) -> tuple[int, str]:
    """Who was told which fact.

    >>> heard("42 call-changed")
    (42, 'call-changed')
    """
    user, fact = payload.split(" ", 1)
    return int(user), fact
