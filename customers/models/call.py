"""What the PBX said of each call."""

import datetime
from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from armclients.kit.folding import FoldContact
from armclients.kit.users import a_user
from customers.models.counterparty import Counterparty
from customers.models.event import Event

# A PBX may lose its last word; nobody rings or talks longer than this.
RINGS_FOR = datetime.timedelta(minutes=5)
TALKS_FOR = datetime.timedelta(hours=3)


class CallQuerySet(models.QuerySet["Call"]):
    def under_way(self, at: datetime.datetime) -> "CallQuerySet":
        """Rings or is talked at this moment."""
        rings = Q(state=Call.State.RINGING, started_at__gt=at - RINGS_FOR)
        return self.filter(rings | Q(state=Call.State.ANSWERED, started_at__gt=at - TALKS_FOR))

    def on_the_line_of(self, user: Any) -> "CallQuerySet":
        """The user's own: theirs to answer while it rings, theirs once they have answered."""
        own = Q(user=user)
        if user.phone_line:
            own |= Q(state=Call.State.RINGING, ringing_lines__contains=[user.phone_line])
        return self.filter(own)


class Call(models.Model):
    """Звонок: one call from its first ring on. Its facts follow from what the PBX `said`."""

    class Direction(models.TextChoices):
        IN = "in", _("Incoming")
        OUT = "out", _("Outgoing")

    class State(models.TextChoices):
        RINGING = "ringing", _("Ringing")
        ANSWERED = "answered", _("Talking")
        ENDED = "ended", _("Ended")
        MISSED = "missed", _("Missed")

    FINAL = (State.ENDED, State.MISSED)

    provider = models.CharField(_("PBX"), max_length=20)
    external_id = models.CharField(_("identifier at the PBX"), max_length=200)
    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    number = models.CharField(_("number"), max_length=60, blank=True)
    normalized = models.GeneratedField(
        expression=FoldContact("number"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("folded"),
    )
    line = models.CharField(_("telephone line"), max_length=40, blank=True)
    ringing_lines = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, verbose_name=_("lines that rang")
    )
    user = a_user(
        _("user"), db_index=False, related_name="calls", help_text=_("Whose line it was.")
    )
    state = models.CharField(_("state"), max_length=8, choices=State)
    started_at = models.DateTimeField(_("started at"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    transferred_to = models.CharField(_("transferred to"), max_length=40, blank=True)
    recording_url = models.URLField(_("recording"), max_length=500, blank=True)
    counterparties = models.ManyToManyField(
        Counterparty,
        blank=True,
        related_name="calls",
        verbose_name=_("clients"),
        help_text=_("Everybody who has this number, until it is said who called."),
    )
    event = models.OneToOneField(
        Event,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="call",
        verbose_name=_("event"),
    )
    said = models.JSONField(_("words of the PBX"), default=list)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        permissions = [("hear_recording", _("Can hear recordings of calls"))]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "external_id"], name="call_once_per_provider"
            ),
            models.CheckConstraint(
                name="call_times_fit_its_state",
                condition=Q(state="ringing", answered_at=None, ended_at=None)
                | Q(state="answered", answered_at__isnull=False, ended_at=None)
                | Q(state="missed", answered_at=None, ended_at__isnull=False)
                | Q(state="ended", ended_at__isnull=False),
            ),
            models.CheckConstraint(
                name="call_goes_on_after_it_started",
                condition=(Q(answered_at=None) | Q(answered_at__gte=F("started_at")))
                & (Q(ended_at=None) | Q(ended_at__gte=F("started_at"))),
            ),
            models.CheckConstraint(
                name="call_recording_is_https",
                condition=Q(recording_url="") | Q(recording_url__startswith="https://"),
            ),
        ]
        indexes = [
            # The header's current call.
            models.Index(
                fields=["started_at"],
                condition=Q(state__in=["ringing", "answered"]),
                name="call_under_way_idx",
            ),
            # The user's own calls, newest first.
            models.Index(fields=["user", "-started_at"], name="call_of_user_idx"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="only_forward",
                field="state",
                transitions=[
                    ("ringing", "answered"),
                    ("ringing", "missed"),
                    ("ringing", "ended"),
                    ("answered", "ended"),
                    # Late news of an answer.
                    ("missed", "ended"),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()}, {self.number or '—'}"

    @property
    def icon(self) -> str:
        """The sprite's picture of it."""
        if self.state == self.State.MISSED:
            return "telephone-x"
        return "telephone-inbound" if self.is_incoming else "telephone-outbound"

    @property
    def is_over(self) -> bool:
        return self.state in self.FINAL

    @property
    def is_incoming(self) -> bool:
        return self.direction == self.Direction.IN
