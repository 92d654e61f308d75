"""Codes that the state wants to see with a sold piece: «Честный знак»."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models.line import PartLine


class MarkingCode(models.Model):
    """One piece of a line, by its code; `scanned` is the code with its signature."""

    line = models.ForeignKey(
        PartLine, models.CASCADE, related_name="marking_codes", verbose_name=_("line")
    )
    code = models.CharField(_("code"), max_length=40, unique=True)
    scanned = models.CharField(_("as scanned"), max_length=200)

    class Meta:
        verbose_name = _("marking code")
        verbose_name_plural = _("marking codes")

    def __str__(self) -> str:
        return self.code
