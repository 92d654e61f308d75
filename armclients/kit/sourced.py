"""Rows that may have come from another system, and know under which name."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sourced(models.Model):
    """A row with the identity it has in the system it was imported from; both empty for our own."""

    source = models.CharField(_("source"), max_length=40, blank=True, default="", editable=False)
    source_id = models.CharField(
        _("identifier in the source"), max_length=100, blank=True, default="", editable=False
    )

    class Meta:
        abstract = True


def once_per_source(table: str, *also: str) -> models.UniqueConstraint:
    """The promise that an import finds the row it made before."""
    return models.UniqueConstraint(
        fields=[*also, "source", "source_id"],
        condition=~models.Q(source=""),
        name=f"{table}_source_once",
    )
