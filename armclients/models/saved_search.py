"""Searches that users gave a name to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from armclients.models.user import User


class SavedSearch(models.Model):
    """A search one click away: «Мои ожидающие выдачи». Shared ones are seen by the whole branch.

    `query` holds parameters of the workstation's address, none of them empty.
    """

    MOST = 20

    user = models.ForeignKey(
        User, models.CASCADE, related_name="saved_searches", verbose_name=_("user")
    )
    name = models.CharField(_("name"), max_length=60)
    query = models.JSONField(_("search"), default=dict, editable=False)
    is_shared = models.BooleanField(_("show to colleagues"), default=False)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [
            # Asked at the end of a statement, so that two names can change places.
            models.UniqueConstraint(
                fields=["user", "name"],
                name="savedsearch_name_once",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
        ]

    def __str__(self) -> str:
        return self.name
