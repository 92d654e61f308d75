"""`serve`, on a shop that is there to be tried out."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from armclients.demo import extras, letters, shop, warehouse
from armclients.kit import clock
from armclients.management.commands import serve
from armclients.users import ROLES
from customers.models import Counterparty

SOURCE = "demo"
DEMO_SOURCES = {SOURCE, "seed", ""}  # the last: cards written on the screen by whoever tried it


class Command(serve.Command):
    help = _("Runs the product with a demo shop in it, written when the database is empty.")

    def fill(self) -> None:
        sources = set(Counterparty.objects.values_list("source", flat=True).distinct())
        if not sources:
            self.stdout.write(_("Filling the demo shop…"))
            with transaction.atomic():
                bring_in(shop.write)
                open_the_doors()
                extras.fill()
                letters.write(clock.now())
                warehouse.fill(clock.today(timezone.get_default_timezone()))
        elif SOURCE in sources <= DEMO_SOURCES:
            bring_in(shop.write_day)
        else:
            raise CommandError(
                _("This database holds a real shop's clients: start it with «manage.py serve».")
            )

    def announce(self, url: str) -> None:
        super().announce(url)
        self.stdout.write(_("Administration: %(url)s/admin/") % {"url": url})
        self.stdout.write(
            _("The password of everyone is «%(password)s»:") % {"password": shop.PASSWORD}
        )
        for login in shop.LOGINS:
            self.stdout.write(f"  {login.username:<8}{ROLES[login.role]!s:<28}{login.full_name}")


def bring_in(write: Callable[..., None]) -> None:
    """What this writer writes for today is in the database."""
    with TemporaryDirectory() as folder:
        write(Path(folder), today=clock.today(timezone.get_default_timezone()))
        call_command("import_data", folder, source=SOURCE, verbosity=0)


def open_the_doors() -> None:
    """Everyone of the demo shop can log in; its administrator may do anything."""
    staff = get_user_model().objects.filter(username__in=[login.username for login in shop.LOGINS])
    staff.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX).update(
        password=make_password(shop.PASSWORD)
    )
    rulers = [login.username for login in shop.LOGINS if login.role == "admin"]
    staff.filter(username__in=rulers).update(is_staff=True, is_superuser=True)
