"""A call as if a PBX told it, through the same door: to try the screen, and to show it."""

import json
import time
from argparse import ArgumentParser
from typing import Any, cast
from uuid import uuid4

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from armclients.kit import clock
from customers.telephony.providers.generic.parse import signature_of
from customers.telephony.story import What
from customers.telephony.webhook import pbx


class Command(BaseCommand):
    help = _("Plays a call: it rings, and is answered and ended if you say so.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("phone", help=_("Who calls, or is called."))
        parser.add_argument("--line", default="101", help=_("Which telephone of ours."))
        parser.add_argument("--out", action="store_true", help=_("We call them."))
        parser.add_argument("--answer", action="store_true", help=_("Somebody answers."))
        parser.add_argument(
            "--end", action="store_true", help=_("It ends; without an answer it was missed.")
        )
        parser.add_argument("--transfer", metavar="LINE", default="", help=_("It goes on there."))
        parser.add_argument("--recording", metavar="URL", default="")
        parser.add_argument("--call", default="", help=_("Goes on with this call."))
        parser.add_argument("--pause", type=float, default=0, help=_("Seconds between the words."))

    def handle(self, **options: Any) -> None:
        call = options["call"] or uuid4().hex
        for number, told in enumerate(words(options)):
            if number:
                time.sleep(options["pause"])
            post({"id": call, "at": clock.now().isoformat(), "number": options["phone"], **told})
        self.stdout.write(call)


def words(options: dict[str, Any]) -> list[dict[str, str]]:
    """What is to be told, in this order."""
    told = {"line": options["line"], "direction": "out" if options["out"] else "in"}
    happens = [] if options["call"] else [What.RINGING]
    happens += [What.ANSWERED] if options["answer"] else []
    happens += [What.TRANSFERRED] if options["transfer"] else []
    if options["end"]:
        was_answered = options["answer"] or options["call"]
        happens.append(What.ENDED if was_answered else What.MISSED)
    happens += [What.RECORDING] if options["recording"] else []
    further = {
        What.TRANSFERRED: {"to": options["transfer"]},
        What.RECORDING: {"recording": options["recording"]},
    }
    return [{"event": what.value, **told, **further.get(what, {})} for what in happens]


def post(told: dict[str, str]) -> None:
    """Signed and sent as a PBX would, to the very view that PBXs reach."""
    settings.PBX_SECRET = settings.PBX_SECRET or get_random_string(32)
    body = json.dumps(told).encode()
    timestamp = str(int(clock.now().timestamp()))
    request = RequestFactory().post(
        "/pbx/generic/",
        body,
        content_type="application/json",
        headers={
            "X-Timestamp": timestamp,
            "X-Signature": signature_of(body, timestamp, settings.PBX_SECRET),
        },
    )
    answer = cast(HttpResponse, pbx(request, "generic"))
    if answer.content:
        raise CommandError(answer.content.decode())
