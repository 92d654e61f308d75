"""Dictionaries that document lines refer to."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from armclients.kit.sourced import Sourced, once_per_source


class RepairKind(models.Model):
    """Вид ремонта."""

    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("repair kind")
        verbose_name_plural = _("repair kinds")
        constraints = [models.UniqueConstraint(Upper("name"), name="repairkind_once")]

    def __str__(self) -> str:
        return self.name


class Part(Sourced):
    """Товар: an article of a manufacturer. The price includes VAT."""

    article = models.CharField(_("article"), max_length=60)
    manufacturer = models.CharField(_("manufacturer"), max_length=100, blank=True)
    name = models.CharField(_("name"), max_length=300)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    price = models.DecimalField(_("price"), max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        constraints = [
            once_per_source("part"),
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=0), name="part_price_not_negative"
            ),
        ]
        indexes = [
            # Look-up by article without regard to case.
            models.Index(Upper("article"), name="part_article_idx"),
        ]

    def __str__(self) -> str:
        return f"{self.article} {self.name}"


class VatRate(models.Model):
    """A rate of VAT and the days it may be used on; `percent` empty means «без НДС».

    The standard one is taken for a line that names none [law: 22 % from 1 Jan 2026].
    """

    percent = models.PositiveSmallIntegerField(_("percent"), null=True, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    is_standard = models.BooleanField(_("standard"), default=False)

    class Meta:
        verbose_name = _("VAT rate")
        verbose_name_plural = _("VAT rates")
        constraints = [
            models.UniqueConstraint(
                fields=["percent", "valid_from"], nulls_distinct=False, name="vatrate_once"
            )
        ]

    def __str__(self) -> str:
        return str(_("no VAT")) if self.percent is None else f"{self.percent} %"
