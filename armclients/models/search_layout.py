"""What a user, or everyone of a role, sees around the search: in which order, and what not."""

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from armclients.models.user import User


class SearchLayout(models.Model):
    """One user's own layout, or the standard of a role.

    `chosen` holds, by part of the screen, the slugs of what stands there in its order; what is
    hidden has a minus before it. It is read by `workstation/layout.py`, which forgives anything.
    """

    user = models.OneToOneField(
        User,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="search_layout",
        verbose_name=_("user"),
    )
    role = models.OneToOneField(
        Group,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="search_layout",
        verbose_name=_("role"),
    )
    chosen = models.JSONField(_("chosen"), default=dict, blank=True)

    class Meta:
        verbose_name = _("layout of the search")
        verbose_name_plural = _("layouts of the search")
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, role__isnull=False) | Q(user__isnull=False, role=None),
                name="searchlayout_of_one",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user or self.role)
