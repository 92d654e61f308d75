"""Power cuts: whatever was confirmed on the screen is there afterwards."""

import threading
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

import psutil
import pytest

from .conftest import Product, survivors

pytestmark = pytest.mark.slow

WRITERS = 3
BURST = 2.5  # seconds
AT_LEAST = 20
LOG_IN = """
from django.contrib.auth import get_user_model
from django.test import Client
egor = get_user_model().objects.create_superuser("egor", password=None)
browser = Client()
browser.force_login(egor, backend="armclients.users.OneStatementBackend")
print(browser.session.session_key)
"""
SAVED = """
from vehicles.models import Make
print(*Make.objects.filter(name__startswith="burst").values_list("name", flat=True))
"""
TOKEN = "c" * 32


class Writer(threading.Thread):
    """Somebody who saves one make after another, and remembers which were confirmed."""

    def __init__(self, port: int, session: str, number: int) -> None:
        super().__init__()
        self.line = HTTPConnection("127.0.0.1", port, timeout=20)
        self.session = session
        self.number = number
        self.confirmed: list[str] = []

    def run(self) -> None:
        with suppress(OSError, HTTPException):  # the web server is gone
            while self.save(f"burst-{self.number}-{len(self.confirmed)}"):
                pass

    def save(self, name: str) -> bool:
        headers = {
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.line.request("POST", "/admin/vehicles/make/add/", urlencode({"name": name}), headers)
        answer = self.line.getresponse()
        answer.read()
        if answer.status == 302:
            self.confirmed.append(name)
        return answer.status == 302


def test_nothing_confirmed_is_lost_when_all_are_killed_in_a_burst(product: Product):
    with product.serving() as serving:
        serving.answer()
        _code, session, err = product.run("shell", "-v0", "-c", LOG_IN)
        assert session, err
        writers = [Writer(product.port, session.strip(), n) for n in range(WRITERS)]
        for writer in writers:
            writer.start()
        time.sleep(BURST)
        everyone = [*serving.everyone(), *product.postmaster().children()]
        assert all(writer.is_alive() for writer in writers)

        # The database first: what it confirmed must be on the disk already.
        for process in reversed(everyone):
            with suppress(psutil.NoSuchProcess):  # it went with its parent
                process.kill()
        for writer in writers:
            writer.join()
        serving.end()
        assert survivors(everyone, within=10) == []

    confirmed = {name for writer in writers for name in writer.confirmed}
    assert len(confirmed) >= AT_LEAST
    _code, saved, err = product.run("shell", "-v0", "-c", SAVED)
    assert confirmed <= set(saved.split()), err
    # At most the one each writer was about to be told of.
    assert len(set(saved.split()) - confirmed) <= WRITERS
    assert product.run("rebuild_search", "--check")[0] == 0
