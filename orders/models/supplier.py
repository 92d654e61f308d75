"""Whom the shop buys from on demand, and what they offered last."""

from decimal import ROUND_CEILING, Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from armclients.kit.folding import FoldVehicle
from orders.models.catalog import begins_with, folded
from orders.models.document import MONEY


@keeps_history(exclude=("loaded_at",))
class Supplier(models.Model):
    """Поставщик under order: where their offers come from, and what the shop adds to the price."""

    name = models.CharField(_("name"), max_length=100)
    provider = models.SlugField(
        _("source of offers"),
        max_length=40,
        default="price_list",
        help_text=_("A folder of orders/suppliers; price_list reads a file."),
    )
    markup_percent = models.DecimalField(
        _("markup, %"),
        max_digits=6,
        decimal_places=2,
        default=30,
        validators=[MinValueValidator(0)],
    )
    rounds_to = models.PositiveSmallIntegerField(
        _("round the price up to, ₽"), default=1, validators=[MinValueValidator(1)]
    )
    days = models.PositiveSmallIntegerField(
        _("days to deliver"), default=1, help_text=_("Where the price list does not say.")
    )
    is_active = models.BooleanField(_("active"), default=True)
    loaded_at = models.DateTimeField(_("price list loaded at"), null=True, editable=False)

    class Meta:
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")
        constraints = [
            models.UniqueConstraint(Upper("name"), name="supplier_once"),
            models.CheckConstraint(
                condition=Q(markup_percent__gte=0, rounds_to__gte=1), name="supplier_markup"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def price_of(self, cost: Decimal) -> Decimal:
        """What the client pays for what costs the shop so much."""
        marked_up = cost * (100 + self.markup_percent) / 100
        steps = (marked_up / self.rounds_to).to_integral_value(ROUND_CEILING)
        return steps * self.rounds_to


class SupplierOffer(models.Model):
    """A row of a supplier's price list."""

    supplier = models.ForeignKey(
        Supplier, models.CASCADE, related_name="offers", verbose_name=_("supplier")
    )
    article = models.CharField(_("article"), max_length=60)
    key = folded(FoldVehicle("article"))
    brand = models.CharField(_("manufacturer"), max_length=100, blank=True)
    name = models.CharField(_("name"), max_length=300)
    price = models.DecimalField(_("cost"), **MONEY)
    quantity = models.DecimalField(
        _("quantity"), max_digits=12, decimal_places=3, null=True, blank=True
    )
    days = models.PositiveSmallIntegerField(_("days to deliver"), null=True, blank=True)

    class Meta:
        verbose_name = _("supplier's offer")
        verbose_name_plural = _("suppliers' offers")
        constraints = [
            models.CheckConstraint(condition=Q(price__gte=0), name="supplieroffer_price")
        ]
        indexes = [begins_with("supplieroffer_key_idx", "key")]

    def __str__(self) -> str:
        return f"{self.article} {self.name}"
