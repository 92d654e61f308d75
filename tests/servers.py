"""Web servers of their own processes over the test database, as `serve` starts them."""

import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from armclients.management.commands.serve import web_server as as_served
from tests.runtime.conftest import free_port

GIVE_UP_AFTER = 30


class Server:
    """One web process; what it did is told by the rows of the test database."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        facts = connection.get_connection_params()
        database = f"postgresql://{facts['user']}@{quote(str(facts['host']), safe='')}"
        self.process = subprocess.Popen(
            as_served("127.0.0.1", self.port).command,
            cwd=settings.BASE_DIR,
            env={
                **os.environ,
                "DATABASE_URL": f"{database}:{facts.get('port', 5432)}/{facts['dbname']}",
                "SECRET_KEY": settings.SECRET_KEY,
                "PBX_SECRET": settings.PBX_SECRET,
                "PORT": str(self.port),
                "DEBUG": "true",  # static files as they lie in the sources
            },
            stdin=subprocess.DEVNULL,
        )

    def wait_for_an_answer(self) -> None:
        deadline = time.monotonic() + GIVE_UP_AFTER
        while self.process.poll() is None and time.monotonic() < deadline:
            call = HTTPConnection("127.0.0.1", self.port, timeout=10)
            try:
                call.request("HEAD", "/login/", headers={"Host": "localhost"})
                call.getresponse()
            except (OSError, HTTPException):
                time.sleep(0.05)
            else:
                return
            finally:
                call.close()
        raise AssertionError("the web server gave no answer")


@contextmanager
def web_servers(count: int) -> Iterator[list[Server]]:
    """So many of them, which end with the test."""
    servers = [Server() for _ in range(count)]
    try:
        for server in servers:
            server.wait_for_an_answer()
        yield servers
    finally:
        for server in servers:
            server.process.terminate()
        for server in servers:
            server.process.wait(GIVE_UP_AFTER)


class Cable:
    """The line between a browser and a server, which a test may cut and mend."""

    def __init__(self, port: int) -> None:
        self.to = port
        self.is_cut = False
        self.ends: set[socket.socket] = set()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self.door.getsockname()[1]}"
        threading.Thread(target=self._let_in, daemon=True).start()

    def cut(self) -> None:
        """Whatever goes over it ends, and whoever comes is turned away."""
        self.is_cut = True
        for end in list(self.ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self.is_cut = False

    def _let_in(self) -> None:
        with suppress(OSError):
            while True:
                near, _peer = self.door.accept()
                if self.is_cut:
                    near.close()
                    continue
                far = socket.create_connection(("127.0.0.1", self.to))
                self.ends |= {near, far}
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=pair, daemon=True).start()

    def _carry(self, source: socket.socket, to: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(65536):
                to.sendall(piece)
        for end in (source, to):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
