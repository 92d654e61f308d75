"""Hard times for a search: documents change beside it, or nothing is in memory any more."""

import multiprocessing
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from django.conf import settings
from django.db import connection, connections

from armclients.embedded.base import server_of
from tests.load.measure import Timing

CHANGES = 50  # documents a second
CHANGED = 3000  # different ones, so that it is not the same few rows again and again


@contextmanager
def documents_changing() -> Iterator[Timing]:
    """Work orders go from «completed» to «in progress» and back; filled at the end: each change."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    writer = context.Process(target=_change, args=[theirs])
    writer.start()
    ours.recv()
    changes = Timing()
    try:
        yield changes
    finally:
        ours.send("enough")
        changes.seconds += ours.recv()
        writer.join()


def _change(told: Connection) -> None:
    import django

    django.setup()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM orders_document WHERE kind = 'work_order' AND state = 'completed'"
            " ORDER BY md5(id::text) LIMIT %s",
            [CHANGED],
        )
        orders = [pk for (pk,) in cursor]
        told.send("ready")
        began, seconds = time.perf_counter(), []
        while not told.poll(max(0.0, began + len(seconds) / CHANGES - time.perf_counter())):
            order, is_back = orders[len(seconds) // 2 % len(orders)], len(seconds) % 2
            begun = time.perf_counter()
            cursor.execute(
                "UPDATE orders_document SET state = %s WHERE id = %s",
                ["completed" if is_back else "in_progress", order],
            )
            seconds.append(time.perf_counter() - begun)
        cursor.execute("UPDATE orders_document SET state = 'completed' WHERE id = %s", [order])
    told.send(seconds)


def forget_everything() -> None:
    """The server is stopped, and the system holds none of its files in memory."""
    connections.close_all()
    server = server_of(settings.DATA_DIR)
    server.leave()
    for path in server.data.rglob("*"):
        if path.is_file():
            file = os.open(path, os.O_RDONLY)
            os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(file)
