"""What is done with clients."""

import datetime
from typing import Any

from django.db import transaction

from customers.models import Counterparty


@transaction.atomic
def flag(
    customer: Counterparty, *, level: str, text: str, until: datetime.date | None, by: Any
) -> None:
    """Whoever opens the client is shown this, until the end of that day or for ever."""
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
