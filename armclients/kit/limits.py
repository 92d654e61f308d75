"""Statements that are cut when they take too long: «narrow it» instead of a frozen page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db import OperationalError, connection
from django.db.models import QuerySet

T = TypeVar("T")

LIMIT = 300  # milliseconds
CANCELLED = "57014"
AS_BEFORE = "SET LOCAL statement_timeout TO DEFAULT"


class TooLongError(Exception):
    """The statement was cut; nothing of its answer is known."""


@dataclass(frozen=True)
class Looked(Generic[T]):
    """What was found; nothing, and saying so, where looking took too long."""

    rows: list[T] = field(default_factory=list)
    was_cut: bool = False

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def in_time(look: Callable[[], list[T]]) -> Looked[T]:
    """What `look` finds, unless one of its statements is cut."""
    try:
        return Looked(look())
    except TooLongError:
        return Looked(was_cut=True)


def keys_in_time(rows: QuerySet[Any]) -> list[int]:
    """The keys of these rows, in their order. Raises TooLongError as `rows_in_time` does."""
    return [key for (key,) in rows_in_time(*rows.values("pk").query.sql_with_params())]


def rows_in_time(sql: str, params: Any, *, limit: int = LIMIT) -> list[tuple[Any, ...]]:
    """The rows of a statement that is cut after `limit` milliseconds. One round trip.

    Raises TooLongError when it was cut; a surrounding transaction is lost with it.
    """
    # Several statements in one message are one transaction; what it set ends with it, or, within a
    # longer one, with the last of them.
    cut = f"SET LOCAL statement_timeout = {limit}; {sql}"
    # In requests that write the history wraps each message, and leaves its last answer alone.
    is_wrapped = bool(connection.execute_wrappers)
    with connection.cursor() as cursor:
        try:
            cursor.execute(cut if is_wrapped else f"{cut}; {AS_BEFORE}", params)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") == CANCELLED:
                raise TooLongError from error
            raise
        if not is_wrapped:
            cursor.nextset()
        rows = cursor.fetchall()
        if is_wrapped and connection.in_atomic_block:
            cursor.execute(AS_BEFORE)
        return rows
