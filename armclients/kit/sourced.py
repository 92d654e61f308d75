"""Rows that may have come from another system, and know under which name."""

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.utils.translation import gettext_lazy as _


class Sourced(models.Model):
    """A row with the identity it has in the system it was imported from.

    A row that was entered here has no source, and an identifier that no other row anywhere has: so
    an export that comes back finds it, into whichever base it was brought meanwhile.
    """

    source = models.CharField(_("source"), max_length=40, blank=True, default="", editable=False)
    source_id = models.CharField(
        _("identifier in the source"),
        max_length=100,
        blank=True,
        db_default=RandomUUID(),
        editable=False,
    )

    class Meta:
        abstract = True


def once_per_source(table: str, *also: str) -> models.UniqueConstraint:
    """The promise that an import finds the row it made before."""
    return models.UniqueConstraint(
        fields=[*also, "source", "source_id"], name=f"{table}_source_once"
    )
