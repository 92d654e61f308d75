"""Whose number it is."""

from django.db.models import Value

from armclients.kit.folding import FoldContact
from customers.models import Contact

SHORTEST = 5  # digits; less is a line of the house
MOST = 20  # clients one number is taken to belong to


def clients_with(number: str) -> list[int]:
    """The clients who can be reached by it: none, one, or several, who ask «кто звонит?».

    One statement, or none.
    """
    if sum(character.isdigit() for character in number) < SHORTEST:
        return []
    contacts = Contact.objects.filter(normalized=FoldContact(Value(number)))
    owners = contacts.order_by("counterparty").values_list("counterparty", flat=True)
    return list(owners.distinct()[:MOST])
