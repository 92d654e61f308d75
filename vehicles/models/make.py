"""Makes and models: `TOYOTA` and `COROLLA седан (_E12J_,_E12T_)`."""

from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _


class Make(models.Model):
    """Марка."""

    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("make")
        verbose_name_plural = _("makes")
        constraints = [models.UniqueConstraint(Upper("name"), name="make_once")]

    def __str__(self) -> str:
        return self.name


class VehicleModel(models.Model):
    """Модель of a make."""

    make = models.ForeignKey(Make, models.CASCADE, related_name="models", verbose_name=_("make"))
    name = models.CharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("vehicle model")
        verbose_name_plural = _("vehicle models")
        constraints = [models.UniqueConstraint("make", Upper("name"), name="vehiclemodel_once")]

    def __str__(self) -> str:
        return f"{self.make.name} {self.name}".rstrip()
