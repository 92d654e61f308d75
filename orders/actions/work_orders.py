"""What clients are told of their work orders and orders."""

import datetime
from typing import Any

from django.dispatch import receiver

from customers.actions.messages import not_delivered
from customers.models import OutgoingMessage
from orders.models import CustomerOrder, WorkOrder


def note_told(pk: int, *, at: datetime.datetime) -> bool:
    """The client was told that the work is done or the goods are there.

    False when they are not, or the client was told before.
    """
    completed = WorkOrder.objects.filter(pk=pk, state="completed", notified_at=None)
    arrived = CustomerOrder.objects.filter(pk=pk, state="arrived", notified_at=None)
    return bool(completed.update(notified_at=at) or arrived.update(notified_at=at))


@receiver(not_delivered)
def forget_telling(message: OutgoingMessage, **_kwargs: Any) -> None:
    """The client was not told after all, when it was this message that should have."""
    if message.document_id:
        for model in (WorkOrder, CustomerOrder):
            told = model.objects.filter(pk=message.document_id, notified_at=message.created_at)
            told.update(notified_at=None)
