"""What changes about a vehicle over time: owners, plates, mileage.

Periods are half-open; the current value is the one without `until`.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from armclients.kit.folding import FoldVehicle
from armclients.kit.users import a_user
from customers.lookup import reports_client
from customers.models import Counterparty
from vehicles.lookup import follows_vehicle
from vehicles.models.vehicle import Vehicle


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


def one_at_a_time(table: str, condition: Q | None = None) -> ExclusionConstraint:
    """Two periods of one vehicle never overlap; an empty `since` means «always was»."""
    return ExclusionConstraint(
        name=f"{table}_one_at_a_time",
        expressions=[
            ("vehicle", RangeOperators.EQUAL),
            (DateRange("since", "until"), RangeOperators.OVERLAPS),
        ],
        condition=condition,
    )


def ends_after_start(table: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(until__gte=F("since")), name=f"{table}_ends_after_start"
    )


@keeps_history()
class VehicleOwnership(models.Model):
    """Who owned, drove or paid for the vehicle, from when until when."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        DRIVER = "driver", _("driver")
        PAYER = "payer", _("payer")

    vehicle = models.ForeignKey(
        Vehicle,
        models.CASCADE,
        db_index=False,
        related_name="ownerships",
        verbose_name=_("vehicle"),
    )
    counterparty = models.ForeignKey(
        Counterparty, models.CASCADE, related_name="ownerships", verbose_name=_("client")
    )
    role = models.CharField(_("role"), max_length=6, choices=Role, default=Role.OWNER)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("vehicle ownership")
        verbose_name_plural = _("vehicle ownerships")
        constraints = [
            ends_after_start("ownership"),
            one_at_a_time("ownership", Q(role="owner")),
            models.UniqueConstraint(
                fields=["vehicle", "counterparty", "role", "since"],
                nulls_distinct=False,
                name="ownership_once",
            ),
        ]
        triggers = [
            *follows_vehicle("SELECT vehicle_id FROM new_rows", "SELECT vehicle_id FROM old_rows"),
            *reports_client("counterparty_id", watch=("vehicle_id",)),
        ]

    def __str__(self) -> str:
        return f"{self.counterparty} — {self.vehicle}"


@keeps_history(exclude=("folded",))
class VehiclePlate(models.Model):
    """Гос. номер as typed, from when until when [law: ГОСТ Р 50577; unknown formats are kept]."""

    vehicle = models.ForeignKey(
        Vehicle,
        models.CASCADE,
        db_index=False,
        related_name="plates",
        verbose_name=_("vehicle"),
    )
    number = models.CharField(_("number"), max_length=20)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    folded = models.GeneratedField(
        expression=FoldVehicle("number"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("folded"),
    )

    class Meta:
        verbose_name = _("plate")
        verbose_name_plural = _("plates")
        constraints = [
            ends_after_start("plate"),
            one_at_a_time("plate"),
            models.UniqueConstraint(
                fields=["vehicle", "folded", "since"], nulls_distinct=False, name="plate_once"
            ),
        ]
        triggers = follows_vehicle(
            "SELECT vehicle_id FROM new_rows", "SELECT vehicle_id FROM old_rows"
        )

    def __str__(self) -> str:
        return self.number


@keeps_history()
class OdometerReading(models.Model):
    """Mileage in kilometres, read on a day."""

    vehicle = models.ForeignKey(
        Vehicle,
        models.CASCADE,
        db_index=False,
        related_name="odometer",
        verbose_name=_("vehicle"),
    )
    taken_on = models.DateField(_("taken on"))
    km = models.PositiveIntegerField(_("mileage, km"))
    # This floor knows documents by name only.
    document = models.ForeignKey(
        "orders.Document",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="odometer",
        verbose_name=_("document"),
    )
    author = a_user(_("author"))

    class Meta:
        verbose_name = _("odometer reading")
        verbose_name_plural = _("odometer readings")
        constraints = [
            models.UniqueConstraint(fields=["vehicle", "taken_on"], name="odometer_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.km} km, {self.taken_on}"
