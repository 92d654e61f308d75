"""Дефекты: what was found on a vehicle, with photographs that prove it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from armclients.kit.audit import keeps_history
from armclients.kit.photos import Photo
from armclients.kit.users import a_user
from orders.models.deferred import DeferredWork
from orders.models.document import Document


@keeps_history()
class Defect(models.Model):
    """One thing that is wrong, as found while a document was worked on."""

    class Severity(models.TextChoices):
        DANGEROUS = "dangerous", pgettext_lazy("defect", "dangerous to drive")
        SOON = "soon", pgettext_lazy("defect", "needs repair soon")
        WATCH = "watch", pgettext_lazy("defect", "to be watched")

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="defects", verbose_name=_("document")
    )
    text = models.CharField(_("what is wrong"), max_length=500)
    severity = models.CharField(
        _("severity"), max_length=9, choices=Severity, default=Severity.SOON
    )
    noted_at = models.DateTimeField(_("noted at"))
    author = a_user(_("author"))
    # What became of it: work proposed in an estimate, or put off.
    estimate = models.ForeignKey(
        Document,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="shown_defects",
        verbose_name=_("estimate"),
    )
    deferred = models.OneToOneField(
        DeferredWork,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="defect",
        verbose_name=_("deferred work"),
    )

    class Meta:
        verbose_name = _("defect")
        verbose_name_plural = _("defects")
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="defect_says_what"),
        ]

    def __str__(self) -> str:
        return self.text


class DefectPhoto(Photo):
    """A photograph of a defect."""

    defect = models.ForeignKey(
        Defect, models.CASCADE, related_name="photos", verbose_name=_("defect")
    )

    class Meta:
        verbose_name = _("photo of a defect")
        verbose_name_plural = _("photos of defects")
