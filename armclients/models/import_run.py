"""Bringing files in from the administration: what was uploaded, and what became of it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from armclients.models.user import User


class ImportRun(models.Model):
    """One upload: tried first, then, if its author says so, imported.

    `stage`, `file` and `rows` tell how far the worker is; `counts` and `complaints` what it found.
    """

    class Mode(models.TextChoices):
        CHECK = "check", _("check only")
        ALL = "all", _("import all rows or none")
        SKIP = "skip", _("import the good rows, put the bad ones aside")

    class State(models.TextChoices):
        CHECK_WAITS = "check_waits", _("waits to be checked")
        CHECKING = "checking", _("being checked")
        CHECKED = "checked", _("checked")
        IMPORT_WAITS = "import_waits", _("waits to be imported")
        IMPORTING = "importing", _("being imported")
        IMPORTED = "imported", _("imported")
        REFUSED = "refused", _("refused")

    WAITING = (State.CHECK_WAITS, State.IMPORT_WAITS)
    RUNNING = (State.CHECKING, State.IMPORTING)

    token = models.UUIDField(_("upload"), default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        related_name="import_runs",
        verbose_name=_("author"),
    )
    created_at = models.DateTimeField(_("created at"))
    source = models.CharField(_("source"), max_length=40, default="import")
    mode = models.CharField(_("what to do"), max_length=5, choices=Mode, default=Mode.ALL)
    state = models.CharField(
        _("state"), max_length=12, choices=State, default=State.CHECK_WAITS, editable=False
    )
    files = models.JSONField(_("files"), default=list, editable=False)
    stage = models.CharField(max_length=10, blank=True, editable=False)
    file = models.CharField(max_length=30, blank=True, editable=False)
    rows = models.PositiveIntegerField(default=0, editable=False)
    counts = models.JSONField(default=list, editable=False)
    complaints = models.JSONField(default=list, editable=False)
    rejects = models.JSONField(default=list, editable=False)
    refusal = models.TextField(_("why not"), blank=True, editable=False)

    class Meta:
        verbose_name = _("import of files")
        verbose_name_plural = _("imports of files")
        default_permissions = ()
        permissions = [("import_data", _("Can import files"))]

    def __str__(self) -> str:
        return f"{self.source}: {', '.join(self.files)}"

    @property
    def is_waiting(self) -> bool:
        return self.state in self.WAITING

    @property
    def is_running(self) -> bool:
        return self.state in self.RUNNING

    @property
    def rejected(self) -> int:
        return sum(count["rejected"] for count in self.counts)

    @property
    def can_be_imported(self) -> bool:
        """Whether it was found fit for what its author chose."""
        is_fit = self.mode == self.Mode.SKIP or not self.rejected
        return self.state == self.State.CHECKED and self.mode != self.Mode.CHECK and is_fit
