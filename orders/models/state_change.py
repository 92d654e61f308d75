"""How the states of documents came about."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from armclients.kit.users import a_user
from orders import states
from orders.models.document import Document


class StateChange(models.Model):
    """One change of a document's state. The database writes it, so that SQL counts too."""

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="state_changes", verbose_name=_("document")
    )
    from_state = models.CharField(_("from"), max_length=12, blank=True)
    to_state = models.CharField(_("to"), max_length=12, blank=True)
    by = a_user(_("by"), blank=False)
    at = models.DateTimeField(_("at"), db_default=Now())
    from_goods = models.BooleanField(_("by the goods"), default=False, db_default=False)
    why = models.CharField(_("why"), max_length=300, blank=True, db_default="")

    class Meta:
        verbose_name = _("state change")
        verbose_name_plural = _("state changes")
        indexes = [
            # The log of one document, in order.
            models.Index(fields=["document", "at"], name="statechange_of_document_idx")
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.from_state} → {self.to_state}"

    @property
    def from_label(self) -> str:
        return states.label(self.document.kind, self.from_state)

    @property
    def to_label(self) -> str:
        return states.label(self.document.kind, self.to_state)
