"""Отложенные работы: what a vehicle still needs, whoever owns it by then."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from armclients.kit.audit import keeps_history
from armclients.kit.sourced import Sourced, once_per_source
from armclients.kit.users import a_user
from orders import states
from orders.models.catalog import Labor, Part
from orders.models.document import MONEY, Document
from vehicles.models import Vehicle


class DeferredWorkQuerySet(models.QuerySet["DeferredWork"]):
    def waiting(self) -> "DeferredWorkQuerySet":
        """Neither dropped nor in a document that still counts; an estimate only offers it."""
        nobody_does = (
            Q(done_by=None)
            | Q(done_by__state__in=states.VOID)
            | Q(done_by__kind=Document.Kind.ESTIMATE)
        )
        return self.filter(nobody_does, dropped_at=None)

    def for_lists(self) -> "DeferredWorkQuerySet":
        """With where it was noted, by whom, and what takes care of it."""
        return self.select_related("part", "labor", "document", "author", "done_by", "dropped_by")


@keeps_history(exclude=("source", "source_id"))
class DeferredWork(Sourced):
    """A recommendation, or a line that the client declined. It stays with the vehicle.

    Whether it is done follows from the document that took it: a refused one gives it back, so that
    nothing has to be written when a document's state changes.
    """

    class Origin(models.TextChoices):
        RECOMMENDED = "recommended", _("recommended")
        DECLINED = "declined", _("declined by the client")

    vehicle = models.ForeignKey(
        Vehicle,
        models.CASCADE,
        db_index=False,
        related_name="deferred_works",
        verbose_name=_("vehicle"),
    )
    origin = models.CharField(
        _("origin"), max_length=11, choices=Origin, default=Origin.RECOMMENDED
    )
    name = models.CharField(pgettext_lazy("deferred work", "what"), max_length=300)
    code = models.CharField(_("code"), max_length=40, blank=True)
    norm_hours = models.DecimalField(
        _("norm-hours"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    labor = models.ForeignKey(
        Labor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deferred_works",
        verbose_name=_("labour"),
    )
    part = models.ForeignKey(
        Part,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="deferred_works",
        verbose_name=_("part"),
    )
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3, default=1)
    price = models.DecimalField(_("price"), default=0, **MONEY)
    document = models.ForeignKey(
        Document,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="deferred_works",
        verbose_name=_("noted in"),
    )
    noted_at = models.DateTimeField(_("noted at"))
    author = a_user(_("author"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_km = models.PositiveIntegerField(_("due at, km"), null=True, blank=True)
    done_by = models.ForeignKey(
        Document,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="taken_works",
        verbose_name=_("done by"),
    )
    dropped_at = models.DateTimeField(_("dropped at"), null=True, blank=True)
    dropped_by = a_user(_("dropped by"))
    why = models.CharField(_("why"), max_length=300, blank=True)

    objects = DeferredWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("deferred work")
        verbose_name_plural = _("deferred works")
        constraints = [
            once_per_source("deferredwork"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, price__gte=0), name="deferredwork_quantity_and_price"
            ),
            models.CheckConstraint(
                condition=Q(dropped_at=None) | ~Q(why=""), name="deferredwork_dropped_for_a_reason"
            ),
        ]
        indexes = [
            # What a vehicle still needs: on its page, on the card, before a new work order.
            models.Index(
                fields=["vehicle", "-noted_at"],
                condition=Q(dropped_at=None),
                name="deferredwork_of_vehicle_idx",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def amount(self) -> Decimal:
        return (self.quantity * self.price).quantize(Decimal("0.01"))

    @property
    def is_offered(self) -> bool:
        """An estimate that still counts offers it to the client."""
        return self._is_in_hand and self.done_by.kind == Document.Kind.ESTIMATE  # type: ignore[union-attr]

    @property
    def is_waiting(self) -> bool:
        return self.dropped_at is None and (not self._is_in_hand or self.is_offered)

    @property
    def _is_in_hand(self) -> bool:
        return self.done_by is not None and self.done_by.state not in states.VOID

    @property
    def is_done(self) -> bool:
        return self.done_by is not None and self.done_by.state in {"completed", "closed"}

    @property
    def is_dangerous(self) -> bool:
        """The defect behind it makes driving dangerous; read with the work by the queries."""
        defect = getattr(self, "defect", None)
        return defect is not None and defect.severity == "dangerous"
