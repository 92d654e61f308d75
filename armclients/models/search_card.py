"""One searchable row per client: a projection of all floors, kept true by the database."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from customers.models import Counterparty


class SearchCard(models.Model):
    """What a client is found by. Written only by `search_derive()` (armclients/sql/search.sql).

    `names`, `contacts` and `vehicles` hold folded tokens with a blank at both ends and between.
    `tags` holds the keys of users who have to do with the client, the negative flags below, minus
    the day (since 1970) of each booking that is today or later, and, far below zero, the keys that
    the further criteria ask for.
    """

    NEW_EVENTS = -1
    OPEN_ORDERS = -2
    RESERVED = -3
    IN_SERVICE = -4
    AWAITING_PICKUP = -5
    OWES = -6
    KINDS = {"buyer": -11, "supplier": -12, "both": -13, "other": -14}
    ATTENTION = {"notice": -21, "warning": -22, "stop": -23}

    customer = models.OneToOneField(
        Counterparty,
        models.CASCADE,
        primary_key=True,
        related_name="search_card",
        verbose_name=_("client"),
    )
    name_key = models.TextField(_("sorted by"), db_collation="C")
    names = models.TextField(_("names and cards"), db_collation="C")
    contacts = models.TextField(_("contacts"), db_collation="C")
    vehicles = models.TextField(_("vehicles"), db_collation="C")
    tags = ArrayField(models.IntegerField(), default=list, verbose_name=_("tags"))
    visited_on = models.DateField(_("last visit"), null=True)

    class Meta:
        verbose_name = _("search row")
        verbose_name_plural = _("search rows")
        default_permissions = ("view",)
        indexes = [
            # Order of every list of clients; names that start with the input; the next page.
            models.Index(fields=["name_key", "customer"], name="searchcard_name_idx"),
            # All conditions of a search meet in this one index. Pending inserts would make one
            # unlucky reader pay for many writers, so there are none.
            GinIndex(
                fields=["names", "contacts", "vehicles", "tags"],
                opclasses=["gin_trgm_ops", "gin_trgm_ops", "gin_trgm_ops", "array_ops"],
                fastupdate=False,
                name="searchcard_idx",
            ),
            models.Index(fields=["visited_on"], name="searchcard_visited_idx"),
        ]

    def __str__(self) -> str:
        return self.name_key

    # Keys of other tables among the tags; `search_rows()` writes them by the same arithmetic.

    @staticmethod
    def price_type(pk: int) -> int:
        return -2_000_000 - pk

    @staticmethod
    def managed_by(pk: int) -> int:
        return -3_000_000 - pk

    @staticmethod
    def vehicle(model: int | None = None, year: int | None = None) -> int:
        """A vehicle of this model, of this year, or, one and the same vehicle, of both."""
        if model is None:
            return -1_000_000 - (year or 0)
        return -10_000_000 - 256 * model - (min(max(year - 1899, 1), 255) if year else 0)
