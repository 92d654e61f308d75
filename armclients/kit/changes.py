"""Reading the history: who changed what from what to what."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from armclients.kit.wording import in_words

SHOWN = 100


@dataclass(frozen=True)
class Change:
    """One field of one record, from what to what; of a deleted record, what it was."""

    at: datetime.datetime
    by: str
    what: str
    field: str
    old: str
    new: str


def changes_of(*histories: QuerySet[Any]) -> list[Change]:
    """The latest changes that these histories hold, newest first.

    A history row is what was there before a change; what came after stands in the next history row
    of the same record or, behind the last one, in the record itself.
    """
    rows = [row for history in histories for row in _latest(history)]
    users = _in_bulk(get_user_model(), {_user_key(row) for row in rows})
    found = [
        change
        for history in histories
        for change in _told([row for row in rows if isinstance(row, history.model)], users)
    ]
    return sorted(found, key=lambda change: change.at, reverse=True)[:SHOWN]


def _latest(history: QuerySet[Any]) -> list[Any]:
    return list(history.select_related("pgh_context").order_by("-pgh_id")[:SHOWN])


def _told(rows: list[Any], users: dict[Any, Any]) -> Iterator[Change]:
    """The changes that the rows of one history tell."""
    if not rows:
        return
    tracked = rows[0].pgh_tracked_model
    fields = [field for field in rows[0]._meta.fields if _is_own(field)]
    living = _in_bulk(tracked, {row.pgh_obj_id for row in rows})
    holders = [*rows, *living.values()]
    words = {
        field.name: _in_bulk(
            field.related_model, {getattr(holder, field.attname) for holder in holders}
        )
        for field in fields
        if field.is_relation
    }
    rows = sorted(rows, key=lambda row: (row.pgh_obj_id, row.pgh_id))
    for key, states in groupby(rows, key=lambda row: row.pgh_obj_id):
        chain = [*states, living.get(key)]
        for before, after in pairwise(chain):
            yield from _between(before, after, fields, words, users)


def _between(
    before: Any, after: Any, fields: list[Any], words: dict[str, dict], users: dict[Any, Any]
) -> Iterator[Change]:
    facts = {
        "at": before.pgh_created_at,
        "by": str(users.get(_user_key(before), "")),
        "what": str(before.pgh_tracked_model._meta.verbose_name),
    }
    if before.pgh_label == "delete":
        said = [(field, _shown(before, field, words)) for field in fields if _says(before, field)]
        old = "; ".join(f"{field.verbose_name}: {shown}" for field, shown in said)
        yield Change(**facts, field=_("deleted"), old=old, new="")
        return
    for field in fields:
        if after is None or getattr(before, field.attname) == getattr(after, field.attname):
            continue
        yield Change(
            **facts,
            field=str(field.verbose_name),
            old=_shown(before, field, words),
            new=_shown(after, field, words),
        )


def _shown(holder: Any, field: Any, words: dict[str, dict]) -> str:
    value = getattr(holder, field.attname)
    if field.is_relation and value is not None:
        return str(words[field.name].get(value, value))
    return in_words(field, value)


def _says(holder: Any, field: Any) -> bool:
    """Whether its value is worth a word, where it is not set beside another one."""
    return getattr(holder, field.attname) not in (None, "", False)


def _is_own(field: models.Field) -> bool:
    return not field.name.startswith("pgh_") and field.name not in {"id", "created_at"}


def _user_key(row: Any) -> int | None:
    return (row.pgh_context.metadata or {}).get("user") if row.pgh_context else None


def _in_bulk(model: Any, keys: set[Any]) -> dict[Any, Any]:
    return model._default_manager.in_bulk([key for key in keys if key is not None])
