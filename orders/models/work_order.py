"""Work on a vehicle."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from orders.lookup import tells_the_board
from orders.models.catalog import RepairKind
from orders.models.document import Document


@keeps_history()
class WorkOrder(Document):
    """Заказ-наряд. Open = neither closed nor refused."""

    repair_kind = models.ForeignKey(
        RepairKind,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="work_orders",
        verbose_name=_("repair kind"),
    )
    master = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mastered_orders",
        verbose_name=_("master"),
    )
    mileage_km = models.PositiveIntegerField(_("mileage, km"), null=True, blank=True)
    planned_handover_at = models.DateTimeField(_("planned hand-over"), null=True, blank=True)
    notified_at = models.DateTimeField(_("client told at"), null=True, blank=True)

    class Meta:
        verbose_name = _("work order")
        verbose_name_plural = _("work orders")
        triggers = [tells_the_board()]
