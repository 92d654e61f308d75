"""Writes the base into the files that `import_data` reads."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from armclients.embedded.readiness import prepare_database
from armclients.importing.exporting import ExportRefused, Watch, send_out


class Command(BaseCommand):
    help = _("Exports all clients, vehicles and documents to CSV files, as import_data reads them.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument(
            "--source",
            default="import",
            help=_("the system whose identifiers stand bare; all others say whose they are"),
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help=_("replace the files that the directory holds"),
        )

    def handle(
        self, *, directory: Path, source: str, overwrite: bool, verbosity: int, **_options: Any
    ) -> None:
        prepare_database()
        try:
            with shown_progress(on=verbosity > 0 and sys.stderr.isatty()) as watch:
                written = send_out(Path(directory), source=source, overwrite=overwrite, watch=watch)
        except ExportRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        for sentence in written.left_out:
            self.stderr.write(
                self.style.WARNING(_("Left out of %(sentence)s.") % {"sentence": sentence})
            )
        if verbosity:
            for name, rows in written.rows.items():
                self.stdout.write(
                    _("%(file)-17s rows %(rows)s") % {"file": f"{name}.csv", "rows": rows}
                )


@contextmanager
def shown_progress(*, on: bool) -> Iterator[Watch]:
    """A line on the terminal that moves while the export works; nothing anywhere else."""
    if not on:
        yield lambda _name, _rows: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("")

        def watch(name: str, rows: int) -> None:
            sentence = _("Writing %(name)s: %(rows)s rows") % {"name": name, "rows": rows}
            progress.update(task, description=sentence)

        yield watch
