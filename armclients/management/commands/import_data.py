"""Brings a shop's own tables in."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from armclients.embedded.readiness import prepare_database
from armclients.importing.problems import Complaint, ImportRefused
from armclients.importing.runner import Outcome, bring_in
from armclients.importing.staging import Watch


class Command(BaseCommand):
    help = _("Imports the tables of a directory (CSV or XLSX), all rows or none.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument(
            "--source",
            default="import",
            help=_("the system the rows come from; identifiers of two never meet"),
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help=_("say what would happen, change nothing"),
        )
        parser.add_argument(
            "--skip-bad",
            action="store_true",
            help=_("import the good rows, put the bad ones into DIRECTORY/rejected"),
        )
        parser.add_argument(
            "--encoding",
            default="auto",
            help=_("of the CSV files; by default UTF-8 or cp1251, whichever it is"),
        )
        parser.add_argument("--report", type=Path, metavar="FILE.json", help=_("counts, as JSON"))

    def handle(
        self,
        *,
        directory: Path,
        source: str,
        dry_run: bool,
        skip_bad: bool,
        encoding: str,
        report: Path | None,
        verbosity: int,
        **_options: Any,
    ) -> None:
        directory = Path(directory)
        prepare_database()
        try:
            with shown_progress(on=verbosity > 0 and sys.stderr.isatty()) as watch:
                outcome = bring_in(
                    directory,
                    source=source,
                    dry_run=dry_run,
                    skip_bad=skip_bad,
                    encoding=encoding,
                    watch=watch,
                )
        except ImportRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.complain(outcome)
        if verbosity:
            self.tell(outcome)
        if report:
            write_report(Path(report), outcome)
        conclude(outcome, dry_run=dry_run, skip_bad=skip_bad)
        if verbosity and dry_run:
            self.stdout.write(_("Nothing was changed: this was a dry run."))

    def complain(self, outcome: Outcome) -> None:
        """The first errors and warnings of each file, and how many more there are."""
        for warns, style in ((False, self.style.ERROR), (True, self.style.WARNING)):
            for name, shown in outcome.complaints.of(warns=warns):
                self.complain_of(shown, outcome.complaints.counted[name, warns], style)

    def complain_of(self, shown: list[Complaint], counted: int, style: Any) -> None:
        for complaint in shown:
            self.stderr.write(style(str(complaint)))
        if more := counted - len(shown):
            self.stderr.write(
                style(_("%(file)s: … and %(more)s more") % {"file": shown[0].file, "more": more})
            )

    def tell(self, outcome: Outcome) -> None:
        for name, count in outcome.as_json().items():
            self.stdout.write(
                _(
                    "%(file)-17s read %(read)s, new %(new)s, changed %(changed)s, "
                    "unchanged %(unchanged)s, rejected %(rejected)s"
                )
                % {"file": name, **count}
            )
        for path in outcome.rejects:
            self.stdout.write(
                _("Rejected rows are in %(path)s: mend them and import that directory.")
                % {"path": path}
            )


def conclude(outcome: Outcome, *, dry_run: bool, skip_bad: bool) -> None:
    """The command fails unless all rows landed, or would have."""
    if not outcome.rejected:
        return
    rows = ngettext("%(count)s row has errors", "%(count)s rows have errors", outcome.rejected) % {
        "count": outcome.rejected
    }
    if outcome.landed:
        raise CommandError(_("%(rows)s; all others were imported.") % {"rows": rows})
    if dry_run and skip_bad:
        raise CommandError(_("%(rows)s; nothing was changed: this was a dry run.") % {"rows": rows})
    raise CommandError(
        _("Nothing was imported: %(rows)s. Mend them, or import the others with --skip-bad.")
        % {"rows": rows}
    )


def write_report(path: Path, outcome: Outcome) -> None:
    try:
        path.write_text(json.dumps(outcome.as_json(), indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(
            _("The report %(path)s cannot be written (%(error)s).")
            % {"path": path, "error": error.strerror}
        ) from error


@contextmanager
def shown_progress(*, on: bool) -> Iterator[Watch]:
    """A line on the terminal that moves while the import works; nothing anywhere else."""
    if not on:
        yield lambda _stage, _name, _rows: None
        return
    stages = {
        "reading": _("Reading %(name)s: %(rows)s rows"),
        "checking": _("Checking %(name)s"),
        "writing": _("Writing %(name)s"),
        "deriving": _("Making it findable"),
    }
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("")

        def watch(stage: str, name: str, rows: int) -> None:
            progress.update(task, description=stages[stage] % {"name": name, "rows": rows})

        yield watch
