"""The whole database is searched for a client who was anonymised: what is kept is there alone."""

import pytest
from django.db import connection

from armclients.privacy import anonymising
from armclients.privacy.catalogue import CATALOGUE
from customers.models import Counterparty
from orders.models import Reserve
from tests import make
from tests.privacy.somebody import ADDRESS, PHONE, somebody
from tests.workstation import search_rows

pytestmark = pytest.mark.django_db
# What is kept may say anything that somebody has typed into it.
KEPT = {
    (model._meta.db_table, model._meta.get_field(name).column)
    for held in CATALOGUE
    for model in filter(None, (held.model, held.history))
    for names in held.kept.values()
    for name in names
    if name in {column.name for column in model._meta.fields}
}
# As typed and as folded for the search; short columns hold its beginning alone.
TOKENS = ("убков", "УБКОВ", "тайна", "ТАЙНА", PHONE, "9084944434", ADDRESS)
TYPES = ("text", "character varying", "json", "jsonb", "ARRAY", "inet")


def places() -> set[tuple[str, str]]:
    """Every column of every table that says one of the tokens."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT table_name, column_name FROM information_schema.columns
              JOIN information_schema.tables USING (table_schema, table_name)
             WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND data_type = ANY(%s)
            """,
            [list(TYPES)],
        )
        columns = cursor.fetchall()
        found = set()
        patterns = [f"%{token}%" for token in TOKENS]
        for table, column in columns:
            cursor.execute(
                f'SELECT EXISTS (SELECT FROM "{table}" WHERE "{column}"::text LIKE ANY(%s))',
                [patterns],
            )
            if cursor.fetchone()[0]:
                found.add((table, column))
    return found


def test_every_table_says_something_of_them_before():
    client = somebody()

    silent = [held.model for held in CATALOGUE if not held.rows([client.pk]).exists()]
    assert silent == [Reserve]
    assert {("armclients_nameword", "word"), ("django_admin_log", "object_repr")} <= places()
    assert ("orders_visithistory", "belongings") in places()


def test_nothing_is_left_but_what_is_kept():
    client = somebody()

    anonymising.anonymise(client.pk, by=None, at=make.NOW)

    assert places() - KEPT == set()
    search_rows.assert_true()


def test_the_words_of_a_name_stay_while_somebody_bears_them():
    client = somebody()
    make.client("Зубков Борис")

    anonymising.anonymise(client.pk, by=None, at=make.NOW)

    words = {column for table, column in places() if table == "armclients_nameword"}
    assert words == {"word"}
    assert Counterparty.objects.filter(name="Зубков Борис").exists()
