"""Messages that send themselves: a template with an occasion is the switch."""

import datetime
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef

from armclients.workstation.messages import values_for
from customers.actions import messages
from customers.messaging.forms import REACHED_BY
from customers.messaging.variables import fill
from customers.models import Contact, Counterparty, MessageTemplate, OutgoingMessage
from customers.models.message import Channel
from orders.actions import work_orders
from orders.models import Branch, Document, Slot, StateChange

logger = logging.getLogger(__name__)

# On the clock of the branch nobody is woken up.
HOURS = range(9, 20)
# A work order completed in the evening is told of in the morning; one of last week is not.
FRESH = datetime.timedelta(days=1)
DAY = datetime.timedelta(days=1)
# No clock is further from UTC than 14 hours: what may be tomorrow somewhere.
SOON = datetime.timedelta(hours=62)
AT_ONCE = 500


@dataclass(frozen=True)
class Due:
    """A document whose client is to be told of an occasion, which has a name of its own."""

    document: int
    branch: Branch
    occasion: str


def remind(*, at: datetime.datetime) -> int:
    """Whoever is to be told something today is; each once. How many messages wait now."""
    told = 0
    templates = MessageTemplate.objects.filter(is_active=True).exclude(occasion="")
    for template in templates.order_by("pk"):
        due = DUE[MessageTemplate.Occasion(template.occasion)](at, template)
        told += sum(_tell(template, each, at=at) for each in due)
    return told


def completed(at: datetime.datetime, template: MessageTemplate) -> Iterator[Due]:
    """Work orders that are done and of which nobody has told the client."""
    done = StateChange.objects.filter(
        document__kind=Document.Kind.WORK_ORDER,
        document__state="completed",
        document__workorder__notified_at=None,
        document__counterparty__isnull=False,
        to_state="completed",
        at__gt=at - FRESH,
    ).select_related("document__branch")
    newest = StateChange.objects.filter(document=OuterRef("document"), pk__gt=OuterRef("pk"))
    for change in done.exclude(Exists(newest)).order_by("pk")[:AT_ONCE]:
        branch = change.document.branch
        yield Due(change.document_id, branch, f"completed-{change.pk}-{template.channel}")


def booked(at: datetime.datetime, template: MessageTemplate) -> Iterator[Due]:
    """Bookings that begin tomorrow, where their branch is."""
    slots = Slot.objects.filter(
        is_held=True,
        request__state__in=("new", "confirmed"),
        request__counterparty__isnull=False,
        start_at__gt=at,
        start_at__lt=at + SOON,
    ).select_related("request__branch")
    for slot in slots.order_by("start_at", "pk"):
        branch = slot.request.branch
        tomorrow = at.astimezone(branch.zone).date() + DAY
        if slot.start_at.astimezone(branch.zone).date() == tomorrow:
            # A booking that was moved is told of again.
            moment = f"{slot.start_at.timestamp():.0f}"
            yield Due(slot.request_id, branch, f"booking-{slot.pk}-{moment}-{template.channel}")


DUE = {
    MessageTemplate.Occasion.COMPLETED: completed,
    MessageTemplate.Occasion.BOOKING: booked,
}


def _tell(template: MessageTemplate, due: Due, *, at: datetime.datetime) -> bool:
    """The message waits; False when it is night there, was told before, or cannot be told."""
    if at.astimezone(due.branch.zone).hour not in HOURS:
        return False
    if OutgoingMessage.objects.filter(key=due.occasion).exists():
        return False
    document = Document.objects.for_lists().get(pk=due.document)
    customer = document.counterparty
    contact = customer and _contact(customer, template.channel)
    if not (customer and contact):
        return False
    values = values_for(customer, document=document, vehicle=None, branch=None)
    try:
        message = messages.queue(
            customer=customer,
            channel=template.channel,
            purpose=template.purpose,
            recipient=contact.address,
            subject=fill(template.subject, values),
            text=fill(template.text, values),
            key=due.occasion,
            template=template,
            document=due.document,
            vehicle=document.vehicle_id,
            by=None,
            at=at,
        )
    except ValidationError as refusal:
        fields = ", ".join(refusal.message_dict)
        logger.info("A reminder of document %s was not written: %s", due.document, fields)
        return False
    work_orders.note_told(due.document, at=message.created_at)
    return True


def _contact(customer: Counterparty, channel: str) -> Contact | None:
    """Where the client reads it: the primary contact of that kind, else the first. Mobiles only."""
    kinds = REACHED_BY[Channel.EMAIL] if channel == Channel.EMAIL else (Contact.Kind.MOBILE,)
    return customer.contacts.filter(kind__in=kinds).usable().in_order().first()
