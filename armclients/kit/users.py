"""Links to users: who wrote, did or answers for something."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def a_user(name: "StrOrPromise", **options: Any) -> "models.ForeignKey[Any, Any]":
    """Who it was, or nobody known: the row outlives the user."""
    facts = {"null": True, "blank": True, "related_name": "+", **options}
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=name, **facts)
