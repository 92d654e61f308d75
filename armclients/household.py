"""Processes that live and end together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from types import FrameType
from typing import Self

import psutil
from django.conf import settings
from django.core.management import CommandError
from django.utils.translation import gettext as _

LEAVE_WITHIN = 10  # seconds, before those who do not hear are made to
GLANCE = 0.2  # seconds between looks at who is still here
PR_SET_PDEATHSIG = 1


class Household:
    """Children that end with their parent, however it ends, and with each other.

    SIGTERM and SIGINT end them all in order. A child that ends by itself takes the rest along.
    """

    def __init__(self) -> None:
        self.children: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, leave_in_order)
        return self

    def __exit__(self, *exc_info: object) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        self.send_away()

    def take_in(
        self, name: str, command: list[str], surroundings: dict[str, str] | None = None
    ) -> None:
        """One more child, in a process group of its own: a Ctrl-C is ours to pass on."""
        self.children[name] = subprocess.Popen(  # noqa: S603 — our own commands
            command,
            cwd=settings.BASE_DIR,
            env={**os.environ, **(surroundings or {})},
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 — single-threaded
        )

    def is_complete(self) -> bool:
        return all(child.poll() is None for child in self.children.values())

    def live(self) -> None:
        """Until told to end; a child's own end is an error with that child's code."""
        while self.is_complete():
            time.sleep(GLANCE)
        name, code = next(
            (name, child.returncode)
            for name, child in self.children.items()
            if child.returncode is not None
        )
        raise CommandError(
            _("The %(name)s ended by itself (code %(code)s), so everything stops.")
            % {"name": name, "code": code},
            returncode=code if code > 0 else 128 - code if code else 1,
        )

    def send_away(self) -> None:
        """No child is left, nor any child of theirs."""
        for child in self.children.values():
            child.terminate()
        deadline = time.monotonic() + LEAVE_WITHIN
        for child in self.children.values():
            with suppress(subprocess.TimeoutExpired):
                child.wait(max(deadline - time.monotonic(), 0))
            stragglers = members(child.pid)
            for straggler in stragglers:
                straggler.kill()
            psutil.wait_procs(stragglers, timeout=1)


def members(group: int) -> list[psutil.Process]:
    """Who still lives in a process group; its leader may be long gone."""
    found = []
    for process in psutil.process_iter():
        with suppress(ProcessLookupError, psutil.NoSuchProcess):
            if os.getpgid(process.pid) == group and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found


def leave_in_order(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def die_with_parent() -> None:
    """In the child: even a parent that is killed outright leaves nobody behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
