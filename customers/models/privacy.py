"""Who looked at whose data."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from customers.models.counterparty import Counterparty

PLACES = {
    "info": _("Information"),
    "events": _("Events"),
    "cart": _("Cart"),
    "orders": _("Orders"),
    "documents": _("Buyer's documents"),
    "contact": _("Register a contact with the client"),
    "log": _("Log"),
    "admin": _("Administration"),
}


class AccessLogEntry(models.Model):
    """One opening of a client's card, or one export [law: 152-ФЗ]."""

    counterparty = models.ForeignKey(
        Counterparty,
        models.CASCADE,
        db_index=False,
        related_name="access_log",
        verbose_name=_("client"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="access_log",
        verbose_name=_("user"),
    )
    why = models.CharField(_("why"), max_length=40)
    at = models.DateTimeField(_("at"), db_default=Now())

    class Meta:
        verbose_name = _("access log entry")
        verbose_name_plural = _("access log")
        indexes = [
            # Who opened this client, newest first.
            models.Index(fields=["counterparty", "-at"], name="access_of_client_idx")
        ]

    @property
    def place(self) -> str:
        """Where the card was opened, in words."""
        return str(PLACES.get(self.why, self.why))

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.user} → {self.counterparty}"
