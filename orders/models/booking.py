"""Repair requests and plans, and the bays they hold."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from armclients.kit.folding import FoldContact
from armclients.kit.users import a_user
from customers.lookup import reports_to_search
from orders.lookup import CLIENT_OF_SLOT, holds_bay
from orders.models.branch import Branch
from orders.models.catalog import RepairKind
from orders.models.document import Document


class TimeRange(Func):
    function = "tstzrange"
    output_field = DateTimeRangeField()


class Bay(models.Model):
    """Пост: a place where one vehicle is worked on at a time."""

    name = models.CharField(_("name"), max_length=100)
    branch = models.ForeignKey(
        Branch, models.CASCADE, related_name="bays", verbose_name=_("branch")
    )

    class Meta:
        verbose_name = _("bay")
        verbose_name_plural = _("bays")
        constraints = [
            models.UniqueConstraint("branch", models.functions.Upper("name"), name="bay_once")
        ]

    def __str__(self) -> str:
        return self.name


@keeps_history()
class RepairRequest(Document):
    """Заявка на ремонт or План ремонта. The customer may be free text, before there is a card."""

    class Operation(models.TextChoices):
        REQUEST = "request", _("Repair request")
        PLAN = "plan", _("Repair plan")

    class Stay(models.TextChoices):
        """What becomes of the client and the car while the work is done."""

        UNKNOWN = "", _("not said")
        WAITS = "waits", _("the client waits")
        LEAVES = "leaves", _("leaves the car")
        TOW = "tow", _("comes on a tow truck")
        LOANER = "loaner", _("takes a replacement car")

    operation = models.CharField(
        _("operation"), max_length=8, choices=Operation, default=Operation.REQUEST
    )
    customer_text = models.CharField(_("customer, as told"), max_length=200, blank=True)
    contact_phone = models.CharField(_("phone, as told"), max_length=100, blank=True)
    contact_phone_folded = models.GeneratedField(
        expression=FoldContact("contact_phone"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("phone, folded"),
    )
    vehicle_text = models.CharField(_("vehicle, as told"), max_length=200, blank=True)
    stay = models.CharField(
        _("the client and the car"), max_length=6, choices=Stay, blank=True, default=Stay.UNKNOWN
    )
    repair_kind = models.ForeignKey(
        RepairKind,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("repair kind"),
    )
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("repair request")
        verbose_name_plural = _("repair requests")

    @property
    def title(self) -> str:
        """«Заявка на ремонт ЦОА0000001»."""
        return f"{self.get_operation_display()} {self.number}"

    @property
    def who(self) -> str:
        """The client by card, else as told."""
        return self.counterparty.name if self.counterparty else self.customer_text

    @property
    def what(self) -> str:
        """The car by card, else as told."""
        return self.vehicle.title if self.vehicle else self.vehicle_text


@keeps_history(exclude=("is_held",))
class Slot(models.Model):
    """A bay and, if known, a master held from–until. Cancelled and missed requests hold nothing.

    Its history is the history of moves.
    """

    request = models.ForeignKey(
        RepairRequest, models.CASCADE, related_name="slots", verbose_name=_("request")
    )
    bay = models.ForeignKey(
        Bay, models.PROTECT, null=True, blank=True, related_name="slots", verbose_name=_("bay")
    )
    master = a_user(_("master"), related_name="slots")
    start_at = models.DateTimeField(_("from"))
    end_at = models.DateTimeField(_("until"))
    # Follows the request's state by trigger.
    is_held = models.BooleanField(_("holds the bay"), default=True, editable=False)

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        constraints = [
            models.CheckConstraint(
                condition=Q(end_at__gt=F("start_at")), name="slot_ends_after_start"
            ),
            *(
                ExclusionConstraint(
                    name=f"slot_no_overlap_on_{scarce}",
                    expressions=[
                        (scarce, RangeOperators.EQUAL),
                        (TimeRange("start_at", "end_at"), RangeOperators.OVERLAPS),
                    ],
                    condition=Q(is_held=True),
                )
                for scarce in ("bay", "master")
            ),
        ]
        indexes = [
            # The bookings of a day.
            models.Index(fields=["start_at"], name="slot_of_day_idx")
        ]
        triggers = [
            holds_bay(),
            *reports_to_search(CLIENT_OF_SLOT),
        ]

    def __str__(self) -> str:
        return f"{self.bay or ''} {self.start_at:%Y-%m-%d %H:%M}"
