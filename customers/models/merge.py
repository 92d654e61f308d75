"""Two cards of one client, made one."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from armclients.kit.users import a_user
from customers.models.counterparty import Counterparty


class CustomerMerge(models.Model):
    """Объединение: what the client `kept` has been given of another one, who is there no more.

    `snapshot` says what is needed to undo it: the other client's own facts, the keys of all rows
    that went over, and the rows that would have been there twice. What was written since stays.
    """

    kept = models.ForeignKey(
        Counterparty, models.CASCADE, related_name="merges", verbose_name=_("client who is kept")
    )
    former_pk = models.BigIntegerField(_("key of the client who is gone"))
    former_name = models.CharField(_("client who is gone"), max_length=200)
    reason = models.CharField(_("reason"), max_length=300)
    snapshot = models.JSONField(_("snapshot"), encoder=DjangoJSONEncoder)
    author = a_user(_("author"), db_index=False, blank=False)
    at = models.DateTimeField(_("at"))
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    undone_by = a_user(_("undone by"), db_index=False)

    class Meta:
        verbose_name = _("merge of clients")
        verbose_name_plural = _("merges of clients")
        constraints = [
            # Where an old address or a late report leads.
            models.UniqueConstraint(
                fields=["former_pk"], condition=Q(undone_at=None), name="merge_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason__regex=r"^\s*$"), name="merge_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.former_name} → {self.kept}"
