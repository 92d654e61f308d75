"""Makes the search rows anew, or proves that they are true."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from armclients.workstation import rebuild

SHOWN = 20


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; exit 1 where a row is not true"
        )

    def handle(self, *, check: bool, **_options: Any) -> None:
        if not check:
            rows = rebuild.rebuild()
            self.stdout.write(_("%(rows)s search rows were made anew.") % {"rows": rows})
        elif wrong := rebuild.differences():
            shown = ", ".join(map(str, wrong[:SHOWN]))
            raise CommandError(
                _("%(count)s search rows are not true, of the clients: %(shown)s")
                % {"count": len(wrong), "shown": shown}
            )
        else:
            self.stdout.write(_("All search rows are true."))
