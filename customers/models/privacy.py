"""What a client agreed to, and who looked at whose data."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from armclients.kit.users import a_user
from customers.models.counterparty import Counterparty

PLACES = {
    "info": _("Information"),
    "events": _("Events"),
    "cart": _("Cart"),
    "selection": _("Selection"),
    "selections": _("Selections"),
    "orders": _("Orders"),
    "documents": _("Buyer's documents"),
    "document": _("Document"),
    "booking": _("Repair booking"),
    "visit": _("Check-in"),
    "contact": _("Register a contact with the client"),
    "log": _("Log"),
    "message": _("Message"),
    "recording": _("Recording of a call"),
    "tires": _("Tire hotel"),
    "export": _("What we hold"),
    "anonymise": _("Anonymised"),
    "admin": _("Administration"),
}

# Of the sheets that this product prints; what was signed keeps the version it had.
DOCUMENT_VERSION = "1"
DOCUMENTS = {
    "processing": _("Consent to the processing of personal data"),
    "advertising": _("Consent to receive advertising"),
    "transfer": _("Consent to the transfer of personal data to third parties"),
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
    user = a_user(_("user"), related_name="access_log", blank=False)
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


class ConsentQuerySet(models.QuerySet["Consent"]):
    def live(self, *, purpose: str) -> "ConsentQuerySet":
        """Given for this purpose and not withdrawn: whether the shop may, is whether one exists."""
        return self.filter(purpose=purpose, withdrawn_at=None)


@keeps_history()
class Consent(models.Model):
    """Согласие: one document for one purpose, until it is withdrawn [law: 152-ФЗ].

    A client may sign a newer version while an older one is live; a withdrawal ends them all.
    Work on the client's own order needs none of them; advertising needs a live one.
    """

    class Purpose(models.TextChoices):
        PROCESSING = "processing", _("Processing of personal data")
        ADVERTISING = "advertising", _("Advertising")
        TRANSFER = "transfer", _("Transfer to third parties")

        @property
        def document(self) -> str:
            """What the printed sheet is called."""
            return str(DOCUMENTS[self.value])

    class Channel(models.TextChoices):
        PAPER = "paper", _("signed on paper")
        PHONE = "phone", _("by phone")
        SMS = "sms", _("by SMS")
        EMAIL = "email", _("by e-mail")
        MESSENGER = "messenger", _("in a messenger")
        SITE = "site", _("on the site")
        OTHER = "other", _("otherwise")

    counterparty = models.ForeignKey(
        Counterparty,
        models.CASCADE,
        db_index=False,
        related_name="consents",
        verbose_name=_("client"),
    )
    purpose = models.CharField(_("purpose"), max_length=11, choices=Purpose)
    given_at = models.DateTimeField(_("given at"))
    channel = models.CharField(_("channel"), max_length=9, choices=Channel, default=Channel.PAPER)
    document = models.CharField(_("document"), max_length=200, blank=True)
    version = models.CharField(_("version"), max_length=40, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    author = a_user(_("author"), db_index=False)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            # The import matches a consent by these three.
            models.UniqueConstraint(
                fields=["counterparty", "purpose", "given_at"], name="consent_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__gte=F("given_at")), name="consent_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.given_at:%Y-%m-%d}"

    @property
    def is_live(self) -> bool:
        return self.withdrawn_at is None
