"""Two people who write at the same time, each on a connection of their own."""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import Error, connection, transaction

Write = Callable[[], Any]
PATIENCE = 10  # seconds; nobody waits so long unless something is wrong
WAITING = """
    SELECT count(*) FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


class Writer(threading.Thread):
    """Writes in one transaction; keeps it open until it is let go."""

    def __init__(self, write: Write, *, holds: bool = False) -> None:
        super().__init__(daemon=True)
        self.write = write
        self.has_written = threading.Event()
        self.may_commit = threading.Event()
        if not holds:
            self.may_commit.set()
        self.refusal: Error | None = None
        self.start()

    def run(self) -> None:
        try:
            with transaction.atomic():
                self.write()
                self.has_written.set()
                assert self.may_commit.wait(PATIENCE)
        except Error as refusal:
            self.refusal = refusal
        finally:
            self.has_written.set()
            connection.close()

    def done(self) -> "Writer":
        self.join(PATIENCE)
        assert not self.is_alive(), "still waits"
        return self


def one_during_the_other(first: Write, second: Write) -> tuple[Error | None, Error | None]:
    """`second` is written while `first` is written but not committed; then both end.

    What refused each of them, where the database did.
    """
    early = Writer(first, holds=True)
    assert early.has_written.wait(PATIENCE)
    late = Writer(second)
    deadline = time.monotonic() + PATIENCE
    while late.is_alive() and not somebody_waits() and time.monotonic() < deadline:
        time.sleep(0.005)
    early.may_commit.set()
    return early.done().refusal, late.done().refusal


def at_once(*writes: Write) -> list[Error | None]:
    """All write freely; what refused each of them."""
    writers = [Writer(write) for write in writes]
    return [writer.done().refusal for writer in writers]


def somebody_waits() -> bool:
    """Whether a writer is held up by another one."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0] > 0
