"""The stream on which a browser hears, as they happen, the facts of its user (server-sent events).

It lives on the event loop: an open stream holds neither a thread nor a database connection.
"""

import asyncio
import signal
from collections.abc import Awaitable, Callable, MutableMapping
from importlib import import_module
from typing import Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.db import DatabaseError, close_old_connections
from django.http import HttpRequest, parse_cookie

from armclients.switchboard import Browser, Switchboard

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

PATH = "/calls/stream/"
NEEDS = "customers.view_call"
HEARTBEAT = 15  # seconds; as often it is asked whether they are still logged in
COME_BACK_AFTER = 1000  # milliseconds until a browser that lost the stream connects again
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # nginx would wait for more
]

switchboard = Switchboard()


async def stream(scope: Message, receive: Receive, send: Send) -> None:
    """Facts until the browser leaves, the session ends or the server stops."""
    try:
        user = await listener(scope)
    except DatabaseError:
        await refuse(send, 503)
        return
    if user is None:
        await refuse(send, 403)
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    with switchboard.connected(user) as browser:
        leaving = asyncio.create_task(departure(receive, browser))
        await say(send, f"retry: {COME_BACK_AFTER}\n\n")
        while not browser.is_over and await may_stay(scope, user):
            await tell_the_news(send, browser)
        leaving.cancel()
    await send({"type": "http.response.body", "body": b""})


async def tell_the_news(send: Send, browser: Browser) -> None:
    """The next news at once; after a while without any, a sign that the stream lives."""
    try:
        async with asyncio.timeout(HEARTBEAT):
            await browser.news.wait()
    except TimeoutError:
        await say(send, ":\n\n")
    for fact in browser.take():
        await say(send, f"data: {fact}\n\n")


async def departure(receive: Receive, browser: Browser) -> None:
    """The stream is over as soon as nobody is at the other end."""
    while (await receive())["type"] != "http.disconnect":
        pass
    browser.end()


def end_with_the_server() -> None:
    """Streams end when the server is told to, beside whatever it does on that signal itself."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        # The loop has its own way to the server's handler; this is Python's, which it leaves empty.
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(switchboard.hang_up))


async def may_stay(scope: Message, user: int) -> bool:
    """Still the same user and allowed to; nobody is sent away because the database is."""
    try:
        return await listener(scope) == user
    except DatabaseError:
        return True


async def say(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def listener(scope: Message) -> int | None:
    """The user of this request's session, where they are logged in and may see calls."""
    cookies = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    session = parse_cookie(cookies.decode("latin1")).get(settings.SESSION_COOKIE_NAME)
    # All streams share one thread for this, and its connection.
    return await sync_to_async(user_of)(session) if session else None


def user_of(session: str) -> int | None:
    close_old_connections()
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session)
    user = get_user(request)
    return user.pk if user.has_perm(NEEDS) else None
