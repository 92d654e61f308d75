"""Where tires lie: stores of the tire hotel and the cells of their racks."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history

LARGEST_RIM = (10, 26)  # inches


class Season(models.TextChoices):
    SUMMER = "summer", _("summer")
    WINTER = "winter", _("winter")
    ALL = "all", _("all-season")


class TireStore(models.Model):
    """Склад шин: a room with racks. Not a warehouse of goods: nothing here is for sale."""

    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name = _("tire store")
        verbose_name_plural = _("tire stores")
        constraints = [models.UniqueConstraint(Upper("name"), name="tirestore_once")]

    def __str__(self) -> str:
        return self.name


class StorageCellQuerySet(models.QuerySet["StorageCell"]):
    def with_room_for(self, tires: int) -> "StorageCellQuerySet":
        return self.filter(is_active=True, held__lte=F("capacity") - tires)

    def in_walking_order(self) -> "StorageCellQuerySet":
        """As one walks along the racks."""
        return self.order_by("store", "zone", "rack", "shelf", "position", "pk")


@keeps_history(exclude=("held",))
class StorageCell(models.Model):
    """Ячейка: so many tires have room at one address, under a code that is on its label.

    `held` follows the sets by triggers; updating it locks the row, so that two storekeepers cannot
    both take the last place.
    """

    store = models.ForeignKey(
        TireStore, models.PROTECT, db_index=False, related_name="cells", verbose_name=_("store")
    )
    zone = models.CharField(_("zone"), max_length=10, blank=True)
    rack = models.PositiveSmallIntegerField(_("rack"))
    shelf = models.PositiveSmallIntegerField(_("shelf"), help_text=_("Counted from the floor."))
    position = models.PositiveSmallIntegerField(_("position"))
    code = models.CharField(_("code on the label"), max_length=30)
    capacity = models.PositiveSmallIntegerField(_("capacity, tires"), default=4)
    largest_rim = models.PositiveSmallIntegerField(
        _("up to R"), null=True, blank=True, help_text=_("Empty: tires of any diameter have room.")
    )
    season = models.CharField(
        _("season"), max_length=6, choices=Season, blank=True, help_text=_("Empty: of any season.")
    )
    is_active = models.BooleanField(_("in use"), default=True)
    held = models.PositiveSmallIntegerField(
        _("tires in it"), default=0, db_default=0, editable=False
    )

    objects = StorageCellQuerySet.as_manager()

    class Meta:
        verbose_name = _("storage cell")
        verbose_name_plural = _("storage cells")
        constraints = [
            models.UniqueConstraint(Upper("code"), name="storagecell_code_once"),
            models.UniqueConstraint(
                fields=["store", "zone", "rack", "shelf", "position"],
                name="storagecell_address_once",
            ),
            models.CheckConstraint(
                condition=Q(held__lte=F("capacity")), name="storagecell_not_over_capacity"
            ),
            models.CheckConstraint(
                condition=Q(largest_rim=None) | Q(largest_rim__range=LARGEST_RIM),
                name="storagecell_rim_possible",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def free(self) -> int:
        return self.capacity - self.held

    @property
    def load(self) -> str:
        """How full it is, in a word: a tint on the map and a word in its table."""
        if not self.is_active:
            return "off"
        if not self.held:
            return "empty"
        return "full" if self.held >= self.capacity else "part"


def fills_cells() -> list[pgtrigger.Trigger]:
    """Statement triggers by which a cell knows how many tires lie in it.

    Whole statements are summed up, so that two sets can change places in one; cells are locked in
    the order of their keys.
    """
    taken = "SELECT cell_id, quantity FROM new_rows"
    freed = "SELECT cell_id, -quantity FROM old_rows"
    both = f"{taken} UNION ALL {freed}"
    return [
        _fills("insert", pgtrigger.Insert, taken, new="new_rows"),
        _fills("update", pgtrigger.Update, both, new="new_rows", old="old_rows"),
        _fills("delete", pgtrigger.Delete, freed, old="old_rows"),
    ]


def _fills(
    name: str, operation: pgtrigger.Operation, changed: str, **transition: str
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"fill_{name}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**transition),
        declare=[("moved", "record")],
        func=f"""
            FOR moved IN
                SELECT cell_id, sum(quantity) AS tires
                  FROM ({changed}) AS rows (cell_id, quantity)
                 WHERE cell_id IS NOT NULL
                 GROUP BY cell_id HAVING sum(quantity) <> 0 ORDER BY cell_id
            LOOP
                UPDATE vehicles_storagecell SET held = held + moved.tires WHERE id = moved.cell_id;
            END LOOP;
            RETURN NULL;
        """,
    )
