"""Processes that live and end together."""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from types import FrameType
from typing import Self

import psutil
from django.conf import settings
from django.core.management import CommandError
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

LEAVE_WITHIN = 10  # seconds, before those who do not hear are made to
GLANCE = 0.2  # seconds between looks at who is still here
OFTEN, LATELY = 5, 60.0  # so many ends within so many seconds are too many
FIRST_PAUSE = 0.5  # seconds before a start; after each further end twice as long
PR_SET_PDEATHSIG = 1


class Member(ABC):
    """Somebody of the household, who is brought back after an end nobody asked for."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.ends: list[float] = []
        self.returns_at = 0.0

    @abstractmethod
    def is_here(self) -> bool: ...

    @abstractmethod
    def come(self) -> None:
        """Starts, and is here."""

    def look_after(self) -> None:
        """Here again soon when it ended by itself; who ends again and again ends everything."""
        now = time.monotonic()
        if self.returns_at:
            if now >= self.returns_at:
                self.returns_at = 0.0
                self.come()
        elif not self.is_here():
            self.ends = [*(end for end in self.ends if now - end < LATELY), now]
            facts = {"name": self.name, "times": len(self.ends)}
            if len(self.ends) > OFTEN:
                raise CommandError(
                    _("The %(name)s ended %(times)s times within a minute, so everything stops.")
                    % facts
                )
            logger.warning(_("The %(name)s ended by itself and is started again."), facts)
            self.returns_at = now + FIRST_PAUSE * 2 ** (len(self.ends) - 1)


class Child(Member):
    """A process with a group of its own: a Ctrl-C is ours to pass on."""

    def __init__(self, name: str, command: list[str], surroundings: dict[str, str] | None = None):
        super().__init__(name)
        self.command = command
        self.surroundings = surroundings or {}
        self.process: subprocess.Popen[bytes] | None = None

    def is_here(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def come(self) -> None:
        self.end_stragglers()
        self.process = subprocess.Popen(  # noqa: S603 — our own commands
            self.command,
            cwd=settings.BASE_DIR,
            env={**os.environ, **self.surroundings},
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 — single-threaded
        )

    def end_stragglers(self) -> None:
        """Nobody is left whom a dead process started: they would hold its port."""
        stragglers = members(self.process.pid) if self.process else []
        for straggler in stragglers:
            with suppress(psutil.NoSuchProcess):
                straggler.kill()
        psutil.wait_procs(stragglers, timeout=1)


class Household:
    """Members that are brought back when they end, and that end with their parent, however it ends.

    SIGTERM and SIGINT end them all in order, and so does one who cannot be kept.
    """

    def __init__(self) -> None:
        self.members: list[Member] = []

    def __enter__(self) -> Self:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, leave_in_order)
        return self

    def __exit__(self, *exc_info: object) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        self.send_away()

    def take_in(self, member: Member) -> None:
        self.members.append(member)
        if not member.is_here():
            member.come()

    def look_after(self) -> None:
        for member in self.members:
            member.look_after()

    def live(self) -> None:
        """Until told to end, or until somebody cannot be kept."""
        while True:
            self.look_after()
            time.sleep(GLANCE)

    def send_away(self) -> None:
        """No child is left, nor any child of theirs."""
        children = [member for member in self.members if isinstance(member, Child)]
        started = [child.process for child in children if child.process]
        for process in started:
            process.terminate()
        deadline = time.monotonic() + LEAVE_WITHIN
        for process in started:
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(deadline - time.monotonic(), 0))
        for child in children:
            child.end_stragglers()


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
