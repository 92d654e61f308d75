"""Машинозаезд: the car as it was taken in, with its owner's words and signature."""

from math import dist

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from armclients.kit.photos import Photo
from orders.models.document import Document

FUEL_PARTS = 8
# What a signature is kept as: moves and lines of a pen on a pad of this size.
PAD = (600, 200)
LONGEST_SIGNATURE = 40_000
# The drawing of a car on which damage is marked, in its own units.
DRAWING = (640, 320)
# Where on the drawing a part of the body is, for whoever does not point at it.
ZONES = {
    "front": (_("front bumper"), (28, 160)),
    "bonnet": (_("bonnet"), (110, 160)),
    "windscreen": (_("windscreen"), (205, 160)),
    "roof": (_("roof"), (330, 160)),
    "rear_window": (_("rear window"), (470, 160)),
    "boot": (_("boot lid"), (545, 160)),
    "rear": (_("rear bumper"), (610, 160)),
    "left_front_wing": (_("left front wing"), (120, 262)),
    "left_front_door": (_("left front door"), (270, 268)),
    "left_rear_door": (_("left rear door"), (385, 268)),
    "left_rear_wing": (_("left rear wing"), (520, 262)),
    "right_front_wing": (_("right front wing"), (120, 58)),
    "right_front_door": (_("right front door"), (270, 52)),
    "right_rear_door": (_("right rear door"), (385, 52)),
    "right_rear_wing": (_("right rear wing"), (520, 58)),
}
# How far from there a mark still is on that part and on no other.
ZONE_RADIUS = 45


@keeps_history(exclude=("signature",))
class Visit(Document):
    """Машинозаезд. Several work orders may be made from one; it ends when the car leaves."""

    class Thing(models.TextChoices):
        """Комплектность: what a car may have in it."""

        SPARE = "spare", _("spare wheel")
        JACK = "jack", _("jack")
        WRENCH = "wrench", _("wheel wrench")
        TRIANGLE = "triangle", _("warning triangle")
        AID = "aid", _("first-aid kit")
        EXTINGUISHER = "extinguisher", _("fire extinguisher")
        RADIO = "radio", _("radio")
        MATS = "mats", _("floor mats")
        CAPS = "caps", _("wheel caps")
        PAPERS = "papers", _("registration certificate")

    class Light(models.TextChoices):
        """Контрольные лампы that shine on the dashboard."""

        ENGINE = "engine", _("Check Engine")
        OIL = "oil", _("oil pressure")
        BATTERY = "battery", _("battery charge")
        HEAT = "heat", _("overheating")
        ABS = "abs", _("ABS")
        BRAKES = "brakes", _("brakes")
        AIRBAG = "airbag", _("airbag")
        TYRES = "tyres", _("tyre pressure")
        SERVICE = "service", _("service due")

    arrived_at = models.DateTimeField(_("arrived at"), db_default=Now())
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    brought_by = models.CharField(_("who brought the car"), max_length=200, blank=True)
    mileage_km = models.PositiveIntegerField(_("mileage, km"), null=True, blank=True)
    fuel = models.PositiveSmallIntegerField(_("fuel, eighths"), null=True, blank=True)
    keys = models.PositiveSmallIntegerField(_("keys"), default=1)
    things = ArrayField(
        models.CharField(max_length=12, choices=Thing),
        verbose_name=_("in the car"),
        default=list,
        blank=True,
    )
    lights = ArrayField(
        models.CharField(max_length=12, choices=Light),
        verbose_name=_("warning lights"),
        default=list,
        blank=True,
    )
    reasons = models.TextField(_("reasons, in the client's words"), blank=True)
    belongings = models.TextField(_("belongings left in the car"), blank=True)
    remarks = models.TextField(_("remarks about the car"), blank=True)
    signature = models.TextField(
        _("signature"),
        blank=True,
        editable=False,
        max_length=LONGEST_SIGNATURE,
        validators=[RegexValidator(r"\A(M[0-9 .]+(L[0-9 .]+)*)+\Z")],
    )
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("check-in")
        verbose_name_plural = _("check-ins")
        constraints = [
            models.CheckConstraint(
                condition=Q(fuel=None) | Q(fuel__lte=FUEL_PARTS), name="visit_fuel_within_tank"
            )
        ]

    @property
    def things_named(self) -> list[str]:
        return [str(self.Thing(thing).label) for thing in self.things]

    @property
    def things_missing(self) -> list[str]:
        return [str(thing.label) for thing in self.Thing if thing not in self.things]

    @property
    def lights_named(self) -> list[str]:
        return [str(self.Light(light).label) for light in self.lights]

    @property
    def fuel_drawn(self) -> int:
        """How much of the tank is full, of a hundred."""
        return round(100 * (self.fuel or 0) / FUEL_PARTS)


@keeps_history()
class Damage(models.Model):
    """A mark on the drawing of the car: where, and what."""

    class Kind(models.TextChoices):
        SCRATCH = "scratch", _("scratch")
        DENT = "dent", _("dent")
        CHIP = "chip", _("chip")
        CRACK = "crack", _("crack")
        RUST = "rust", _("rust")
        MISSING = "missing", _("missing part")

    visit = models.ForeignKey(
        Visit, models.CASCADE, related_name="damages", verbose_name=_("check-in")
    )
    kind = models.CharField(_("what"), max_length=8, choices=Kind, default=Kind.SCRATCH)
    x = models.PositiveSmallIntegerField(_("from the left"))
    y = models.PositiveSmallIntegerField(_("from the top"))
    note = models.CharField(_("note"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("damage")
        verbose_name_plural = _("damages")
        constraints = [
            models.CheckConstraint(
                condition=Q(x__lte=DRAWING[0], y__lte=DRAWING[1]), name="damage_on_the_drawing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.note}".strip()

    @property
    def part(self) -> str:
        """The part of the body that is marked; nothing where it could be another one."""
        name, place = min(ZONES.values(), key=lambda zone: dist(zone[1], (self.x, self.y)))
        return str(name) if dist(place, (self.x, self.y)) <= ZONE_RADIUS else ""


class VisitPhoto(Photo):
    """The car as it was taken in."""

    visit = models.ForeignKey(
        Visit, models.CASCADE, related_name="photos", verbose_name=_("check-in")
    )

    class Meta:
        verbose_name = _("photo of a check-in")
        verbose_name_plural = _("photos of check-ins")
