"""What the shop writes to its clients: the words kept for it, and every message that went out."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from armclients.kit.users import a_user
from customers.messaging.variables import check_names
from customers.models.counterparty import Counterparty
from customers.models.event import Event


class Channel(models.TextChoices):
    SMS = "sms", _("SMS")
    EMAIL = "email", _("E-mail")


class Purpose(models.TextChoices):
    """Service: about the client's own order. Advertising needs a consent."""

    SERVICE = "service", _("about the order")
    ADVERTISING = "advertising", _("advertising")


# Forward only; a phone that has the message is right against any failure said before.
TRANSITIONS = (
    ("queued", "sending"),
    ("queued", "failed"),
    ("sending", "sent"),
    ("sending", "delivered"),
    ("sending", "failed"),
    ("sent", "delivered"),
    ("sent", "failed"),
    ("failed", "delivered"),
)


class MessageTemplate(models.Model):
    """Шаблон сообщения: words with variables; with an occasion it sends itself."""

    class Occasion(models.TextChoices):
        NONE = "", pgettext_lazy("occasion", "never")
        BOOKED = "booked", _("when a booking is made or moved")
        BOOKING = "booking", _("the day before a booking")
        COMPLETED = "completed", _("when a work order is completed")
        STORAGE = "storage", _("when the season of stored tires comes")

    name = models.CharField(_("name"), max_length=100)
    channel = models.CharField(_("channel"), max_length=5, choices=Channel, default=Channel.SMS)
    purpose = models.CharField(
        _("purpose"), max_length=11, choices=Purpose, default=Purpose.SERVICE
    )
    subject = models.CharField(
        _("subject"),
        max_length=200,
        blank=True,
        validators=[check_names],
        help_text=_("Of a letter."),
    )
    text = models.TextField(_("text"), validators=[check_names])
    occasion = models.CharField(
        _("sends itself"), max_length=9, choices=Occasion, blank=True, default=Occasion.NONE
    )
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("message template")
        verbose_name_plural = _("message templates")
        constraints = [
            models.UniqueConstraint(
                "channel", models.functions.Upper("name"), name="template_once"
            ),
            models.UniqueConstraint(
                fields=["channel", "occasion"],
                condition=Q(is_active=True) & ~Q(occasion=""),
                name="template_one_an_occasion",
            ),
            models.CheckConstraint(condition=~Q(text__regex=r"^\s*$"), name="template_has_a_text"),
        ]

    def __str__(self) -> str:
        return self.name


class OutgoingMessageQuerySet(models.QuerySet["OutgoingMessage"]):
    def on_their_way(self) -> "OutgoingMessageQuerySet":
        """Neither taken by a provider nor given up."""
        return self.filter(state__in=("queued", "sending"))


class OutgoingMessage(models.Model):
    """СМС or письмо. The row is the order to send it; jobs of the worker only wake it up.

    `sending` begins before the provider is called. `handed_at` is written immediately before what
    cannot be taken back: a message found with it and without an outcome may have gone out.
    """

    class State(models.TextChoices):
        QUEUED = "queued", pgettext_lazy("message", "waits")
        SENDING = "sending", pgettext_lazy("message", "is being sent")
        SENT = "sent", pgettext_lazy("message", "sent")
        DELIVERED = "delivered", pgettext_lazy("message", "delivered")
        FAILED = "failed", pgettext_lazy("message", "not delivered")

    uid = models.UUIDField(_("our name for it"), default=uuid.uuid4, editable=False)
    key = models.CharField(
        _("key"),
        max_length=80,
        unique=True,
        editable=False,
        help_text=_("What may be sent only once has one key."),
    )
    channel = models.CharField(_("channel"), max_length=5, choices=Channel)
    purpose = models.CharField(_("purpose"), max_length=11, choices=Purpose)
    counterparty = models.ForeignKey(
        Counterparty,
        models.CASCADE,
        db_index=False,
        related_name="messages",
        verbose_name=_("client"),
    )
    # This floor knows documents by name only; the vehicle stands at the event.
    document = models.ForeignKey(
        "orders.Document",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("document"),
    )
    event = models.OneToOneField(
        Event,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="message",
        verbose_name=_("event"),
    )
    template = models.ForeignKey(
        MessageTemplate,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("template"),
    )
    recipient = models.CharField(_("recipient"), max_length=300)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.QUEUED)
    provider = models.CharField(_("provider"), max_length=20, blank=True)
    provider_id = models.CharField(_("provider's name for it"), max_length=100, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    handed_at = models.DateTimeField(_("handed over"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=300, blank=True)
    author = a_user(_("author"), db_index=False)
    created_at = models.DateTimeField(_("written at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)

    objects = OutgoingMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        permissions = [("send_message", _("Can write SMS and e-mails to clients"))]
        constraints = [
            models.UniqueConstraint(fields=["uid"], name="message_uid_once"),
            models.CheckConstraint(
                condition=Q(state__in=("queued", "sending", "failed")) | Q(sent_at__isnull=False),
                name="message_sent_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="delivered") | Q(delivered_at__isnull=False),
                name="message_delivered_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(text__regex=r"^\s*$") & ~Q(recipient=""),
                name="message_says_something_to_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["counterparty", "-created_at"], name="message_of_client_idx"),
            # What is to be done now, and what was left undone.
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(next_attempt_at__isnull=False),
                name="message_due_idx",
            ),
            # A delivery report names a message as the provider does.
            models.Index(
                fields=["provider_id"], condition=~Q(provider_id=""), name="message_provider_idx"
            ),
        ]
        triggers = [
            pgtrigger.FSM(name="goes_forward", field="state", transitions=list(TRANSITIONS))
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.recipient}"

    @property
    def is_sms(self) -> bool:
        return self.channel == Channel.SMS

    @property
    def is_advertising(self) -> bool:
        return self.purpose == Purpose.ADVERTISING
