"""Where the work is done, how its documents are numbered, and what they say of the place."""

import zoneinfo

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from armclients.kit.sourced import Sourced, once_per_source
from customers.lookup import reports_to_search
from orders.lookup import CLIENTS_OF_BRANCH
from orders.models.organisation import Organisation


def known_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("Unknown time zone, for example: Europe/Moscow."))


class Branch(Sourced):
    """Подразделение: its number prefix such as `ЦОА`, and its time zone."""

    name = models.CharField(_("name"), max_length=100)
    prefix = models.CharField(_("number prefix"), max_length=10, blank=True)
    timezone = models.CharField(
        _("time zone"), max_length=60, default="Europe/Moscow", validators=[known_zone]
    )

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name=_("organisation"),
        help_text=_("In whose name its documents are printed."),
    )
    address = models.CharField(_("address"), max_length=300, blank=True, db_default="")
    phone = models.CharField(_("phone"), max_length=100, blank=True, db_default="")
    warranty_terms = models.TextField(
        _("warranty terms"),
        blank=True,
        db_default="",
        help_text=_("Printed on work orders and acts."),
    )
    print_text = models.TextField(
        _("own text of the shop"),
        blank=True,
        db_default="",
        help_text=_("Printed at the foot of its documents."),
    )
    logo = models.ImageField(
        _("logo"),
        upload_to="logos",
        blank=True,
        db_default="",
        validators=[FileExtensionValidator(["png", "jpg", "jpeg"])],
        help_text=_("PNG or JPEG; printed at the head of its documents."),
    )

    class Meta:
        verbose_name = _("branch")
        verbose_name_plural = _("branches")
        constraints = [
            once_per_source("branch"),
            models.UniqueConstraint(Upper("name"), name="branch_name_once"),
        ]
        # The day of a booking is that of the branch's clock.
        triggers = reports_to_search(CLIENTS_OF_BRANCH, watch=("timezone",))

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.timezone)


class DocumentCounter(models.Model):
    """The last number given, one row per branch, kind and year; locked while a number is drawn."""

    branch = models.ForeignKey(
        Branch, models.CASCADE, related_name="counters", verbose_name=_("branch")
    )
    kind = models.CharField(_("kind"), max_length=20)
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("document counter")
        verbose_name_plural = _("document counters")
        constraints = [
            models.UniqueConstraint(fields=["branch", "kind", "year"], name="counter_once")
        ]

    def __str__(self) -> str:
        return f"{self.branch} {self.kind} {self.year}: {self.last}"
