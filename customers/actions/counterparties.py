"""What is done with clients."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from armclients.kit import clashes
from customers.actions import contacts
from customers.actions.known import hold
from customers.models import Counterparty


@transaction.atomic
def create(*, by: Any, phone: str = "", email: str = "", **facts: Any) -> Counterparty:
    """There is one more client, reached by what is given; with a phone alone it is the name too."""
    customer = Counterparty.objects.create(author=by, **facts)
    if phone:
        contacts.add(customer, kind="mobile", value=phone)
    if email:
        contacts.add(customer, kind="email", value=email)
    return customer


@transaction.atomic
def edit(pk: int, *, seen: Mapping[str, Any], given: Mapping[str, Any]) -> list[str]:
    """The client has what was changed since it was seen so; which fields.

    Raises ClashError when somebody else has changed one of them in another way meanwhile, and
    RefusedError when the client was anonymised.
    """
    hold(pk)
    return clashes.apply(Counterparty.objects.get(pk=pk), seen=seen, given=given)


@transaction.atomic
def flag(
    customer: Counterparty, *, level: str, text: str, until: datetime.date | None, by: Any
) -> None:
    """Whoever opens the client is shown this, until the end of that day or for ever.

    Raises RefusedError when the client was anonymised meanwhile.
    """
    hold(customer.pk)
    customer.attention, customer.attention_text = level, text if level else ""
    customer.attention_until = until if level else None
    customer.attention_author = by if level else None
    customer.save(
        update_fields=["attention", "attention_text", "attention_until", "attention_author"]
    )


def unflag_expired(*, today: datetime.date) -> int:
    """Flags whose last day has passed are gone; how many. The history keeps them."""
    return Counterparty.objects.filter(attention_until__lt=today).update(
        attention="", attention_text="", attention_until=None, attention_author=None
    )
