"""Finding clients by the one index of their search rows, which stand on the roof: hence by name."""

from functools import reduce
from operator import and_, or_
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from customers.identity import name_needles, phone_needles, value_needles
from customers.models import Counterparty


def folded(typed: str) -> tuple[str, str, str]:
    """As a name, as a contact, as a vehicle's number: by the one rule, which is the database's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fold_name(%s), fold_contact(%s), fold_vehicle(%s)", [typed] * 3)
        return cursor.fetchone()


def begins(typed: str) -> QuerySet[Counterparty]:
    """Clients whose name begins so, by name: as many as are asked for are read, and no more."""
    name = folded(typed)[0]
    if not name:
        return Counterparty.objects.none()
    named = Counterparty.objects.filter(search_card__name_key__startswith=name)
    return named.order_by("search_card__name_key", "pk")


def people(typed: str) -> QuerySet[Counterparty]:
    """Clients by name, card, phone or e-mail."""
    name, contact, _vehicle = folded(typed)
    return _with(_holds("names", name_needles(name), and_), _contact(typed, contact))


def clients(typed: str) -> QuerySet[Counterparty]:
    """Clients by name, card, phone, e-mail, or a number of one of their vehicles."""
    name, contact, vehicle = folded(typed)
    return _with(
        _holds("names", name_needles(name), and_),
        _contact(typed, contact),
        _holds("vehicles", value_needles(vehicle), or_),
    )


def _contact(typed: str, contact: str) -> Q:
    return _holds("contacts", phone_needles(typed, contact), or_)


def _holds(column: str, needles: tuple[str, ...], together: Any) -> Q:
    wanted = (Q(**{f"search_card__{column}__contains": needle}) for needle in needles)
    return reduce(together, wanted, Q())


def _with(*one_of: Q) -> QuerySet[Counterparty]:
    wanted = [condition for condition in one_of if condition]
    if not wanted:
        return Counterparty.objects.none()
    return Counterparty.objects.filter(reduce(or_, wanted))
