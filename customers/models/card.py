"""What a client pays: price types and discount cards."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from customers.lookup import reports_client
from customers.models.counterparty import Counterparty


class PriceType(models.Model):
    """Тип цен, for goods or for works."""

    class Scope(models.TextChoices):
        GOODS = "goods", _("goods")
        WORKS = "works", _("works")

    name = models.CharField(_("name"), max_length=100)
    scope = models.CharField(_("scope"), max_length=5, choices=Scope)
    currency = models.CharField(_("currency"), max_length=3, default="RUB")

    class Meta:
        verbose_name = _("price type")
        verbose_name_plural = _("price types")
        constraints = [
            models.UniqueConstraint("scope", models.functions.Upper("name"), name="pricetype_once")
        ]

    def __str__(self) -> str:
        return self.name


@keeps_history()
class DiscountCard(models.Model):
    """Дисконтная карта. Discounts do not add up: the largest wins."""

    number = models.CharField(_("number"), max_length=50, unique=True)
    holder = models.ForeignKey(
        Counterparty, models.CASCADE, related_name="cards", verbose_name=_("holder")
    )
    percent_goods = models.DecimalField(
        _("discount on goods, %"), max_digits=5, decimal_places=2, default=0
    )
    percent_works = models.DecimalField(
        _("discount on works, %"), max_digits=5, decimal_places=2, default=0
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("discount card")
        verbose_name_plural = _("discount cards")
        constraints = [
            models.CheckConstraint(
                condition=Q(percent_goods__range=(0, 100), percent_works__range=(0, 100)),
                name="discountcard_percent_within_100",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="discountcard_ends_after_start"
            ),
        ]
        triggers = reports_client("holder_id", watch=("number",))

    def __str__(self) -> str:
        return self.number
