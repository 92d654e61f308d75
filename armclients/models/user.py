"""Who works here. No links to the floors: the branch stands on `Workplace`."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person with a log-in, a telephone line and a language of their own."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("full name"), max_length=200, blank=True)
    phone_line = models.CharField(
        _("telephone line"), max_length=40, blank=True, help_text=_("The extension at the PBX.")
    )
    language = models.CharField(
        _("language"), max_length=2, choices=[("ru", "Русский"), ("en", "English")], default="ru"
    )

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.short_name

    def get_full_name(self) -> str:
        return self.full_name or self.username

    def get_short_name(self) -> str:
        return self.short_name

    @property
    def short_name(self) -> str:
        """«Титова Ольга Сергеевна» -> «Титова О. С.»; the log-in name when there is no other."""
        surname, *names = self.full_name.split() or [self.username]
        return " ".join([surname, *(f"{name[0]}." for name in names)])
