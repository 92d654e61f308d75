"""The words that names are made of: what a misspelt one is compared with."""

from django.contrib.postgres.indexes import GistIndex, OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _


class NameWord(models.Model):
    """A folded word of letters in some client's name. Written only by the triggers of
    `armclients/sql/name_words.sql`."""

    word = models.TextField(_("word"), db_collation="C")

    class Meta:
        verbose_name = _("word of a name")
        verbose_name_plural = _("words of names")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["word"], name="nameword_once")]
        indexes = [
            GistIndex(OpClass("word", name="gist_trgm_ops(siglen=32)"), name="nameword_idx"),
        ]

    def __str__(self) -> str:
        return self.word
