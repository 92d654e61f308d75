"""Messages of the demo shop in every state; two of them wait for the worker and arrive by it."""

import datetime

from armclients.models import User
from customers.actions import messages
from customers.messaging.providers import Report
from customers.models import Contact, MessageTemplate, OutgoingMessage
from orders.models import WorkOrder

# How long ago, what became of it, in whose words
SENT = (
    (0, "queued", ""),
    (0, "queued", ""),
    (3, "delivered", ""),
    (5, "delivered", ""),
    (26, "delivered", ""),
    (7, "sent", ""),
    (28, "failed", "Абонент не найден"),
    (2, "failed", "Телефон выключен более суток"),
)


def write(now: datetime.datetime) -> None:
    """Clients of work orders that are in work or done have been written to."""
    template = MessageTemplate.objects.get(channel="sms", name="Автомобиль готов")
    author = User.objects.filter(groups__name="advisor").order_by("pk").first()
    reached = Contact.objects.filter(
        kind=Contact.Kind.MOBILE, counterparty__documents__workorder__isnull=False
    ).exclude(counterparty__source_id__startswith="seed")
    contacts = reached.order_by("counterparty", "pk").distinct("counterparty")[: len(SENT)]
    for (hours, state, error), contact in zip(SENT, contacts, strict=False):
        at = now - datetime.timedelta(hours=hours)
        client = contact.counterparty
        order = (
            WorkOrder.objects.filter(counterparty=client)
            .select_related("vehicle__model__make", "branch")
            .latest("date", "pk")
        )
        message = messages.queue(
            customer=client,
            channel="sms",
            purpose="service",
            recipient=contact.normalized,
            text=f"{client.name}, ваш автомобиль готов. {order.branch.name}",
            key=f"demo-{order.number}",
            template=template,
            document=order.pk,
            vehicle=order.vehicle_id,
            by=author,
            at=at,
        )
        if state != "queued":
            become(message, state, error, at=at)


def become(message: OutgoingMessage, state: str, error: str, *, at: datetime.datetime) -> None:
    """The message has gone the way that such messages go."""
    messages.begin(message.pk, provider="file", at=at)
    messages.taken(message.pk, provider_id=message.uid.hex, at=at, ask_at=None)
    report = Report(state, error, uid=message.uid.hex)
    messages.reported([report], provider="file", at=at + datetime.timedelta(minutes=1))
