"""What was printed and signed, kept as it was."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from armclients.kit.users import a_user
from orders.models.document import Document


class PrintedForm(models.Model):
    """Печатная форма of a document, byte for byte as the client signed it.

    The document may change afterwards; this does not. The file lies among the uploads, which no
    address leads to, and `sha256` proves that it is still the one that was printed.
    """

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="printed_forms", verbose_name=_("document")
    )
    form = models.CharField(_("form"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    made_at = models.DateTimeField(_("printed at"), db_default=Now())
    by = a_user(_("by"), blank=False)
    path = models.CharField(_("file"), max_length=100)
    sha256 = models.CharField(_("fingerprint"), max_length=64)

    class Meta:
        verbose_name = _("printed form")
        verbose_name_plural = _("printed forms")
        constraints = [models.UniqueConstraint(fields=["path"], name="printedform_file_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        return reverse("kept_print", args=[self.pk])

    @property
    def place(self) -> Path:
        return Path(settings.MEDIA_ROOT) / self.path

    @property
    def file_name(self) -> str:
        """What a browser saves it as."""
        return f"{self.title}.pdf".replace("/", "-")
