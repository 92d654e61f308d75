"""The desk of one user."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from armclients.models.user import User
from orders.models import Branch


class Workplace(models.Model):
    """Where a user works. Whoever has none works in the first branch."""

    user = models.OneToOneField(
        User, models.CASCADE, related_name="workplace", verbose_name=_("user")
    )
    branch = models.ForeignKey(
        Branch, models.PROTECT, related_name="workplaces", verbose_name=_("branch")
    )

    class Meta:
        verbose_name = _("workplace")
        verbose_name_plural = _("workplaces")
        permissions = [("use_workstation", _("Can work at the workstation"))]

    def __str__(self) -> str:
        return f"{self.user}: {self.branch}"
