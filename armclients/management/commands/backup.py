"""The whole shop in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from armclients.backups import taking
from armclients.backups.archive import BackupError
from armclients.embedded.readiness import what_is_wrong


class Command(BaseCommand):
    help = _("Writes database and uploads into one file, and reads it back.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to", type=Path, metavar="FILE", help=_("where; by default in ARM_DATA_DIR/backups")
        )

    def handle(self, *, to: Path | None, **_options: Any) -> None:
        if problem := what_is_wrong():
            raise CommandError(problem)
        path = Path(to) if to else taking.folder() / taking.name_of_now()
        if path.is_dir():
            path /= taking.name_of_now()
        try:
            manifest = taking.take(path)
        except BackupError as failure:
            raise CommandError(str(failure)) from failure
        self.stdout.write(
            _(
                "%(path)s, %(size)s, was written and read back: %(clients)s clients, "
                "%(vehicles)s vehicles, %(documents)s documents, %(uploads)s uploads."
            )
            % {
                "path": path,
                "size": filesizeformat(path.stat().st_size),
                "uploads": len(manifest.uploads),
                **manifest.facts.counts,
            }
        )
