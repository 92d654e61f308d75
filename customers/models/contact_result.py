"""What a word with a client came to."""

from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _


class ContactResult(models.Model):
    """Результат контакта: a word to choose. An event keeps the word itself, so that renaming or
    removing one here changes nothing that was said."""

    name = models.CharField(_("name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=100)

    class Meta:
        verbose_name = _("contact result")
        verbose_name_plural = _("contact results")
        constraints = [models.UniqueConstraint(Upper("name"), name="contactresult_once")]

    def __str__(self) -> str:
        return self.name
