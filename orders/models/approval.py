"""Согласования and materials of the client's own: what was agreed upon about a document."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from armclients.kit.audit import keeps_history
from armclients.kit.users import a_user
from orders.models.document import MONEY, Document


@keeps_history()
class Approval(models.Model):
    """The client agreed to so much: who, how, when, to what. The latest one counts."""

    class How(models.TextChoices):
        PHONE = "phone", pgettext_lazy("approved", "by phone")
        IN_PERSON = "person", pgettext_lazy("approved", "in person")
        SMS = "sms", pgettext_lazy("approved", "by SMS")
        EMAIL = "email", pgettext_lazy("approved", "by e-mail")
        LINK = "link", pgettext_lazy("approved", "by the link")

    document = models.ForeignKey(
        Document,
        models.CASCADE,
        db_index=False,
        related_name="approvals",
        verbose_name=_("document"),
    )
    who = models.CharField(pgettext_lazy("approved", "who"), max_length=200)
    how = models.CharField(
        pgettext_lazy("approved", "how"), max_length=6, choices=How, default=How.PHONE
    )
    at = models.DateTimeField(pgettext_lazy("approved", "when"))
    what = models.CharField(pgettext_lazy("approved", "what"), max_length=500)
    amount = models.DecimalField(_("up to, ₽"), **MONEY)
    is_firm = models.BooleanField(
        _("firm price"), default=False, help_text=_("Otherwise approximate.")
    )
    author = a_user(_("author"))

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="approval_not_negative")
        ]
        indexes = [
            # The approvals of a document, the latest first.
            models.Index(fields=["document", "-at", "-id"], name="approval_of_document_idx")
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.amount}"


@keeps_history()
class OwnMaterial(models.Model):
    """What the client brought themselves, and whether papers came with it [law: ПП 780]."""

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="own_materials", verbose_name=_("document")
    )
    name = models.CharField(_("name"), max_length=300)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=3, default=1)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    has_certificate = models.BooleanField(_("certificate shown"), default=False)
    has_receipt = models.BooleanField(_("receipt shown"), default=False)

    class Meta:
        verbose_name = _("client's own material")
        verbose_name_plural = _("client's own materials")
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="ownmaterial_of_some_quantity")
        ]

    def __str__(self) -> str:
        return self.name
