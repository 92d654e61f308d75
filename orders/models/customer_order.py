"""Goods ordered for a client."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from orders.models.document import Document


@keeps_history()
class CustomerOrder(Document):
    """Заказ покупателя. Unfinished = neither closed nor cancelled."""

    notified_at = models.DateTimeField(_("client told at"), null=True, blank=True)
    expected_on = models.DateField(_("expected on"), null=True, blank=True)

    class Meta:
        verbose_name = _("customer order")
        verbose_name_plural = _("customer orders")
