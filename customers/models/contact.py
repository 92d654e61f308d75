"""How a client is reached: as typed, and folded for finding."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from armclients.kit.audit import keeps_history
from armclients.kit.folding import ContactExtension, FoldContact
from customers.lookup import reports_client
from customers.models.counterparty import Counterparty


class ContactQuerySet(models.QuerySet["Contact"]):
    def in_order(self) -> "ContactQuerySet":
        """As the client wants to be reached: the primary contact first."""
        return self.order_by("-is_primary", "position", "pk")

    def like(self, kind: str, value: str) -> "ContactQuerySet":
        """Of this kind and, however it is typed, of this value."""
        return self.filter(kind=kind, normalized=FoldContact(models.Value(value)))

    def usable(self) -> "ContactQuerySet":
        """By which somebody is reached."""
        return self.filter(is_wrong=False)


@keeps_history(exclude=("normalized", "extension"))
class Contact(models.Model):
    """Контактная информация. One phone may belong to several clients: families share them."""

    class Kind(models.TextChoices):
        MOBILE = "mobile", _("Mobile phone")
        WORK = "work", _("Work phone")
        HOME = "home", _("Home phone")
        FAX = "fax", _("Fax")
        EMAIL = "email", _("E-mail address")
        ADDRESS = "address", _("Address")
        TELEGRAM = "telegram", "Telegram"
        WHATSAPP = "whatsapp", "WhatsApp"
        MAX = "max", "MAX"
        OTHER = "other", _("Other")

    PHONES = (Kind.MOBILE, Kind.WORK, Kind.HOME)

    counterparty = models.ForeignKey(
        Counterparty,
        models.CASCADE,
        db_index=False,
        related_name="contacts",
        verbose_name=_("client"),
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    value = models.CharField(_("value"), max_length=300)
    person = models.CharField(
        _("person"), max_length=100, blank=True, help_text=_("Whose it is, when not the client's.")
    )
    is_primary = models.BooleanField(_("primary"), default=False)
    is_wrong = models.BooleanField(
        _("wrong"),
        default=False,
        db_default=False,
        help_text=_("Nobody is reached by it: it is found, but never called or written to."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"),
        default=0,
        db_default=0,
        help_text=_("The place in the list, behind the primary contact."),
    )
    normalized = models.GeneratedField(
        expression=FoldContact("value"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("folded"),
    )
    extension = models.GeneratedField(
        expression=ContactExtension("value"),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("extension"),
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            # The import matches a contact by these three.
            models.UniqueConstraint(
                fields=["counterparty", "kind", "normalized"], name="contact_once"
            ),
            models.UniqueConstraint(
                fields=["counterparty"],
                condition=models.Q(is_primary=True),
                name="contact_one_primary",
            ),
            models.CheckConstraint(
                condition=~models.Q(is_primary=True, is_wrong=True),
                name="contact_primary_is_not_wrong",
            ),
        ]
        indexes = [
            # Whose number calls.
            models.Index(fields=["normalized"], name="contact_of_number_idx")
        ]
        permissions = [("view_contact_value", _("Can see phones and e-mails unmasked"))]
        triggers = reports_client("counterparty_id", watch=("value",))

    def __str__(self) -> str:
        return self.value

    @property
    def address(self) -> str:
        """Where a message goes: the number in digits alone, or what was typed."""
        return self.normalized if self.is_phone else self.value.strip()

    @property
    def is_phone(self) -> bool:
        return self.kind in self.PHONES
