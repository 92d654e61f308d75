"""Counting what lies in the tire hotel, by scanning one label after another."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from armclients.kit.users import a_user
from vehicles.models.storage import StorageCell, TireStore
from vehicles.models.tires import TireSet


class TireCount(models.Model):
    """Инвентаризация of a store, or of one zone of it."""

    store = models.ForeignKey(
        TireStore, models.PROTECT, related_name="counts", verbose_name=_("store")
    )
    zone = models.CharField(_("zone"), max_length=10, blank=True)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    author = a_user(_("counted by"), db_index=False)
    # The cell whose label was scanned last: what is scanned next lies in it.
    cell = models.ForeignKey(
        StorageCell,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("cell"),
    )

    class Meta:
        verbose_name = _("tire count")
        verbose_name_plural = _("tire counts")

    def __str__(self) -> str:
        return f"{self.store} {self.zone} {self.started_at:%d.%m.%Y}"


class TireScan(models.Model):
    """A label that was scanned: a set, seen in a cell; or a code that nobody knows."""

    count = models.ForeignKey(
        TireCount,
        models.CASCADE,
        db_index=False,
        related_name="scans",
        verbose_name=_("tire count"),
    )
    code = models.CharField(_("code"), max_length=60)
    set = models.ForeignKey(
        TireSet,
        models.CASCADE,
        null=True,
        blank=True,
        db_index=False,
        related_name="scans",
        verbose_name=_("tire set"),
    )
    cell_code = models.CharField(_("seen in the cell"), max_length=30, blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        constraints = [
            # A set that is scanned again lies where it was seen last.
            models.UniqueConstraint(fields=["count", "code"], name="tirescan_once")
        ]

    def __str__(self) -> str:
        return self.code
