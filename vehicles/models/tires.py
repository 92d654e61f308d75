"""Шинный отель: sets of tires that clients leave with the shop until their season comes."""

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from armclients.kit.audit import keeps_history
from armclients.kit.photos import Photo
from armclients.kit.sourced import Sourced, once_per_source
from armclients.kit.users import a_user
from customers.models import Counterparty
from vehicles.models.storage import Season, StorageCell, fills_cells
from vehicles.models.vehicle import Vehicle

MOST = 12  # tires in a set: a lorry has no more


class TireCounter(models.Model):
    """The last number drawn: one row, locked by whoever draws, so that no number is missing."""

    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("counter of tire sets")
        verbose_name_plural = _("counters of tire sets")
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="tirecounter_is_one")]

    def __str__(self) -> str:
        return str(self.last)


class TireSetQuerySet(models.QuerySet["TireSet"]):
    def here(self) -> "TireSetQuerySet":
        """On the shelves, asked for or not."""
        return self.filter(state__in=TireSet.HERE)

    def overdue(self, today: datetime.date) -> "TireSetQuerySet":
        return self.here().filter(until__lt=today)

    def for_lists(self) -> "TireSetQuerySet":
        """With all that a row shows."""
        return self.select_related("depositor", "cell", "vehicle__model__make")


@keeps_history(exclude=("source", "source_id"))
class TireSet(Sourced):
    """Комплект шин. It belongs to the depositor, not to the car: a car that is sold leaves its
    tires with whoever brought them, until somebody decides otherwise."""

    class State(models.TextChoices):
        STORED = "stored", pgettext_lazy("tires", "stored")
        REQUESTED = "requested", pgettext_lazy("tires", "asked for")
        RELEASED = "released", pgettext_lazy("tires", "given out")
        DISPOSED = "disposed", pgettext_lazy("tires", "disposed of")

    class Rims(models.TextChoices):
        NONE = "", pgettext_lazy("rims", "none")
        STEEL = "steel", pgettext_lazy("rims", "steel")
        ALLOY = "alloy", pgettext_lazy("rims", "alloy")

    HERE = (State.STORED, State.REQUESTED)

    number = models.CharField(_("number"), max_length=20, unique=True)
    depositor = models.ForeignKey(
        Counterparty, models.PROTECT, related_name="tire_sets", verbose_name=_("depositor")
    )
    vehicle = models.ForeignKey(
        Vehicle,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="tire_sets",
        verbose_name=_("vehicle"),
    )
    season = models.CharField(_("season"), max_length=6, choices=Season)
    is_studded = models.BooleanField(_("studded"), default=False)
    brand = models.CharField(_("brand"), max_length=60, blank=True)
    model = models.CharField(_("tire model"), max_length=100, blank=True)
    size = models.CharField(_("size"), max_length=40, blank=True, help_text=_("As on the tire."))
    dot = models.CharField("DOT", max_length=20, blank=True)
    rims = models.CharField(_("rims"), max_length=5, choices=Rims, blank=True, default=Rims.NONE)
    has_tpms = models.BooleanField(_("pressure sensors"), default=False)
    quantity = models.PositiveSmallIntegerField(
        _("tires"), default=4, validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    comment = models.TextField(_("condition and remarks"), blank=True)
    contract = models.CharField(_("storage contract"), max_length=40, blank=True)
    until = models.DateField(_("stored until"), null=True, blank=True)
    price = models.DecimalField(
        _("price of a season"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.STORED)
    cell = models.ForeignKey(
        StorageCell,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sets",
        verbose_name=_("cell"),
    )
    taken_on = models.DateField(_("taken in on"))
    needed_on = models.DateField(_("needed on"), null=True, blank=True)
    noticed_on = models.DateField(_("notice given on"), null=True, blank=True)
    notice = models.CharField(_("how notice was given"), max_length=200, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    author = a_user(_("taken in by"), db_index=False)

    objects = TireSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("tire set")
        verbose_name_plural = _("tire sets")
        permissions = [
            ("request_tireset", _("Can ask for a tire set to be brought")),
            ("dispose_tireset", _("Can dispose of tire sets")),
        ]
        constraints = [
            once_per_source("tireset"),
            models.CheckConstraint(
                condition=Q(quantity__range=(1, MOST)), name="tireset_has_tires"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("stored", "requested")) | Q(cell=None),
                name="tireset_lies_only_while_here",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("stored", "requested"), left_on=None)
                | Q(state__in=("released", "disposed"), left_on__isnull=False),
                name="tireset_left_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="disposed") | Q(noticed_on__isnull=False),
                name="tireset_disposed_after_notice",
            ),
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=0), name="tireset_price_not_negative"
            ),
        ]
        indexes = [
            # What is to be brought, and what is overdue.
            models.Index(fields=["state", "until", "id"], name="tireset_state_idx"),
        ]
        triggers = fills_cells()

    def __str__(self) -> str:
        return self.number

    @property
    def url(self) -> str:
        return reverse("tires:set", args=[self.pk])

    @property
    def is_here(self) -> bool:
        return self.state in self.HERE

    @property
    def is_requested(self) -> bool:
        return self.state == self.State.REQUESTED

    @property
    def is_disposed(self) -> bool:
        return self.state == self.State.DISPOSED

    @property
    def title(self) -> str:
        """«Nokian Hakkapeliitta 9 205/55 R16»."""
        return " ".join(filter(None, [self.brand, self.model, self.size])) or str(
            _("tires of an unknown make")
        )

    @property
    def agreement(self) -> str:
        """The number the storage act names: of the contract, or else of the set."""
        return self.contract or self.number

    def is_overdue(self, today: datetime.date) -> bool:
        return bool(self.is_here and self.until and self.until < today)


