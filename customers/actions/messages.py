"""What happens to a message, from being written to being read; every step goes forward."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Value
from django.db.models.functions import Greatest
from django.dispatch import Signal
from django.utils.translation import gettext as _

from customers.actions.known import GONE, still_known
from customers.messaging import optout
from customers.messaging.allowed import why_not
from customers.messaging.bell import ring
from customers.messaging.limits import check_length
from customers.messaging.providers import Report
from customers.messaging.variables import check_names, listed, names_in
from customers.models import Counterparty, Event, MessageTemplate, OutgoingMessage
from customers.models.message import TRANSITIONS, Channel, Purpose
from customers.models.privacy import Consent

State = OutgoingMessage.State
DIGITS = range(10, 16)
LONGEST_ERROR = 300

# Somebody was to be told and was not: `message`. Sent within the transaction.
not_delivered = Signal()


def queue(
    *,
    customer: Counterparty,
    channel: str,
    purpose: str,
    recipient: str,
    text: str,
    key: str,
    by: Any,
    at: datetime.datetime,
    subject: str = "",
    template: MessageTemplate | None = None,
    document: int | None = None,
    vehicle: int | None = None,
) -> OutgoingMessage:
    """The message waits to be sent and stands in the client's feed; with this key only once.

    Raises ValidationError, whose sentences stand at the fields of the same names.
    """
    if known := OutgoingMessage.objects.filter(key=key).first():
        return known
    check(
        customer,
        channel=channel,
        purpose=purpose,
        recipient=recipient,
        subject=subject,
        text=text,
    )
    if purpose == Purpose.ADVERTISING:
        text += optout.tail_for(customer.pk)
    try:
        with transaction.atomic():
            if not still_known([customer.pk]):
                raise ValidationError(GONE)
            message = OutgoingMessage.objects.create(
                key=key,
                channel=channel,
                purpose=purpose,
                counterparty=customer,
                document_id=document,
                template=template,
                recipient=recipient,
                subject=subject,
                text=text,
                author=by,
                created_at=at,
                next_attempt_at=at,
            )
            message.event = Event.objects.create(
                kind=channel,
                counterparty=customer,
                vehicle_id=vehicle,
                document_id=document,
                subject=subject or (template.name if template else ""),
                text=text,
                author=by,
                occurred_at=at,
                processed_at=at,
                processed_by=by,
            )
            message.save(update_fields=["event"])
            ring(message.pk)
            return message
    except IntegrityError:
        # Somebody else was as quick with the same key.
        if known := OutgoingMessage.objects.filter(key=key).first():
            return known
        raise


def check(
    customer: Counterparty, *, channel: str, purpose: str, recipient: str, subject: str, text: str
) -> None:
    """The message can be sent and may be sent.

    Raises ValidationError with a sentence for each field.
    """
    is_sms = channel == Channel.SMS
    errors: dict[str, Any] = {}
    try:
        check_recipient(recipient, is_sms=is_sms)
    except ValidationError as error:
        errors["recipient"] = error
    tail = optout.tail_for(customer.pk) if purpose == Purpose.ADVERTISING else ""
    for field, words in (("subject", subject), ("text", text)):
        try:
            check_names(words)
            if missing := names_in(words):
                raise ValidationError(
                    _("There is no value for %(names)s: write it, or take it out.")
                    % {"names": listed(missing)}
                )
            check_length(words + (tail if field == "text" else ""), is_sms=is_sms)
        except ValidationError as error:
            errors[field] = error
    if not text.strip():
        errors["text"] = _("The text is empty.")
    if not is_sms and not subject.strip():
        errors["subject"] = _("A letter needs a subject.")
    if reason := why_not(customer, purpose=purpose):
        errors["purpose"] = reason
    if errors:
        raise ValidationError(errors)


def check_recipient(recipient: str, *, is_sms: bool) -> None:
    if not is_sms:
        validate_email(recipient)
    elif not (recipient.isascii() and recipient.isdigit() and len(recipient) in DIGITS):
        raise ValidationError(_("This is no phone that an SMS could be sent to."))


@transaction.atomic
def begin(pk: int, *, provider: str, at: datetime.datetime) -> OutgoingMessage | None:
    """An attempt has begun, and is known of whatever happens; nothing when there is none to make.

    Whether the client may be written to is asked again: a consent may be withdrawn meanwhile.
    """
    message = _locked(pk)
    if message is None or message.state not in (State.QUEUED, State.SENDING):
        return None
    if reason := why_not(message.counterparty, purpose=message.purpose):
        _fail(message, reason, at=at)
        return None
    message.state, message.provider = State.SENDING, provider
    message.attempts += 1
    message.handed_at, message.next_attempt_at = None, at
    message.save(update_fields=["state", "provider", "attempts", "handed_at", "next_attempt_at"])
    return message


def hand_over(pk: int, *, at: datetime.datetime) -> None:
    """From here on the message may have gone out, whatever becomes of us."""
    OutgoingMessage.objects.filter(pk=pk, state=State.SENDING).update(handed_at=at)


@transaction.atomic
def postpone(pk: int, words: str, *, until: datetime.datetime, may_be_out: bool) -> None:
    """It did not work, and is tried again then."""
    message = _locked(pk)
    if message is None or message.state != State.SENDING:
        return
    message.error, message.next_attempt_at = words[:LONGEST_ERROR], until
    if not may_be_out:
        message.handed_at = None
    message.save(update_fields=["error", "next_attempt_at", "handed_at"])
    ring(pk, at=until)


@transaction.atomic
def taken(
    pk: int, *, provider_id: str, at: datetime.datetime, ask_at: datetime.datetime | None
) -> None:
    """The provider has it; what becomes of it will be reported, or asked then."""
    message = _locked(pk)
    if message is None or message.state != State.SENDING:
        return
    message.state, message.sent_at, message.error = State.SENT, at, ""
    message.provider_id, message.next_attempt_at = provider_id[:100], ask_at
    message.save(update_fields=["state", "sent_at", "error", "provider_id", "next_attempt_at"])
    _tell_feed(message)
    if ask_at:
        ring(pk, at=ask_at)


@transaction.atomic
def ask_again(pk: int, *, at: datetime.datetime | None) -> None:
    """The provider will be asked then what became of it, or never again."""
    OutgoingMessage.objects.filter(pk=pk, state=State.SENT).update(next_attempt_at=at)
    if at:
        ring(pk, at=at)


@transaction.atomic
def give_up(pk: int, words: str, *, at: datetime.datetime) -> None:
    """It was not sent and will not be; somebody has to call, if it was about an order."""
    message = _locked(pk)
    if message and message.state in (State.QUEUED, State.SENDING):
        _fail(message, words, at=at)


def reported(reports: Iterable[Report], *, provider: str, at: datetime.datetime) -> None:
    """What the provider says is so. Said twice, late or out of order, it changes nothing."""
    for report in reports:
        with transaction.atomic():
            message = _named(report, provider)
            if message and (message.state, report.state) in TRANSITIONS:
                _report(message, report, at=at)


def _named(report: Report, provider: str) -> OutgoingMessage | None:
    messages = OutgoingMessage.objects.select_for_update().filter(provider=provider)
    if report.uid:
        try:
            return messages.filter(uid=report.uid).first()
        except ValidationError:  # no name of ours
            return None
    return messages.filter(provider_id=report.provider_id).exclude(provider_id="").first()


def _report(message: OutgoingMessage, report: Report, *, at: datetime.datetime) -> None:
    if report.state == State.FAILED:
        _fail(message, report.error, at=at)
        return
    message.state, message.error = report.state, ""
    message.sent_at = message.sent_at or at
    message.provider_id = message.provider_id or report.provider_id
    message.next_attempt_at = None
    if report.state == State.DELIVERED:
        message.delivered_at = at
    message.save(
        update_fields=[
            *("state", "error", "sent_at", "provider_id", "delivered_at", "next_attempt_at")
        ]
    )
    _tell_feed(message)


@transaction.atomic
def again(message: OutgoingMessage, *, by: Any, at: datetime.datetime) -> OutgoingMessage:
    """The same words to the same person once more, as a message of its own; asked twice, once.

    Raises ValidationError where they may not be sent (any more).
    """
    text = message.text
    if message.is_advertising:
        text = text.removesuffix(optout.tail_for(message.counterparty_id))
    return queue(
        customer=message.counterparty,
        channel=message.channel,
        purpose=message.purpose,
        recipient=message.recipient,
        subject=message.subject,
        text=text,
        key=f"again-{message.pk}",
        template=message.template,
        document=message.document_id,
        vehicle=message.event.vehicle_id if message.event else None,
        by=by,
        at=at,
    )


@transaction.atomic
def opt_out(customer: Counterparty, *, kind: str, at: datetime.datetime) -> bool:
    """The client gets no more advertising, and it is written down how they said so.

    False when there was nothing to withdraw.
    """
    consents = customer.consents.live(purpose=Consent.Purpose.ADVERTISING)
    if not consents.update(withdrawn_at=Greatest("given_at", Value(at))):
        return False
    Event.objects.create(
        kind=kind,
        counterparty=customer,
        subject=_("No more advertising"),
        result=_("The consent to advertising is withdrawn"),
        occurred_at=at,
        processed_at=at,
    )
    return True


@transaction.atomic
def received(phone: str, text: str, *, at: datetime.datetime) -> None:
    """A client's SMS stands in the feed; «СТОП» ends advertising for everyone on that phone."""
    customers = Counterparty.objects.filter(contacts__normalized=phone, contacts__kind="mobile")
    known = still_known(customers.values("pk"))
    for customer in Counterparty.objects.filter(pk__in=known).order_by("pk"):
        if optout.is_meant(text):
            opt_out(customer, kind=Event.Kind.SMS, at=at)
        else:
            Event.objects.create(
                kind=Event.Kind.SMS,
                counterparty=customer,
                subject=_("SMS from the client"),
                text=text,
                manager=customer.manager,
                occurred_at=at,
            )


