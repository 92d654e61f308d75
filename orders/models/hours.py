"""When there is work: the hours of a week, and the days without them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from orders.models.booking import Bay
from orders.models.branch import Branch


def of_one(table: str) -> models.CheckConstraint:
    """A row is of a bay, or of a master, or of the whole branch."""
    return models.CheckConstraint(
        condition=Q(bay=None) | Q(master=None), name=f"{table}_of_bay_or_master"
    )


class Scoped(models.Model):
    """What is true of a branch, or of one bay or one master of it."""

    branch = models.ForeignKey(
        Branch, models.CASCADE, db_index=False, related_name="+", verbose_name=_("branch")
    )
    bay = models.ForeignKey(
        Bay, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("bay")
    )
    master = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("master"),
    )

    class Meta:
        abstract = True

    @property
    def scope(self) -> str:
        """Whose: of the bay or the master, else of the branch."""
        return str(self.bay or self.master or self.branch)


class WorkingHours(Scoped):
    """Рабочие часы of a weekday; two rows of one day leave a break between them.

    A bay or a master with rows of their own works by these alone, others as their branch. A branch
    without any works every day from nine to eight.
    """

    class Weekday(models.IntegerChoices):
        MONDAY = 1, _("Monday")
        TUESDAY = 2, _("Tuesday")
        WEDNESDAY = 3, _("Wednesday")
        THURSDAY = 4, _("Thursday")
        FRIDAY = 5, _("Friday")
        SATURDAY = 6, _("Saturday")
        SUNDAY = 7, _("Sunday")

    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=Weekday)
    opens = models.TimeField(_("from"))
    closes = models.TimeField(_("until"))

    class Meta:
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        constraints = [
            of_one("hours"),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")), name="hours_close_after_opening"
            ),
            models.UniqueConstraint(
                fields=["branch", "bay", "master", "weekday", "opens"],
                nulls_distinct=False,
                name="hours_once",
            ),
        ]

    def __str__(self) -> str:
        day = self.Weekday(self.weekday).label
        return f"{self.scope}: {day} {self.opens:%H:%M}–{self.closes:%H:%M}"


class DayOff(Scoped):
    """Нерабочий день, or several in a row: a holiday, a repair of the lift, a master's leave."""

    since = models.DateField(_("first day"))
    until = models.DateField(_("last day"))
    why = models.CharField(_("why"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("day off")
        verbose_name_plural = _("days off")
        constraints = [
            of_one("day_off"),
            models.CheckConstraint(
                condition=Q(until__gte=F("since")), name="day_off_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["branch", "bay", "master", "since"],
                nulls_distinct=False,
                name="day_off_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope}: {self.since:%d.%m.%Y}–{self.until:%d.%m.%Y}"
