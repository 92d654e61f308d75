"""What a line of a cart and of a selection have in common."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from orders.models.catalog import Labor, Part
from orders.models.priced import Priced


class Choice(Priced):
    """A part, a labour, or something in words: at the price of the day, and why so much.

    Of goods that a supplier has to bring it says whose they are and how many days it takes.
    """

    part = models.ForeignKey(
        Part, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("part")
    )
    labor = models.ForeignKey(
        Labor, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("labour")
    )
    name = models.CharField(_("name"), max_length=300)
    why = models.CharField(
        _("reason of the price"), max_length=300, blank=True, default="", db_default=""
    )
    supplier = models.CharField(
        _("supplier"), max_length=100, blank=True, default="", db_default=""
    )
    days = models.PositiveSmallIntegerField(_("days to deliver"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def is_work(self) -> bool:
        """Whether it becomes a work of a document; what is said in words does."""
        return self.part_id is None


def choice_constraints(table: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            condition=Q(quantity__gt=0, price__gte=0), name=f"{table}_quantity_and_price"
        ),
        models.CheckConstraint(
            condition=Q(discount_percent__range=(0, 100)), name=f"{table}_discount_within_100"
        ),
        models.CheckConstraint(
            condition=Q(part=None) | Q(labor=None), name=f"{table}_part_or_labor"
        ),
    ]
