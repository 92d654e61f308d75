"""The product as an ASGI application: one stream of facts, and pages by a few threads."""

from typing import Any, cast

from a2wsgi import WSGIMiddleware

from armclients.stream import PATH, Message, Receive, Send, end_with_the_server, stream
from armclients.wsgi import application as pages

# Of one process; each keeps its database connection. On two cores more gain nothing.
THREADS = 4
by_threads: Any = WSGIMiddleware(cast(Any, pages), workers=THREADS)


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """The stream is answered on the event loop, everything else by a thread."""
    if scope["type"] == "lifespan":
        end_with_the_server()
    if scope["type"] == "http" and scope["path"] == PATH and scope["method"] == "GET":
        await stream(scope, receive, send)
    else:
        await by_threads(scope, coroutine(receive), send)


def coroutine(receive: Receive) -> Receive:
    """Granian's own future, as the coroutine that the threads are waited for by."""

    async def received() -> Message:
        return await receive()

    return received
