"""Whom to call and why: a list that the background worker makes anew each morning."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from armclients.models.user import User
from customers.models import Counterparty
from vehicles.models import Vehicle


class CallTarget(models.Model):
    """A client whose vehicle is due or still needs what was put off, whose tires lie too long, or
    who has not come for long.

    Written by armclients/sql/call_targets.sql, but for what the last call came to: until
    `rests_until` nobody calls again. `may_advertise` is of the morning; whoever withdraws the
    consent later is found out when the list is read. A call about the client's own tires is no
    advertising: it needs no consent.
    """

    class Why(models.TextChoices):
        DATE = "date", _("service is due by date")
        MILEAGE = "mileage", _("service is due by mileage")
        PUT_OFF = "put_off", _("deferred works")
        ABSENT = "absent", _("has not come for long")
        STORAGE = "storage", _("storage of tires is overdue")

    customer = models.ForeignKey(
        Counterparty,
        models.CASCADE,
        db_index=False,
        related_name="call_targets",
        verbose_name=_("client"),
    )
    vehicle = models.ForeignKey(
        Vehicle,
        models.CASCADE,
        null=True,
        related_name="call_targets",
        verbose_name=_("vehicle"),
    )
    why = models.CharField(_("why"), max_length=7, choices=Why)
    due_on = models.DateField(_("due on"))
    last_visit_on = models.DateField(_("last visit"))
    km_per_day = models.PositiveIntegerField(_("km a day"), null=True)
    forecast_km = models.PositiveIntegerField(_("mileage by now"), null=True)
    manager = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("manager"),
    )
    may_advertise = models.BooleanField(_("agreed to advertising"))
    rests_until = models.DateField(_("no calls until"), null=True)
    called_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name=_("called by"),
    )
    called_at = models.DateTimeField(_("called at"), null=True)
    result = models.CharField(_("result"), max_length=200, blank=True, db_default="")

    class Meta:
        verbose_name = _("call target")
        verbose_name_plural = _("call list")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "vehicle"], nulls_distinct=False, name="calltarget_once"
            )
        ]
        indexes = [
            # The list, latest due first, with and without a consent.
            models.Index(fields=["may_advertise", "-due_on", "-id"], name="calltarget_due_idx"),
            # Those who have not come for long: they are due before everybody else.
            models.Index(
                fields=["may_advertise", "-due_on", "-id"],
                condition=models.Q(why="absent"),
                name="calltarget_absent_idx",
            ),
            # One's own clients.
            models.Index(
                fields=["manager", "may_advertise", "-due_on", "-id"],
                name="calltarget_of_manager_idx",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer}: {self.get_why_display()}"

    @property
    def is_absent(self) -> bool:
        return self.why == self.Why.ABSENT

    @property
    def is_about_storage(self) -> bool:
        return self.why == self.Why.STORAGE

    def rests(self, today: datetime.date) -> bool:
        """Whether a recent call says to wait."""
        return bool(self.rests_until and self.rests_until > today)
