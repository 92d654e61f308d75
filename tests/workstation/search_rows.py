"""Whether the search rows are what the source tables say."""

from django.db import connection

from armclients.models import SearchCard
from tests.workstation import oracle

STORED = (
    "SELECT customer_id, name_key, names, contacts, vehicles, tags, visited_on"
    " FROM armclients_searchcard"
)
DERIVED = "SELECT * FROM search_rows(array(SELECT id FROM customers_counterparty))"


def assert_true() -> None:
    """Every row equals the one derived anew, and its tags and words those of the oracle."""
    with connection.cursor() as cursor:
        cursor.execute(f"{STORED} ORDER BY customer_id")
        stored = cursor.fetchall()
        cursor.execute(f"{DERIVED} ORDER BY customer_id")
        assert stored == cursor.fetchall()
    cards = {card.pk: card for card in SearchCard.objects.all()}
    known = oracle.everyone()
    assert set(cards) == set(known)
    for pk, client in known.items():
        card = cards[pk]
        assert card.tags == client.tags, (card.tags, client.tags)
        assert card.visited_on == client.visited_on
        assert card.name_key == client.name
        assert sorted(card.names.split()) == sorted(client.words)
        assert sorted(card.contacts.split()) == sorted(filter(None, client.contacts))
        assert sorted(card.vehicles.split()) == sorted(client.vehicles)
        for text in (card.names, card.contacts, card.vehicles):
            assert text.startswith(" ")
            assert text.endswith(" ")
