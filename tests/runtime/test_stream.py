"""What is pushed to browsers: through several processes, cuts, and ends."""

import asyncio
import queue
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import httpx
import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.db import connection

from armclients import stream
from armclients.kit import push
from tests.customers import pbx
from tests.servers import Server, web_servers

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SOON = 5


@pytest.fixture(autouse=True)
def secret(settings):
    settings.PBX_SECRET = pbx.SECRET


@pytest.fixture
def session(anna, client_of) -> str:
    anna.phone_line = "101"
    anna.save()
    return client_of(anna).session.session_key


class Listener:
    """A browser's stream, read as it comes."""

    def __init__(self, server: Server, session: str) -> None:
        self.facts: queue.Queue[str] = queue.Queue()
        self.client = httpx.Client(timeout=30, cookies={"sessionid": session})
        self.is_open = threading.Event()
        self.has_ended = threading.Event()
        threading.Thread(target=self.listen, args=[f"{server.url}/calls/stream/"]).start()
        assert self.is_open.wait(SOON)

    def listen(self, url: str) -> None:
        try:
            with self.client.stream("GET", url) as answer:
                for line in answer.iter_lines():
                    self.is_open.set()
                    if line.startswith("data: "):
                        self.facts.put(line.removeprefix("data: "))
        except httpx.HTTPError:
            pass
        finally:
            self.has_ended.set()

    def hears(self, within: float = SOON) -> str | None:
        try:
            return self.facts.get(timeout=within)
        except queue.Empty:
            return None

    def close(self) -> None:
        self.client.close()


@contextmanager
def connected(server: Server, session: str) -> Iterator[Listener]:
    """A listener who has been told to look anew, as whoever comes is."""
    with closing(Listener(server, session)) as listener:
        while listener.hears(within=0.5):
            pass
        yield listener


def current(server: Server, session: str) -> str:
    cookies, headers = {"sessionid": session}, {"HX-Request": "true"}
    return httpx.get(f"{server.url}/calls/current/", cookies=cookies, headers=headers).text


def listening() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'LISTEN%%'"
        )
        return [pid for (pid,) in cursor.fetchall()]


class TestProcesses:
    def test_a_call_is_heard_wherever_it_was_told(self, session, boris, client_of):
        stranger = client_of(boris).session.session_key
        with (
            web_servers(2) as (one, other),
            connected(one, session) as hers,
            connected(one, stranger) as another,
        ):
            began = time.monotonic()
            pbx.ring(other.url, "c1")

            assert hers.hears() == "call-changed"
            assert time.monotonic() - began < 1
            assert "+7 (908) 494-44-34" in current(one, session)
            assert another.hears(within=0.2) is None

    def test_a_missed_call_is_news_for_whoever_has_to_call_back(self, session):
        with web_servers(1) as [server], connected(server, session) as anna:
            pbx.ring(server.url, "c1", "missed")

            assert {anna.hears(), anna.hears()} == {"call-changed", "events-changed"}

    def test_nothing_is_lost_while_the_stream_is_cut(self, session):
        with web_servers(1) as [server]:
            with connected(server, session):
                pass
            pbx.ring(server.url, "c1")

            with closing(Listener(server, session)):
                assert "+7 (908) 494-44-34" in current(server, session)

    def test_a_lost_database_is_found_again(self, session):
        with web_servers(1) as [server], connected(server, session) as anna:
            (backend,) = listening()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s)", [backend])

            # Whatever was said meanwhile is looked at.
            heard = {anna.hears() for _fact in range(3)}
            assert heard == {"board-changed", "call-changed", "events-changed"}
            pbx.ring(server.url, "c1")
            assert anna.hears() == "call-changed"

    def test_fifty_streams_cost_neither_threads_nor_connections(self, session):
        with web_servers(1) as [server]:
            listeners = [Listener(server, session) for _ in range(50)]
            try:
                for _ in range(8):
                    current(server, session)
                with psycopg.connect(**connection.get_connection_params()) as database:
                    others = database.execute(
                        "SELECT count(*) FROM pg_stat_activity"
                        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                    ).fetchone()[0]
                pbx.ring(server.url, "c1")
                assert all(listener.hears() == "call-changed" for listener in listeners)
            finally:
                for listener in listeners:
                    listener.close()

        # This test's, four threads', the listening one's, the one that asks who may stay.
        assert others <= 7

    def test_open_streams_do_not_hold_up_the_end(self, session):
        with web_servers(1) as [server], connected(server, session) as anna:
            server.process.terminate()

            assert server.process.wait(3) is not None
            assert anna.has_ended.wait(1)


class TestListener:
    """The stream itself, in this process."""

    @pytest.fixture(autouse=True)
    def short_heartbeat(self, monkeypatch):
        monkeypatch.setattr(stream, "HEARTBEAT", 0.1)

    def heard(self, cookie: str, while_open=lambda: None) -> list[dict]:
        sent: list[dict] = []

        async def run() -> None:
            stream.switchboard = stream.Switchboard()
            scope = {"headers": [(b"cookie", cookie.encode())] if cookie else []}
            gone = asyncio.Event()

            async def receive() -> dict:
                await gone.wait()
                return {"type": "http.disconnect"}

            async def send(message: dict) -> None:
                sent.append(message)

            going = asyncio.create_task(stream.stream(scope, receive, send))
            await asyncio.sleep(0.3)
            await asyncio.to_thread(while_open)
            await asyncio.wait([going], timeout=1)
            gone.set()
            await going

        # Playwright, when it was here first, leaves a loop running in the tests' own thread.
        thread = threading.Thread(target=asyncio.run, args=[run()])
        thread.start()
        thread.join()
        return sent

    @pytest.mark.parametrize("cookie", ["", "sessionid=nobody", "sessionid="])
    def test_is_somebody_we_know(self, cookie):
        assert self.heard(cookie)[0]["status"] == 403

    def test_may_see_calls(self, zoya, client_of):
        session = client_of(zoya).session.session_key

        assert self.heard(f"sessionid={session}")[0]["status"] == 403

    def test_hears_what_is_told_in_a_transaction(self, session, anna):
        told = self.heard(
            f"sessionid={session}", lambda: in_a_thread(push.tell, "call-changed", [anna.pk])
        )

        assert told[0]["status"] == 200
        assert b"data: call-changed\n\n" in [message.get("body") for message in told[3:]]

    def test_ends_with_the_session(self, session):
        told = self.heard(f"sessionid={session}", lambda: in_a_thread(Session.objects.all().delete))

        assert told[0]["status"] == 200
        assert told[-1] == {"type": "http.response.body", "body": b""}


def in_a_thread(write, *args) -> None:
    try:
        write(*args)
    finally:
        connection.close()
