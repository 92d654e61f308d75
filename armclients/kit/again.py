"""Writes of machines, which nobody repeats by hand, against those of people at the same moment."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, OperationalError

T = TypeVar("T")
IS_GONE, DEADLOCK = "23503", "40P01"


def once_more(write: Callable[[], T]) -> T:
    """The write, which is one transaction; once more where a row it speaks of is gone meanwhile,
    or where it and another write waited for each other."""
    try:
        return write()
    except (IntegrityError, OperationalError) as error:
        if getattr(error.__cause__, "sqlstate", "") not in {IS_GONE, DEADLOCK}:
            raise
        return write()
