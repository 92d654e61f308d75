"""What happens to work orders."""

import datetime
from typing import Any

from django.dispatch import receiver

from customers.actions.messages import not_delivered
from customers.models import OutgoingMessage
from orders.models import WorkOrder


def note_told(pk: int, *, at: datetime.datetime) -> bool:
    """The client was told that the work is done; False when it is not, or they were before."""
    completed = WorkOrder.objects.filter(pk=pk, state="completed", notified_at=None)
    return bool(completed.update(notified_at=at))


@receiver(not_delivered)
def forget_telling(message: OutgoingMessage, **_kwargs: Any) -> None:
    """The client was not told after all, when it was this message that should have."""
    if message.document_id:
        told = WorkOrder.objects.filter(pk=message.document_id, notified_at=message.created_at)
        told.update(notified_at=None)
