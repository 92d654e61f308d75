"""Buttons that lead from a client and a vehicle to a neighbouring workplace."""

from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

PLACEHOLDERS = ("customer", "phone", "inn", "vehicle", "vin", "frame", "plate", "make", "model")


def known_placeholders(target: str) -> None:
    """The template is an address or a path and names only what a card has."""
    try:
        filled = target.format_map(dict.fromkeys(PLACEHOLDERS, "1"))
    except (KeyError, IndexError, ValueError, AttributeError) as error:
        raise ValidationError(
            _("Unknown placeholder. Known: %(known)s."),
            params={"known": " ".join(f"{{{name}}}" for name in PLACEHOLDERS)},
        ) from error
    if not filled.startswith(("https://", "http://", "/")) or filled.startswith("//"):
        raise ValidationError(_("Start with https://, http:// or, inside the product, with /."))


class JumpLink(models.Model):
    """A button of the jump bar. Switched off or without a target it is not shown: none is dead."""

    class Needs(models.TextChoices):
        NOTHING = "", _("nothing")
        CUSTOMER = "customer", _("a client")
        VEHICLE = "vehicle", _("a vehicle")
        BOTH = "both", _("a client and a vehicle")
        VIN = "vin", _("a vehicle with a VIN")
        FRAME = "frame", _("a vehicle with a body number")
        MAKE = "make", _("a vehicle of a known make")

    slug = models.SlugField(_("code"), unique=True)
    label = models.CharField(_("label"), max_length=60)
    icon = models.SlugField(_("icon"), max_length=40, blank=True)
    target = models.CharField(
        _("target"),
        max_length=500,
        blank=True,
        validators=[known_placeholders],
        help_text=_(
            "An address with {customer} {phone} {inn} {vehicle} {vin} {frame} {plate} {make}"
            " {model}, put in safely. Where a vehicle has no VIN, {vin} is its body number;"
            " {frame} is the body number alone."
        ),
    )
    needs = models.CharField(
        _("needs"), max_length=8, choices=Needs, blank=True, default=Needs.CUSTOMER
    )
    only_makes = models.CharField(
        _("only for makes"),
        max_length=300,
        blank=True,
        help_text=_("Several by commas, as vehicles have them. Empty: for every make."),
    )
    permission = models.ForeignKey(
        Permission,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("needs the right"),
        help_text=_("Empty: everybody may press it."),
    )
    in_new_window = models.BooleanField(
        _("in a new window"),
        default=False,
        help_text=_("Other systems always open in one."),
    )
    is_on = models.BooleanField(_("is shown"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("jump link")
        verbose_name_plural = _("jump links")

    def __str__(self) -> str:
        return self.label

    @property
    def needs_customer(self) -> bool:
        return self.needs in {self.Needs.CUSTOMER, self.Needs.BOTH}

    @property
    def needs_vehicle(self) -> bool:
        return bool(self.makes) or self.needs not in {self.Needs.NOTHING, self.Needs.CUSTOMER}

    @property
    def makes(self) -> list[str]:
        return [make.strip() for make in self.only_makes.split(",") if make.strip()]
