"""What is offered, sold and billed: estimates, sales, invoices."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from orders.models.document import Document


@keeps_history()
class Estimate(Document):
    """Калькуляция: parts and works priced without starting work.

    A new version is an estimate made from the former one, which stays as it was sent.
    """

    version = models.PositiveSmallIntegerField(
        _("version"), default=1, db_default=1, editable=False
    )
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("estimate")
        verbose_name_plural = _("estimates")


class Sale(Document):
    """Реализация: goods handed over. Made from an order, it is the order's paper."""

    class Meta:
        verbose_name = _("sale")
        verbose_name_plural = _("sales")


@keeps_history()
class Invoice(Document):
    """Счёт на оплату. The money it brings is paid for the document it was made from."""

    pay_until = models.DateField(_("pay until"), null=True, blank=True)

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
