"""What lies in the warehouses, and for whom it is held."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from customers.lookup import reports_to_search
from orders.lookup import (
    CLIENT_OF_LINE,
    counts_stock,
    holds_stock,
    reserve_is_possible,
    supplies_by_reserve,
)
from orders.models.catalog import Part
from orders.models.line import PartLine

QUANTITY: dict[str, Any] = {"max_digits": 12, "decimal_places": 3}


class Warehouse(models.Model):
    """Склад."""

    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("warehouse")
        verbose_name_plural = _("warehouses")
        constraints = [models.UniqueConstraint(Upper("name"), name="warehouse_once")]

    def __str__(self) -> str:
        return self.name


@keeps_history(exclude=("reserved",))
class Stock(models.Model):
    """How much of a part a warehouse has, and how much of that is held.

    `reserved` follows the reserves by trigger; updating it locks the row, so that two clerks
    cannot both take the last piece. `quantity` follows the movements; changed in any other way, it
    leaves one behind.
    """

    part = models.ForeignKey(Part, models.PROTECT, related_name="stock", verbose_name=_("part"))
    warehouse = models.ForeignKey(
        Warehouse, models.PROTECT, related_name="stock", verbose_name=_("warehouse")
    )
    quantity = models.DecimalField(_("quantity"), **QUANTITY)
    reserved = models.DecimalField(_("reserved"), default=0, editable=False, **QUANTITY)

    class Meta:
        verbose_name = _("stock")
        verbose_name_plural = _("stock")
        constraints = [
            models.UniqueConstraint(fields=["part", "warehouse"], name="stock_once"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="stock_not_negative"),
            models.CheckConstraint(
                condition=Q(reserved__lte=F("quantity")), name="stock_reserve_not_above_quantity"
            ),
        ]
        triggers = counts_stock()

    def __str__(self) -> str:
        return f"{self.part} / {self.warehouse}: {self.quantity}"

    @property
    def free(self) -> Decimal:
        """What may still be promised."""
        return self.quantity - self.reserved


@keeps_history()
class Reserve(models.Model):
    """Резерв: a quantity of stock held for a line, never more than is free."""

    line = models.OneToOneField(
        PartLine, models.CASCADE, related_name="reserve", verbose_name=_("line")
    )
    stock = models.ForeignKey(
        Stock, models.PROTECT, related_name="reserves", verbose_name=_("stock")
    )
    quantity = models.DecimalField(_("quantity"), **QUANTITY)

    class Meta:
        verbose_name = _("reserve")
        verbose_name_plural = _("reserves")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="reserve_quantity_positive")
        ]
        triggers = [
            reserve_is_possible(),
            *holds_stock(),
            *supplies_by_reserve(),
            *reports_to_search(CLIENT_OF_LINE),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.quantity}"