class TireMeasurement(models.Model):
    """Tread and pressure of one wheel on a day; the seasons of a set are read from these."""

    class Wheel(models.TextChoices):
        FRONT_LEFT = "fl", _("front left")
        FRONT_RIGHT = "fr", _("front right")
        REAR_LEFT = "rl", _("rear left")
        REAR_RIGHT = "rr", _("rear right")
        SPARE = "sp", _("spare")

    set = models.ForeignKey(
        TireSet,
        models.CASCADE,
        db_index=False,
        related_name="measurements",
        verbose_name=_("tire set"),
    )
    taken_on = models.DateField(_("measured on"))
    wheel = models.CharField(_("wheel"), max_length=2, choices=Wheel)
    tread_mm = models.DecimalField(
        _("tread, mm"), max_digits=3, decimal_places=1, null=True, blank=True
    )
    pressure_bar = models.DecimalField(
        _("pressure, bar"), max_digits=3, decimal_places=1, null=True, blank=True
    )
    condition = models.CharField(_("condition"), max_length=200, blank=True)
    author = a_user(_("measured by"), db_index=False)

    class Meta:
        verbose_name = _("tire measurement")
        verbose_name_plural = _("tire measurements")
        constraints = [
            models.UniqueConstraint(
                fields=["set", "taken_on", "wheel"], name="tiremeasurement_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(tread_mm=None) | Q(tread_mm__range=(0, 30)),
                name="tiremeasurement_tread_possible",
            ),
            models.CheckConstraint(
                condition=Q(pressure_bar=None) | Q(pressure_bar__range=(0, 15)),
                name="tiremeasurement_pressure_possible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.set}, {self.taken_on}: {self.get_wheel_display()}"


class TirePhoto(Photo):
    """A wheel as it was measured."""

    measurement = models.ForeignKey(
        TireMeasurement,
        models.CASCADE,
        related_name="photos",
        verbose_name=_("tire measurement"),
    )

    class Meta:
        verbose_name = _("photo of a tire")
        verbose_name_plural = _("photos of tires")


class TireMovement(models.Model):
    """What happened to a set. Cells are kept as text, so that a cell which was renamed or torn down
    can be read for ever."""

    class Kind(models.TextChoices):
        IN = "in", pgettext_lazy("tires", "taken in")
        RELOCATE = "relocate", pgettext_lazy("tires", "relocated")
        OUT = "out", pgettext_lazy("tires", "given out")
        DISPOSE = "dispose", pgettext_lazy("tires", "disposed of")

    set = models.ForeignKey(
        TireSet,
        models.CASCADE,
        db_index=False,
        related_name="movements",
        verbose_name=_("tire set"),
    )
    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("kind of movement"), max_length=8, choices=Kind)
    from_cell = models.CharField(_("from the cell"), max_length=30, blank=True)
    to_cell = models.CharField(_("to the cell"), max_length=30, blank=True)
    words = models.CharField(_("to whom, or why"), max_length=200, blank=True)
    author = a_user(_("moved by"), db_index=False)

    class Meta:
        verbose_name = _("tire movement")
        verbose_name_plural = _("tire movements")
        indexes = [models.Index(fields=["set", "at", "id"], name="tiremovement_of_set_idx")]

    def __str__(self) -> str:
        return f"{self.set}: {self.get_kind_display()}"
