"""Who of the browsers connected to this process is told what: one LISTEN for all of them.

Everything here happens on the event loop, in one thread.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from asgiref.sync import sync_to_async
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from armclients.kit.htmx import BOARD_CHANGED, CALL_CHANGED, EVENTS_CHANGED
from armclients.kit.push import CHANNEL, EVERYBODY, heard

logger = logging.getLogger(__name__)

TRY_AGAIN_AFTER = 1  # seconds, while the database is away


class Browser:
    """One open stream: what it has not been told yet. A fact told twice meanwhile is told once."""

    def __init__(self) -> None:
        self.untold: set[str] = set()
        self.news = asyncio.Event()
        self.is_over = False

    def tell(self, fact: str) -> None:
        self.untold.add(fact)
        self.news.set()

    def end(self) -> None:
        self.is_over = True
        self.news.set()

    def take(self) -> list[str]:
        """The news, which are none any more."""
        facts, self.untold = sorted(self.untold), set()
        self.news.clear()
        return facts


class Switchboard:
    """The streams of this process, by user."""

    def __init__(self) -> None:
        self.browsers: defaultdict[int, set[Browser]] = defaultdict(set)
        self.listening: asyncio.Task[None] | None = None

    @contextmanager
    def connected(self, user: int) -> Iterator[Browser]:
        """A browser of this user hears what is told, until it leaves."""
        if self.listening is None or self.listening.done():
            self.listening = asyncio.create_task(self.listen())
        browser = Browser()
        self.browsers[user].add(browser)
        try:
            yield browser
        finally:
            self.browsers[user].discard(browser)
            if not self.browsers[user]:
                del self.browsers[user]

    async def listen(self) -> None:
        """For ever: whenever the database is lost, it is found again and everybody looks anew."""
        missed = [CALL_CHANGED]
        while True:
            with suppress(psycopg.Error, ImproperlyConfigured):
                server = await sync_to_async(server_of_the_product)()
                async with await psycopg.AsyncConnection.connect(**server) as told:
                    await told.execute(f"LISTEN {CHANNEL}")
                    # Whatever was said while nobody listened; who has just come has read the rest.
                    for fact in missed:
                        self.tell_all(fact)
                    missed = [BOARD_CHANGED, CALL_CHANGED, EVENTS_CHANGED]
                    async for notice in told.notifies():
                        self.pass_on(*heard(notice.payload))
            logger.warning("the database is away; calls are shown when it is back")
            await asyncio.sleep(TRY_AGAIN_AFTER)

    def pass_on(self, user: int, fact: str) -> None:
        if user == EVERYBODY:
            self.tell_all(fact)
        for browser in self.browsers.get(user, ()):
            browser.tell(fact)

    def hang_up(self) -> None:
        """All streams end: an open one would hold up the end of the process."""
        for browsers in self.browsers.values():
            for browser in browsers:
                browser.end()

    def tell_all(self, fact: str) -> None:
        for user in self.browsers:
            self.pass_on(user, fact)


def server_of_the_product() -> dict[str, Any]:
    """How to reach it, on a connection of one's own that notices when the other end is gone."""
    own = connection.get_connection_params()
    facts = {name: own[name] for name in own if name not in {"cursor_factory", "context"}}
    return facts | {"autocommit": True, "keepalives_idle": 20, "keepalives_interval": 5}
