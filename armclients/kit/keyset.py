"""Paging by the key of the last row: the same price at any depth, and no COUNT."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db import models

T = TypeVar("T")
SALT = "keyset"
SIZE = 50


def pack(*key: Any) -> str:
    """An opaque cursor; signed, so that nobody can make one up."""
    return signing.dumps([str(part) for part in key], salt=SALT, compress=True)


def unpack(cursor: str | None, size: int) -> list[str] | None:
    """The `size` parts of a cursor, or nothing when it is missing, forged or of another list."""
    if not cursor:
        return None
    try:
        key = signing.loads(cursor, salt=SALT)
    except signing.BadSignature:
        return None
    return key if isinstance(key, list) and len(key) == size else None


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of a list and, where there are more, the cursor of the rest."""

    rows: list[T]
    after: str = ""

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def newest_first(
    queryset: models.QuerySet[Any],
    column: str,
    cursor: str | None,
    *,
    size: int = SIZE,
    parse: Callable[[str], Any] = datetime.date.fromisoformat,
) -> Page[Any]:
    """A page of `queryset` by descending `column` and key; none is counted, one more is read."""
    left = _beyond(queryset, column, _parsed(unpack(cursor, 2), parse), way="lt")
    return page_of(top(left, column, size=size), column, size=size)


def soonest_first(
    queryset: models.QuerySet[Any],
    column: str,
    cursor: str | None,
    *,
    size: int = SIZE,
    parse: Callable[[str], Any] = datetime.date.fromisoformat,
) -> Page[Any]:
    """A page of `queryset` by ascending `column` and key."""
    left = _beyond(queryset, column, _parsed(unpack(cursor, 2), parse), way="gt")
    return page_of(left.order_by(column, "pk")[: size + 1], column, size=size)


def _beyond(
    queryset: models.QuerySet[Any], column: str, key: tuple[Any, ...] | None, *, way: str
) -> models.QuerySet[Any]:
    """The rows on one side of the cursor, `lt` or `gt`; all of them where there is none."""
    if not key:
        return queryset
    value, pk = key
    # This form, unlike `value < x OR …`, lets the index start at the cursor.
    return queryset.filter(
        models.Q(**{f"{column}__{way}e": value}),
        models.Q(**{f"{column}__{way}": value}) | models.Q(**{f"pk__{way}": pk}),
    )


def top(queryset: models.QuerySet[Any], column: str, *, size: int = SIZE) -> models.QuerySet[Any]:
    """The rows of a first page, and one that tells whether there are more."""
    return queryset.order_by(f"-{column}", "-pk")[: size + 1]


def page_of(top_rows: Iterable[Any], column: str, *, size: int = SIZE) -> Page[Any]:
    """The page that rows of `top()` make."""
    rows = list(top_rows)
    if len(rows) <= size:
        return Page(rows)
    last = rows[size - 1]
    return Page(rows[:size], pack(getattr(last, column).isoformat(), last.pk))


def moment(text: str) -> datetime.datetime:
    """A moment from a cursor; a mere day is of another list, and a ValueError."""
    value = datetime.datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError(text)
    return value


def _parsed(key: list[str] | None, parse: Callable[[str], Any]) -> tuple[Any, int] | None:
    try:
        return (parse(key[0]), int(key[1])) if key else None
    except ValueError:  # a cursor of another list
        return None
