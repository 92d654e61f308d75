"""Messages that send themselves: a template with an occasion is the switch."""

import datetime
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from armclients.workstation.messages import values_for
from customers.actions import messages
from customers.messaging.forms import REACHED_BY
from customers.messaging.variables import fill
from customers.models import Contact, Counterparty, MessageTemplate, OutgoingMessage
from customers.models.message import Channel
from orders.actions import work_orders
from orders.models import Branch, Document, Slot, StateChange
from vehicles.models import TireSet
from vehicles.tire_seasons import coming

logger = logging.getLogger(__name__)

# On the clock of the branch nobody is woken up.
HOURS = range(9, 20)
# A work order completed in the evening is told of in the morning; one of last week is not.
FRESH = datetime.timedelta(days=1)
DAY = datetime.timedelta(days=1)
# Whoever comes within the hour needs no message about it.
AT_HAND = datetime.timedelta(hours=1)
# No clock is further from UTC than 14 hours: what may be tomorrow somewhere.
SOON = datetime.timedelta(hours=62)
AT_ONCE = 500


@dataclass(frozen=True)
class Due:
    """A document or a set of tires whose client is to be told of an occasion, which has a name."""

    branch: Branch
    occasion: str
    document: int | None = None
    tires: TireSet | None = None


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
        occasion = f"completed-{change.pk}-{template.channel}"
        yield Due(branch, occasion, document=change.document_id)


def made(at: datetime.datetime, template: MessageTemplate) -> Iterator[Due]:
    """Bookings that were made, or moved, within a day, and that are still to come.

    One for so soon that the client has just been spoken to is left to that word.
    """
    moved = apps.get_model("orders.SlotHistory").objects.filter(
        pgh_obj=OuterRef("pk"), pgh_created_at__gt=at - FRESH, pgh_label="change"
    )
    slots = Slot.objects.filter(
        Q(request__created_at__gt=at - FRESH) | Exists(moved),
        is_held=True,
        request__state__in=("new", "confirmed"),
        request__counterparty__isnull=False,
        start_at__gt=at + AT_HAND,
    ).select_related("request__branch")
    for slot in slots.order_by("start_at", "pk")[:AT_ONCE]:
        moment = f"{slot.start_at.timestamp():.0f}"
        occasion = f"booked-{slot.pk}-{moment}-{template.channel}"
        yield Due(slot.request.branch, occasion, document=slot.request_id)


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
            occasion = f"booking-{slot.pk}-{moment}-{template.channel}"
            yield Due(branch, occasion, document=slot.request_id)


def storage(at: datetime.datetime, template: MessageTemplate) -> Iterator[Due]:
    """Sets that lie here while the season they are for comes; each once a season."""
    branch = Branch.objects.order_by("pk").first()
    if branch is None:
        return
    today = at.astimezone(branch.zone).date()
    for season in coming(today):
        occasion = f"-{season}-{today.year}-{template.channel}"
        told = OutgoingMessage.objects.filter(
            key=Concat(Value("storage-"), Cast(OuterRef("pk"), CharField()), Value(occasion))
        )
        sets = TireSet.objects.here().for_lists().filter(season=season).exclude(Exists(told))
        for kept in sets.order_by("pk")[:AT_ONCE]:
            yield Due(branch, f"storage-{kept.pk}{occasion}", tires=kept)


DUE = {
    MessageTemplate.Occasion.COMPLETED: completed,
    MessageTemplate.Occasion.BOOKED: made,
    MessageTemplate.Occasion.BOOKING: booked,
    MessageTemplate.Occasion.STORAGE: storage,
}


def _tell(template: MessageTemplate, due: Due, *, at: datetime.datetime) -> bool:
    """The message waits; False when it is night there, was told before, or cannot be told."""
    if at.astimezone(due.branch.zone).hour not in HOURS:
        return False
    if OutgoingMessage.objects.filter(key=due.occasion).exists():
        return False
    document = Document.objects.for_lists().get(pk=due.document) if due.document else None
    about = document or due.tires
    customer = due.tires.depositor if due.tires else document and document.counterparty
    contact = customer and _contact(customer, template.channel)
    if not (about and customer and contact):
        return False
    vehicle = due.tires.vehicle if due.tires else None
    values = values_for(customer, document=document, vehicle=vehicle, branch=due.branch)
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
            vehicle=about.vehicle_id,
            by=None,
            at=at,
        )
    except ValidationError as refusal:
        fields = ", ".join(refusal.message_dict)
        logger.info("The reminder %s was not written: %s", due.occasion, fields)
        return False
    if due.document:
        work_orders.note_told(due.document, at=message.created_at)
    return True


def _contact(customer: Counterparty, channel: str) -> Contact | None:
    """Where the client reads it: the primary contact of that kind, else the first. Mobiles only."""
    kinds = REACHED_BY[Channel.EMAIL] if channel == Channel.EMAIL else (Contact.Kind.MOBILE,)
    return customer.contacts.filter(kind__in=kinds).usable().in_order().first()
