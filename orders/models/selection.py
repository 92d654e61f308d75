"""Подбор: what was looked up for a client, offered, and taken or declined."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from armclients.kit.sourced import Sourced, once_per_source
from armclients.kit.users import a_user
from customers.models import Counterparty
from orders.models.catalog import Part
from orders.models.choice import Choice, choice_constraints
from vehicles.models import Vehicle


class Selection(Sourced):
    """One look-up for a client and a vehicle, kept for ever with the prices of its day."""

    counterparty = models.ForeignKey(
        Counterparty,
        models.CASCADE,
        db_index=False,
        related_name="selections",
        verbose_name=_("client"),
    )
    vehicle = models.ForeignKey(
        Vehicle,
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="selections",
        verbose_name=_("vehicle"),
    )
    former = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="taken_up",
        verbose_name=_("takes up"),
    )
    author = a_user(_("author"))
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("selection")
        verbose_name_plural = _("selections")
        constraints = [once_per_source("selection")]
        indexes = [
            # «История подборов» of a client and of a vehicle, newest first.
            models.Index(
                fields=["counterparty", "-created_at", "-id"], name="selection_of_client_idx"
            ),
            models.Index(fields=["vehicle", "-created_at", "-id"], name="selection_of_vehicle_idx"),
        ]

    def __str__(self) -> str:
        return f"{self.counterparty}, {self.created_at:%d.%m.%Y}"

    @property
    def url(self) -> str:
        return reverse("orders_selection:page", args=[self.pk])

    # Of a selection read with its lines.

    @property
    def total(self) -> Decimal:
        """What all that was not declined comes to."""
        wanted = (line for line in self.lines.all() if not line.is_declined)
        return sum((line.amount for line in wanted), Decimal())

    @property
    def offered(self) -> list[int]:
        """The keys of the lines that nothing was decided on yet."""
        return [line.pk for line in self.lines.all() if line.is_offered]


@keeps_history(exclude=("amount",))
class SelectionLine(Choice):
    """What was offered, how much of it was free then, the price before, and what became of it."""

    class Outcome(models.TextChoices):
        OFFERED = "offered", _("Offered")
        TAKEN = "taken", _("Taken")
        DECLINED = "declined", _("Declined")

    selection = models.ForeignKey(
        Selection, models.CASCADE, related_name="lines", verbose_name=_("selection")
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, default=Outcome.OFFERED)
    free = models.DecimalField(
        _("free in stock then"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    former_price = models.DecimalField(
        _("price before"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("selection line")
        verbose_name_plural = _("selection lines")
        constraints = choice_constraints("selectionline")

    @property
    def is_offered(self) -> bool:
        return self.outcome == self.Outcome.OFFERED

    @property
    def is_declined(self) -> bool:
        return self.outcome == self.Outcome.DECLINED


class LostDemand(models.Model):
    """Упущенный спрос: what somebody wanted and did not get from us, and why not."""

    class Why(models.TextChoices):
        UNKNOWN = "unknown", _("Not in the catalogue")
        ABSENT = "absent", _("Not in stock")
        PRICE = "price", _("Too dear")
        TERM = "term", _("Too long to wait")
        OTHER = "other", _("Another reason")

    wanted = models.CharField(_("wanted"), max_length=300)
    part = models.ForeignKey(
        Part, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("part")
    )
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3, default=1)
    why = models.CharField(_("why"), max_length=7, choices=Why, default=Why.OTHER)
    counterparty = models.ForeignKey(
        Counterparty,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="lost_demand",
        verbose_name=_("client"),
    )
    vehicle = models.ForeignKey(
        Vehicle,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("vehicle"),
    )
    author = a_user(_("author"))
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("lost demand")
        verbose_name_plural = _("lost demand")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="lostdemand_quantity_positive")
        ]
        # What to buy, by day.
        indexes = [models.Index(fields=["-created_at", "-id"], name="lostdemand_by_day_idx")]

    def __str__(self) -> str:
        return self.wanted
