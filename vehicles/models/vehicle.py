"""A vehicle, known by whatever of it is known."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from armclients.kit.sourced import Sourced, once_per_source
from customers.lookup import reports_to_search
from vehicles.lookup import follows_vehicle
from vehicles.models.make import VehicleModel


class VehicleQuerySet(models.QuerySet["Vehicle"]):
    def named(self) -> "VehicleQuerySet":
        """With make and model, which every mention of a vehicle shows."""
        return self.select_related("model__make")


@keeps_history(exclude=("source", "source_id", "lookup", "is_owned"))
class Vehicle(Sourced):
    """Автомобиль. Neither VIN nor plate is mandatory: it may be only a model."""

    model = models.ForeignKey(
        VehicleModel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="vehicles",
        verbose_name=_("model"),
    )
    trim = models.CharField(_("trim"), max_length=200, blank=True)
    vin = models.CharField("VIN", max_length=30, blank=True)
    body_number = models.CharField(_("body number"), max_length=40, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    colour = models.CharField(_("colour"), max_length=60, blank=True)
    engine = models.CharField(_("engine"), max_length=100, blank=True)
    gearbox = models.CharField(_("gearbox"), max_length=100, blank=True)
    comment = models.TextField(_("comment"), blank=True)

    # Kept by triggers (vehicles/sql/lookup.sql); never written by hand.
    lookup = models.TextField(
        _("found by"),
        default="",
        editable=False,
        db_collation="C",
        help_text=_("Folded VIN, body number and every plate it ever had."),
    )
    is_owned = models.BooleanField(
        _("has an owner"), default=False, editable=False, help_text=_("Has a current owner.")
    )

    objects = VehicleQuerySet.as_manager()

    class Meta:
        verbose_name = _("vehicle")
        verbose_name_plural = _("vehicles")
        constraints = [
            once_per_source("vehicle"),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__range=(1886, 2100)), name="vehicle_year_possible"
            ),
        ]
        indexes = [
            # Vehicles without an owner have no client's search row and are looked up here.
            GinIndex(
                name="vehicle_ownerless_idx",
                fields=["lookup"],
                opclasses=["gin_trgm_ops"],
                condition=Q(is_owned=False),
            ),
        ]
        triggers = [
            *follows_vehicle("SELECT id FROM new_rows"),
            *reports_to_search(
                "SELECT o.id FROM {rows} r, LATERAL (SELECT counterparty_id AS id"
                " FROM vehicles_vehicleownership WHERE vehicle_id = r.id OFFSET 0) AS o",
                watch=("lookup", "model_id", "year"),
            ),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, [str(self.model or ""), self.vin or self.body_number])) or _(
            "vehicle %(pk)s"
        ) % {"pk": self.pk}

    @property
    def number(self) -> str:
        """VIN, or the body number of cars that have none."""
        return self.vin or self.body_number

    @property
    def title(self) -> str:
        """What lists show: make and model, or the honest absence of them."""
        return str(self.model) if self.model else str(_("Vehicle of an unknown model"))
