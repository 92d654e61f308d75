"""How often a vehicle is to be serviced."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vehicles.models.make import Make


class ServiceInterval(models.Model):
    """Межсервисный интервал of a make; the row without a make is for all that have none of their
    own. Whichever of the two comes first counts."""

    make = models.ForeignKey(
        Make,
        models.CASCADE,
        null=True,
        blank=True,
        db_index=False,
        related_name="service_intervals",
        verbose_name=_("make"),
        help_text=_("Empty: every make that has no interval of its own."),
    )
    km = models.PositiveIntegerField(_("kilometres"), null=True, blank=True)
    months = models.PositiveSmallIntegerField(_("months"), null=True, blank=True)

    class Meta:
        verbose_name = _("service interval")
        verbose_name_plural = _("service intervals")
        constraints = [
            models.UniqueConstraint(
                fields=["make"], nulls_distinct=False, name="serviceinterval_once"
            ),
            models.CheckConstraint(
                condition=Q(km__range=(100, 200_000)) | Q(km=None),
                name="serviceinterval_km_possible",
            ),
            models.CheckConstraint(
                condition=Q(months__range=(1, 120)) | Q(months=None),
                name="serviceinterval_months_possible",
            ),
            models.CheckConstraint(
                condition=Q(km__isnull=False) | Q(months__isnull=False),
                name="serviceinterval_says_something",
            ),
        ]

    def __str__(self) -> str:
        return str(self.make or _("every other make"))
