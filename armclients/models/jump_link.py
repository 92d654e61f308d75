"""Buttons that lead from a client and a vehicle to a neighbouring workplace."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

PLACEHOLDERS = ("customer", "phone", "inn", "vehicle", "vin", "plate")


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
    """A button of the jump bar. Without a target it is not shown: no button is dead."""

    class Needs(models.TextChoices):
        NOTHING = "", _("nothing")
        CUSTOMER = "customer", _("a client")
        VEHICLE = "vehicle", _("a vehicle")
        BOTH = "both", _("a client and a vehicle")

    slug = models.SlugField(_("code"), unique=True)
    label = models.CharField(_("label"), max_length=60)
    icon = models.SlugField(_("icon"), max_length=40, blank=True)
    target = models.CharField(
        _("target"),
        max_length=500,
        blank=True,
        validators=[known_placeholders],
        help_text=_(
            "An address with {customer} {phone} {inn} {vehicle} {vin} {plate}, put in safely."
        ),
    )
    needs = models.CharField(
        _("needs"), max_length=8, choices=Needs, blank=True, default=Needs.CUSTOMER
    )
    position = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name = _("jump link")
        verbose_name_plural = _("jump links")

    def __str__(self) -> str:
        return self.label
