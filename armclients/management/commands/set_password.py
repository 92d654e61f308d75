"""A password for one user, typed twice or read from standard input."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.utils.translation import gettext as _


class Command(BaseCommand):
    help = _("Sets the password of a user, an imported one for example.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", metavar="USER")
        parser.add_argument(
            "--stdin",
            action="store_true",
            help=_("take the first line of standard input"),
        )

    def handle(self, *, username: str, stdin: bool, **_options: Any) -> None:
        users = get_user_model()
        try:
            user = users.objects.get_by_natural_key(username)
        except users.DoesNotExist as unknown:
            raise CommandError(_("There is no user «%(name)s».") % {"name": username}) from unknown
        password = sys.stdin.readline().rstrip("\r\n") if stdin else self.typed_twice()
        try:
            validate_password(password, user)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        user.set_password(password)
        user.save(update_fields=["password"])
        self.stdout.write(_("The password of «%(name)s» is set.") % {"name": username})

    def typed_twice(self) -> str:
        password = getpass(_("New password: "))
        if getpass(_("Once more: ")) != password:
            raise CommandError(_("The two passwords differ; nothing was changed."))
        return password