def _locked(pk: int) -> OutgoingMessage | None:
    return (
        OutgoingMessage.objects.select_for_update(of=("self",))
        .select_related("counterparty__manager", "event", "author")
        .filter(pk=pk)
        .first()
    )


def _fail(message: OutgoingMessage, words: str, *, at: datetime.datetime) -> None:
    message.state, message.error = State.FAILED, words[:LONGEST_ERROR]
    message.next_attempt_at = None
    message.save(update_fields=["state", "error", "next_attempt_at"])
    _tell_feed(message)
    if message.purpose == Purpose.SERVICE:
        plan_a_call(message, at=at)
    not_delivered.send(OutgoingMessage, message=message)


def plan_a_call(message: OutgoingMessage, *, at: datetime.datetime) -> None:
    """Whoever wrote it, or looks after the client, is to say it by phone."""
    client = message.counterparty
    Event.objects.create(
        kind=Event.Kind.TASK,
        counterparty=client,
        vehicle_id=message.event.vehicle_id if message.event else None,
        document_id=message.document_id,
        subject=_("Call: %(what)s was not delivered") % {"what": message},
        text=f"{message.error}\n\n{message.text}",
        manager=message.author or client.manager,
        occurred_at=at,
        due_at=at,
    )


def _tell_feed(message: OutgoingMessage) -> None:
    """The feed says what became of it."""
    if message.event:
        told = f"{message.get_state_display()}: {message.error}".rstrip(": ")
        message.event.result = told[:200]
        message.event.save(update_fields=["result"])
