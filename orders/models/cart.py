"""Корзина: what a client is choosing and nobody has ordered yet."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from armclients.kit.sourced import Sourced, once_per_source
from armclients.kit.users import a_user
from customers.models import Counterparty
from orders.models.choice import Choice, choice_constraints
from orders.models.document import Document
from vehicles.models import Vehicle


class Cart(Sourced):
    """What a client chose for one of their vehicles, or for none: one open cart for each."""

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
    author = a_user(_("author"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="carts",
        verbose_name=_("became"),
    )
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("cart")
        verbose_name_plural = _("carts")
        constraints = [
            once_per_source("cart"),
            # Also the index of the cart tab and of its count.
            models.UniqueConstraint(
                fields=["counterparty", "vehicle"],
                condition=Q(state="open"),
                nulls_distinct=False,
                name="cart_one_open_a_vehicle",
            ),
            models.CheckConstraint(
                condition=Q(document=None) | Q(state="converted"), name="cart_became_a_document"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.counterparty}, {self.created_at:%d.%m.%Y}"

    @property
    def total(self) -> Decimal:
        """The sum of the lines, which must have been prefetched."""
        return sum((line.amount for line in self.lines.all()), Decimal())


@keeps_history(exclude=("amount",))
class CartLine(Choice):
    """What is in a cart."""

    cart = models.ForeignKey(Cart, models.CASCADE, related_name="lines", verbose_name=_("cart"))

    class Meta:
        verbose_name = _("cart line")
        verbose_name_plural = _("cart lines")
        constraints = choice_constraints("cartline")
