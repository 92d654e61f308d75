"""The contact log and the to-do list in one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from armclients.kit.sourced import Sourced, once_per_source
from armclients.kit.users import a_user
from customers.lookup import reports_client
from customers.models.counterparty import Counterparty

# Characters of a text that are read at a glance.
GLANCE = 600
ICONS = {
    "call_in": "telephone-inbound",
    "call_out": "telephone",
    "call_missed": "bell",
    "email": "envelope",
    "visit": "person",
    "task": "clock",
    "complaint": "exclamation-triangle",
}


class EventQuerySet(models.QuerySet["Event"]):
    def new(self) -> "EventQuerySet":
        """Not processed yet."""
        return self.filter(processed_at=None)

    def for_lists(self) -> "EventQuerySet":
        """With whom, about what and by whom: what every list of events shows."""
        return self.select_related(
            "counterparty", "vehicle__model__make", "author", "manager", "processed_by", "call"
        ).defer("call__said")


@keeps_history(exclude=("source", "source_id"))
class Event(Sourced):
    """Событие: a word exchanged with a client, or something to do. New = not processed."""

    class Kind(models.TextChoices):
        CALL_IN = "call_in", _("Incoming call")
        CALL_OUT = "call_out", _("Outgoing call")
        CALL_MISSED = "call_missed", _("Missed call")
        SMS = "sms", _("SMS")
        EMAIL = "email", _("E-mail")
        MESSENGER = "messenger", _("Messenger")
        VISIT = "visit", _("Visit")
        TASK = "task", _("Task")
        WEB = "web", _("Request from the site")
        COMPLAINT = "complaint", _("Complaint")
        OTHER = "other", _("Other")

    # What happens between people, in words; a task is only meant to.
    CONTACTS = (
        Kind.CALL_IN,
        Kind.CALL_OUT,
        Kind.SMS,
        Kind.EMAIL,
        Kind.MESSENGER,
        Kind.VISIT,
        Kind.OTHER,
    )
    # Such as a person may write down; the others come by themselves.
    REGISTERED = (
        Kind.CALL_IN,
        Kind.CALL_OUT,
        Kind.MESSENGER,
        Kind.VISIT,
        Kind.EMAIL,
        Kind.OTHER,
    )

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    counterparty = models.ForeignKey(
        Counterparty,
        models.CASCADE,
        null=True,
        blank=True,
        db_index=False,
        related_name="events",
        verbose_name=_("client"),
    )
    # This floor knows cars and documents by name only.
    vehicle = models.ForeignKey(
        "vehicles.Vehicle",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("vehicle"),
    )
    document = models.ForeignKey(
        "orders.Document",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("document"),
    )
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    result = models.CharField(_("result"), max_length=200, blank=True)
    author = a_user(_("author"), related_name="entered_events")
    manager = a_user(_("responsible"), related_name="events")
    occurred_at = models.DateTimeField(_("occurred at"))
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    processed_at = models.DateTimeField(_("processed at"), null=True, blank=True)
    processed_by = a_user(_("processed by"), related_name="processed_events")

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        permissions = [("view_tasks_of_all", _("Can see the tasks of everybody"))]
        constraints = [once_per_source("event")]
        indexes = [
            # The events tab, newest first; the last contact.
            models.Index(fields=["counterparty", "-occurred_at", "-id"], name="event_feed_idx"),
            # «Мои задачи» and the header's count of new events.
            models.Index(
                fields=["manager", "due_at", "id"],
                condition=Q(processed_at=None),
                name="event_due_of_manager_idx",
            ),
            # The tasks of everybody.
            models.Index(
                fields=["due_at", "id"], condition=Q(processed_at=None), name="event_due_idx"
            ),
            # The search row's flag and the tab's count.
            models.Index(
                fields=["counterparty"],
                condition=Q(processed_at=None),
                name="event_new_of_client_idx",
            ),
        ]
        triggers = reports_client(
            "counterparty_id", watch=("author_id", "manager_id", "processed_at")
        )

    def __str__(self) -> str:
        return self.subject or self.get_kind_display()

    @property
    def icon(self) -> str:
        """The sprite's picture of the kind."""
        return ICONS.get(self.kind, "chat-dots")

    @property
    def is_long(self) -> bool:
        """More than a line of a list should show at once."""
        return len(self.text) > GLANCE

    @property
    def is_new(self) -> bool:
        return self.processed_at is None
