"""Statements that are cut when they take too long: «narrow it» instead of a frozen page."""

from typing import Any

from django.db import OperationalError, connection

LIMIT = 300  # milliseconds
CANCELLED = "57014"
AS_BEFORE = "SET LOCAL statement_timeout TO DEFAULT"


class TooLongError(Exception):
    """The statement was cut; nothing of its answer is known."""


def rows_in_time(sql: str, params: dict[str, Any], *, limit: int = LIMIT) -> list[tuple[Any, ...]]:
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
