"""So much of something at a price, less a discount."""

from django.db import models
from django.db.models import F, Func
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from armclients.kit.users import a_user
from orders.models.document import MONEY


def amount() -> Func:
    """What a line comes to: rounded once, so that a document is the sum of what it shows."""
    return Round(F("quantity") * F("price") * (100 - F("discount_percent")) / 100, 2)


class Priced(models.Model):
    """What lines of documents, carts and selections have in common.

    A discount says where it comes from and, when it was given by hand, who gave it.
    """

    class DiscountSource(models.TextChoices):
        CARD = "card", _("discount card")
        HAND = "hand", _("by hand")
        PACKAGE = "package", _("work package")

    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3, default=1)
    price = models.DecimalField(_("price"), default=0, **MONEY)
    discount_percent = models.DecimalField(
        _("discount, %"), max_digits=5, decimal_places=2, default=0, db_default=0
    )
    discount_source = models.CharField(
        _("discount from"),
        max_length=7,
        choices=DiscountSource,
        blank=True,
        default="",
        db_default="",
    )
    discount_by = a_user(_("discount given by"), db_index=False)
    amount = models.GeneratedField(
        expression=amount(),
        output_field=models.DecimalField(**MONEY),
        db_persist=True,
        verbose_name=_("amount"),
    )

    class Meta:
        abstract = True
