"""A backup in the place of what is there."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from armclients.backups import restoring
from armclients.backups.archive import BackupError, Manifest


class Command(BaseCommand):
    help = _("Restores database and uploads from a file that «backup» wrote.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help=_("also where there are clients: the backup takes their place"),
        )

    def handle(self, *, file: Path, overwrite: bool, **_options: Any) -> None:
        try:
            restoring.restore(Path(file), overwrite=overwrite, tell=self.tell)
        except BackupError as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(_("It is restored and checked."))

    def tell(self, manifest: Manifest) -> None:
        taken = timezone.localtime(manifest.facts.at)
        self.stdout.write(
            _(
                "A backup of %(taken)s, version %(version)s: %(clients)s clients, %(vehicles)s "
                "vehicles, %(documents)s documents, %(uploads)s uploads."
            )
            % {
                "taken": date_format(taken, "DATETIME_FORMAT"),
                "version": manifest.facts.version,
                "uploads": len(manifest.uploads),
                **manifest.facts.counts,
            }
        )
