"""The whole product under one parent: database, web server and background worker."""

import errno
import logging
import socket
import sys
import time
from argparse import ArgumentParser
from hashlib import blake2b
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.exceptions import ImproperlyConfigured
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.utils.translation import gettext as _

from armclients.embedded.base import server_of
from armclients.embedded.readiness import prepare_database
from armclients.household import Child, Household, Member

logger = logging.getLogger(__name__)

LONGEST_GOODBYE = 5  # seconds a page may take when everything stops
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 — asked for by HOST, only shown here


class Command(BaseCommand):
    help = _("Runs the product: database, web server and background worker.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.HOST)
        parser.add_argument("--port", type=int, default=settings.PORT)

    def handle(self, *, host: str, port: int, **_options: Any) -> None:
        refuse_a_busy_port(host, port)
        prepare_database()
        self.fill()
        collect_static_files()
        connection.close()
        with Household() as household:
            if not settings.DATABASE_URL:
                household.take_in(EmbeddedDatabase(_("database")))
            household.take_in(web_server(host, port))
            household.take_in(background_worker())
            self.wait_for_an_answer(host, port, household)
            self.announce(address(host, port))
            household.live()

    def fill(self) -> None:
        """Nothing: a shop's database is filled by the shop."""

    def announce(self, url: str) -> None:
        self.stdout.write(_("The product is at %(url)s (Ctrl-C stops it)") % {"url": url})

    def wait_for_an_answer(self, host: str, port: int, household: Household) -> None:
        while not answers(host, port):
            household.look_after()
            time.sleep(0.05)


class EmbeddedDatabase(Member):
    """The server this process holds; where it dies alone, others may bring it back before us."""

    def is_here(self) -> bool:
        return server_of(settings.DATA_DIR).is_ready()

    def come(self) -> None:
        try:
            server_of(settings.DATA_DIR).bring_back()
        except ImproperlyConfigured as failure:
            # The household looks again, and gives up when it has seen this too often.
            logger.error(failure)


def answers(host: str, port: int) -> bool:
    call = HTTPConnection(EVERYWHERE.get(host, host), port, timeout=60)
    try:
        call.request("HEAD", "/", headers={"Host": "localhost"})
        call.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        call.close()
    return True


def address(host: str, port: int) -> str:
    """What to type in a browser: PUBLIC_URL where it was set, else where we listen."""
    if f"http://{settings.HOST}:{settings.PORT}" != settings.PUBLIC_URL:
        return settings.PUBLIC_URL
    shown = EVERYWHERE.get(host, host)
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def refuse_a_busy_port(host: str, port: int) -> None:
    """Said before anything slow begins."""
    try:
        family, kind, protocol, _name, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
            probe.listen()
    except (OSError, OverflowError) as error:
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            reason = _("Port %(port)s on %(host)s is taken: stop what listens there, or set PORT.")
        else:
            reason = _(
                "Nothing can listen on %(host)s, port %(port)s (%(error)s): set HOST and PORT."
            )
        raise CommandError(reason % {"host": host, "port": port, "error": error}) from error


def collect_static_files() -> None:
    """STATIC_ROOT holds what the sources hold; nothing is done where they have not changed."""
    if settings.DEBUG:
        return
    seal = settings.DATA_DIR / "static.seal"
    sources = fingerprint_of_static_files()
    if seal.exists() and seal.read_text() == sources and settings.STATIC_ROOT.exists():
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    seal.parent.mkdir(parents=True, exist_ok=True)
    seal.write_text(sources)


def fingerprint_of_static_files() -> str:
    digest = blake2b()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def web_server(host: str, port: int) -> Child:
    options = {
        "--interface": "asgi",
        "--host": host,
        "--port": str(port),
        "--workers": "1",
        "--http": "1",
        "--workers-kill-timeout": str(LONGEST_GOODBYE),
        "--log-level": "warning",
    }
    pairs = [part for option in options.items() for part in option]
    command = [sys.executable, "-m", "granian", *pairs, "--no-ws", "armclients.asgi:application"]
    return Child(_("web server"), command, {"HOST": host, "PORT": str(port)})


def background_worker() -> Child:
    manage = str(settings.BASE_DIR / "manage.py")
    return Child(_("background worker"), [sys.executable, manage, "work"])
