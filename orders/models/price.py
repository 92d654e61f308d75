"""What goods and hours cost, by type of price."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from customers.models import PriceType
from orders.models.catalog import Labor, Part

MONEY: dict[str, Any] = {"max_digits": 14, "decimal_places": 2}


@keeps_history()
class PartPrice(models.Model):
    """The price of a part for those who have this price type; all others pay the part's own."""

    part = models.ForeignKey(
        Part, models.CASCADE, db_index=False, related_name="prices", verbose_name=_("part")
    )
    price_type = models.ForeignKey(
        PriceType,
        models.PROTECT,
        related_name="+",
        limit_choices_to={"scope": "goods"},
        verbose_name=_("price type"),
    )
    price = models.DecimalField(_("price"), **MONEY)

    class Meta:
        verbose_name = _("price of a part")
        verbose_name_plural = _("prices of parts")
        constraints = [
            models.UniqueConstraint(fields=["part", "price_type"], name="partprice_once"),
            models.CheckConstraint(condition=Q(price__gte=0), name="partprice_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.part}, {self.price_type}: {self.price}"


@keeps_history()
class HourPrice(models.Model):
    """Стоимость нормо-часа: of one labour or of all, for one price type or as the standard."""

    labor = models.ForeignKey(
        Labor,
        models.CASCADE,
        null=True,
        blank=True,
        db_index=False,
        related_name="hour_prices",
        verbose_name=_("labour"),
        help_text=_("Empty: of all that have no price of their own."),
    )
    price_type = models.ForeignKey(
        PriceType,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"scope": "works"},
        verbose_name=_("price type"),
        help_text=_("Empty: the standard price."),
    )
    price = models.DecimalField(_("price of a norm-hour"), **MONEY)

    class Meta:
        verbose_name = _("price of a norm-hour")
        verbose_name_plural = _("prices of norm-hours")
        constraints = [
            models.UniqueConstraint(
                fields=["labor", "price_type"], nulls_distinct=False, name="hourprice_once"
            ),
            models.CheckConstraint(condition=Q(price__gte=0), name="hourprice_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.labor or _('all labour')}, {self.price_type or _('standard')}: {self.price}"
