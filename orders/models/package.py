"""What is usually done together, and how much of a price may be given away."""

from django.contrib.auth.models import Group
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from orders.models.catalog import Labor, Part
from orders.models.document import MONEY
from vehicles.models import VehicleModel

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


class WorkPackage(models.Model):
    """Пакет работ such as «ТО-60»: works and parts that go into a document by one act.

    Without models it is offered for every vehicle.
    """

    name = models.CharField(_("name"), max_length=100)
    for_models = models.ManyToManyField(
        VehicleModel,
        blank=True,
        related_name="packages",
        verbose_name=_("vehicle models"),
        help_text=_("Empty: for every vehicle."),
    )
    discount_percent = models.DecimalField(
        _("discount, %"), max_digits=5, decimal_places=2, default=0, validators=PERCENT
    )

    class Meta:
        verbose_name = _("work package")
        verbose_name_plural = _("work packages")
        constraints = [
            models.UniqueConstraint(Upper("name"), name="workpackage_once"),
            models.CheckConstraint(
                condition=Q(discount_percent__range=(0, 100)),
                name="workpackage_discount_within_100",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PackageLine(models.Model):
    """What works and parts of a package have in common."""

    position = models.PositiveSmallIntegerField(_("position"), default=1)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3, default=1)

    class Meta:
        abstract = True


class PackageWork(PackageLine):
    """A work of a package. Without a price of its own it costs what it costs on the day."""

    package = models.ForeignKey(
        WorkPackage, models.CASCADE, related_name="works", verbose_name=_("work package")
    )
    labor = models.ForeignKey(
        Labor,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="packages",
        verbose_name=_("labour"),
    )
    code = models.CharField(_("code"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=300)
    norm_hours = models.DecimalField(
        _("norm-hours"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    price = models.DecimalField(
        _("price"), null=True, blank=True, help_text=_("Empty: the price of the day."), **MONEY
    )

    class Meta:
        verbose_name = _("work of a package")
        verbose_name_plural = _("works of packages")
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0), name="packagework_quantity_positive"
            ),
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=0), name="packagework_price_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PackagePart(PackageLine):
    """A part of a package, at the price of the day."""

    package = models.ForeignKey(
        WorkPackage, models.CASCADE, related_name="goods", verbose_name=_("work package")
    )
    part = models.ForeignKey(Part, models.PROTECT, related_name="packages", verbose_name=_("part"))

    class Meta:
        verbose_name = _("part of a package")
        verbose_name_plural = _("parts of packages")
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0), name="packagepart_quantity_positive"
            )
        ]

    def __str__(self) -> str:
        return str(self.part)


class DiscountLimit(models.Model):
    """How much of a price a role may give away by hand. A role without one gives nothing."""

    role = models.OneToOneField(
        Group, models.CASCADE, related_name="discount_limit", verbose_name=_("role")
    )
    percent = models.DecimalField(_("limit, %"), max_digits=5, decimal_places=2, validators=PERCENT)

    class Meta:
        verbose_name = _("discount limit")
        verbose_name_plural = _("discount limits")
        permissions = [("exceed_discount_limit", _("Can give discounts above the limit"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__range=(0, 100)), name="discountlimit_within_100"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.percent} %"
