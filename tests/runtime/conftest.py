"""A copy of the product with a data folder and a port of its own, driven from outside."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, LOCK_UN, flock
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psutil
import pytest
from django.conf import settings

GIVE_UP_AFTER = 120
LOG_IN = """
from django.contrib.auth import get_user_model
from django.test import Client
anyone = get_user_model().objects.create_superuser("anyone", password=None)
browser = Client()
browser.force_login(anyone, backend="armclients.users.OneStatementBackend")
print(browser.session.session_key)
"""


class Product:
    """`manage.py` of a product whose data lie in `home`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()

    def environment(self, **changes: str) -> dict[str, str]:
        names = (
            "DATABASE_URL",
            "SECRET_KEY",
            "PUBLIC_URL",
            "HOST",
            "ALLOWED_HOSTS",
            "TIME_ZONE",
            "DJANGO_ALLOW_ASYNC_UNSAFE",  # of the browser tests
        )
        kept = {name: value for name, value in os.environ.items() if name not in names}
        return {**kept, "ARM_DATA_DIR": str(self.home), "PORT": str(self.port), **changes}

    def start(self, *arguments: str, **changes: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments],
            env=self.environment(**changes),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str, **changes: str) -> tuple[int, str, str]:
        """Exit code, output and complaints of a command that ends by itself."""
        process = self.start(*arguments, **changes)
        out, err = process.communicate(timeout=GIVE_UP_AFTER)
        return process.returncode, out, err

    @contextmanager
    def serving(self, **changes: str) -> Iterator["Serving"]:
        process = self.start("serve", **changes)
        try:
            yield Serving(process, self)
        finally:
            if process.poll() is None:
                process.terminate()
            process.communicate(timeout=GIVE_UP_AFTER)

    def session_of_somebody(self, **changes: str) -> str:
        """The key of a session in which somebody is logged in."""
        code, out, err = self.run("shell", "-v0", "-c", LOG_IN, **changes)
        assert code == 0, err
        return out.strip()

    def page(self, address: str, session: str) -> int:
        """The status of a page; 0 where nobody listens."""
        call = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            call.request("GET", address, headers={"Cookie": f"sessionid={session}"})
            return call.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            call.close()

    def postmaster(self) -> psutil.Process | None:
        """The PostgreSQL of this folder that runs."""
        file = self.home / "postgres" / "postmaster.pid"
        if not file.exists():
            return None
        number = int(file.read_text().split()[0])
        return psutil.Process(number) if psutil.pid_exists(number) else None


class Serving:
    """A `serve` that has begun."""

    def __init__(self, process: subprocess.Popen[str], product: Product) -> None:
        self.process = process
        self.product = product

    def answer(self) -> int:
        """The status of its first answer."""
        deadline = time.monotonic() + GIVE_UP_AFTER
        while self.process.poll() is None and time.monotonic() < deadline:
            call = HTTPConnection("127.0.0.1", self.product.port, timeout=10)
            try:
                call.request("GET", "/")
                return call.getresponse().status
            except OSError:
                time.sleep(0.05)
            finally:
                call.close()
        pytest.fail(f"serve gave no answer: {self.process.communicate()[1]}")

    def web(self) -> psutil.Process:
        return self.child("granian")

    def worker(self) -> psutil.Process:
        return self.child("work")

    def child(self, word: str) -> psutil.Process:
        for child in psutil.Process(self.process.pid).children():
            if word in child.cmdline():
                return child
        raise LookupError(word)

    def everyone(self) -> list[psutil.Process]:
        """The parent, its children, their children and the database server."""
        parent = psutil.Process(self.process.pid)
        everyone = [parent, *parent.children(recursive=True)]
        server = self.product.postmaster()
        return [*everyone, server] if server else everyone

    def end(self) -> tuple[int, str]:
        """Exit code and complaints, once it has ended."""
        _out, err = self.process.communicate(timeout=GIVE_UP_AFTER)
        return self.process.returncode, err


def survivors(processes: list[psutil.Process], *, within: float = 0) -> list[psutil.Process]:
    """Who of them still lives; a dead one nobody has buried does not count."""
    deadline = time.monotonic() + within
    while alive := [each for each in processes if is_alive(each)]:
        if time.monotonic() > deadline:
            return alive
        time.sleep(0.05)
    return []


def wait_for(what: Callable[[], object]) -> None:
    """It has become true."""
    deadline = time.monotonic() + GIVE_UP_AFTER
    while time.monotonic() < deadline:
        with suppress(LookupError, psutil.NoSuchProcess):
            if what():
                return
        time.sleep(0.1)
    pytest.fail("it never came about")


def is_alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def fresh() -> Iterator[Product]:
    """A product that was never started."""
    with temporary_home() as home:
        yield Product(home)


@pytest.fixture(scope="session")
def migrated(testrun_uid: str) -> Iterator[Path]:
    """The folder of a product at rest: to make one takes long, to copy it does not.

    Whichever worker of this run comes first makes it; the last one out removes it.
    """
    folder = Path(tempfile.gettempdir()) / f"arm-{testrun_uid}"
    gate, users = Path(f"{folder}.gate"), Path(f"{folder}.users")
    with gate.open("w") as making, users.open("w") as using:
        flock(making, LOCK_EX)
        if not folder.exists():
            folder.mkdir(mode=0o711)
            code, _out, err = Product(folder).run("migrate", "-v0")
            assert code == 0, err
        flock(using, LOCK_SH)
        flock(making, LOCK_UN)
        yield folder
        with suppress(BlockingIOError):
            flock(using, LOCK_EX | LOCK_NB)
            shutil.rmtree(folder)
            gate.unlink()
            users.unlink()


@pytest.fixture(scope="module")
def home(migrated: Path) -> Iterator[Path]:
    with temporary_home() as folder:
        # Owners too: as root the database runs as somebody else.
        subprocess.run(["cp", "--archive", f"{migrated}/.", folder], check=True)
        yield folder


@pytest.fixture
def product(home: Path) -> Product:
    """A product that is at rest, and ran before."""
    return Product(home)


@contextmanager
def temporary_home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="arm-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
