"""Корзина: what a client is choosing and nobody has ordered yet."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, Round
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from armclients.kit.sourced import Sourced, once_per_source
from customers.models import Counterparty
from orders.models.catalog import Part
from orders.models.document import MONEY
from vehicles.models import Vehicle


class Cart(Sourced):
    """An unfinished selection of a client, perhaps for one of their vehicles."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CONVERTED = "converted", _("Converted")
        ABANDONED = "abandoned", _("Abandoned")

    counterparty = models.ForeignKey(
        Counterparty, models.CASCADE, related_name="carts", verbose_name=_("client")
    )
    vehicle = models.ForeignKey(
        Vehicle,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="carts",
        verbose_name=_("vehicle"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("author"),
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("cart")
        verbose_name_plural = _("carts")
        constraints = [once_per_source("cart")]
        indexes = [
            # The cart tab and its count.
            models.Index(
                fields=["counterparty"], condition=Q(state="open"), name="cart_open_of_client_idx"
            )
        ]

    def __str__(self) -> str:
        return f"{self.counterparty}, {self.created_at:%d.%m.%Y}"

    @property
    def total(self) -> Decimal:
        """The sum of the lines, which must have been prefetched."""
        return sum((line.amount for line in self.lines.all()), Decimal())


@keeps_history(exclude=("amount",))
class CartLine(models.Model):
    """A part, or a work by name, with the price of that day."""

    cart = models.ForeignKey(Cart, models.CASCADE, related_name="lines", verbose_name=_("cart"))
    part = models.ForeignKey(
        Part, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("part")
    )
    name = models.CharField(_("name"), max_length=300)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3, default=1)
    price = models.DecimalField(_("price"), default=0, **MONEY)
    amount = models.GeneratedField(
        expression=Round(F("quantity") * F("price"), 2),
        output_field=models.DecimalField(**MONEY),
        db_persist=True,
        verbose_name=_("amount"),
    )

    class Meta:
        verbose_name = _("cart line")
        verbose_name_plural = _("cart lines")
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0, price__gte=0), name="cartline_quantity_and_price"
            )
        ]

    def __str__(self) -> str:
        return self.name
