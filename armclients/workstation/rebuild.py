"""Proving that the search rows are true, and making them anew."""

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction

from armclients.models import NameWord, SearchCard
from customers.models import Counterparty

CARDS = SearchCard._meta.db_table
WORDS = NameWord._meta.db_table
INDEX = next(index for index in SearchCard._meta.indexes if index.name == "searchcard_idx")
# So many clients at a time keep the arrays small.
BATCH = 20_000


def differences() -> list[int]:
    """The clients whose row is missing, superfluous or not what its sources say.

    So are those of whose names a word is missing among the words of names. Days of bookings that
    are over stay in a row until it is next derived; they are no difference.
    """
    wrong = _asked(
        f"SELECT customer_id FROM {CARDS} s WHERE NOT EXISTS"
        " (SELECT FROM customers_counterparty c WHERE c.id = s.customer_id)"
    )
    for ids in _batches():
        wrong += _asked(
            f"""SELECT DISTINCT s.customer_id FROM {CARDS} s, name_words(s.names) AS w (word)
                 WHERE s.customer_id = ANY(%s)
                   AND NOT EXISTS (SELECT FROM {WORDS} k WHERE k.word = w.word)""",
            [ids],
        )
        wrong += _asked(
            f"""SELECT r.customer_id FROM search_rows(%s) r LEFT JOIN {CARDS} s USING (customer_id)
                 WHERE (s.name_key, s.names, s.contacts, s.vehicles, s.visited_on)
                       IS DISTINCT FROM (r.name_key, r.names, r.contacts, r.vehicles, r.visited_on)
                    OR NOT (s.tags @> r.tags)
                    OR EXISTS (SELECT FROM unnest(s.tags) AS tag
                                WHERE tag <> ALL (r.tags)
                                  AND (tag > -1000 OR tag < date '1970-01-01' - current_date))""",
            [ids],
        )
    return sorted(set(wrong))


def rebuild() -> int:
    """Every row is derived anew; the number of rows. Searches wait until it is done."""
    with transaction.atomic(), connection.schema_editor() as schema, connection.cursor() as cursor:
        # Filling a table and then indexing it takes a tenth of keeping the index meanwhile.
        schema.remove_index(SearchCard, INDEX)
        # The rows bring the words of names along.
        cursor.execute(f"TRUNCATE {CARDS}, {WORDS}")
        cursor.execute(f"CREATE TEMPORARY TABLE derived (LIKE {CARDS}) ON COMMIT DROP")
        for ids in _batches():
            cursor.execute("INSERT INTO derived SELECT * FROM search_rows(%s)", [ids])
        # In the order of all lists, so that a walk through the names reads few pages.
        cursor.execute(f"INSERT INTO {CARDS} SELECT * FROM derived ORDER BY name_key, customer_id")
        cursor.execute("DROP TABLE derived")
        # No index is made while foreign keys wait to be checked.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema.add_index(SearchCard, INDEX)
    return SearchCard.objects.count()


def _batches() -> Iterator[list[int]]:
    last = 0
    while ids := list(
        Counterparty.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        yield ids
        last = ids[-1]


def _asked(sql: str, params: list[Any] | None = None) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [pk for (pk,) in cursor.fetchall()]
