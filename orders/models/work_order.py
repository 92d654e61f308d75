"""Work on a vehicle."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from armclients.kit.users import a_user
from orders.lookup import tells_the_board
from orders.models.catalog import RepairKind
from orders.models.document import MONEY, Document


@keeps_history(exclude=("started_at", "completed_at"))
class WorkOrder(Document):
    """Заказ-наряд. Open = neither closed nor refused.

    When work was started and completed follows the states, by trigger. Every hand-over that was
    ever promised stays in the history.
    """

    class ExtraWork(models.TextChoices):
        """What the client wants done about faults that are found meanwhile [law: ПП 780].

        Empty while nobody has asked.
        """

        ASK = "ask", _("ask first")
        WITHIN = "within", _("do it within a sum")
        REFUSE = "refuse", _("do not do it")

    repair_kind = models.ForeignKey(
        RepairKind,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="work_orders",
        verbose_name=_("repair kind"),
    )
    master = a_user(_("master"), related_name="mastered_orders")
    dispatcher = a_user(_("dispatcher"), db_index=False)
    original = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="repeats",
        verbose_name=_("repeats the work of"),
    )
    extra_work_policy = models.CharField(
        _("faults found meanwhile"),
        max_length=6,
        choices=ExtraWork,
        blank=True,
        default="",
        db_default="",
    )
    extra_work_limit = models.DecimalField(
        _("extra works up to, ₽"), null=True, blank=True, **MONEY
    )
    mileage_km = models.PositiveIntegerField(_("mileage, km"), null=True, blank=True)
    planned_handover_at = models.DateTimeField(_("planned hand-over"), null=True, blank=True)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True, editable=False)
    completed_at = models.DateTimeField(_("completed at"), null=True, blank=True, editable=False)
    notified_at = models.DateTimeField(_("client told at"), null=True, blank=True)
    handed_over_at = models.DateTimeField(_("handed over at"), null=True, blank=True)
    handed_over_to = models.CharField(
        _("handed over to"), max_length=200, blank=True, db_default=""
    )

    class Meta:
        verbose_name = _("work order")
        verbose_name_plural = _("work orders")
        triggers = [tells_the_board()]
