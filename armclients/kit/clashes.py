"""Two people, one record: the second sees what the first has changed, and chooses."""

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.core import signing
from django.db import models

from armclients.kit.changes import Change
from armclients.kit.wording import in_words

SALT = "seen"
Values = dict[str, Any]


class ClashError(Exception):
    """Somebody else has changed these fields since they were shown; `now` is how all are."""

    def __init__(self, fields: Sequence[str], now: Values) -> None:
        super().__init__(fields)
        self.fields = fields
        self.now = now


@dataclass(frozen=True)
class Clash:
    """One field that two people have changed: what either wants, and when and by whom it was."""

    name: str
    label: str
    mine: str
    theirs: str
    was: str
    by: str
    at: Any


def values_of(row: models.Model, fields: Sequence[str]) -> Values:
    """The fields of a row as plain values, links by their keys."""
    return {name: getattr(row, row._meta.get_field(name).attname) for name in fields}  # type: ignore[union-attr]


class Plainly:
    """JSON that gives sums and moments back as what they were."""

    READ: ClassVar[dict[str, Any]] = {
        "Decimal": Decimal,
        "datetime": datetime.datetime.fromisoformat,
        "date": datetime.date.fromisoformat,
    }

    def dumps(self, value: Any) -> bytes:
        tagged = json.dumps(value, default=lambda each: {f"!{type(each).__name__}": str(each)})
        return tagged.encode()

    def loads(self, data: bytes) -> Any:
        return json.loads(data, object_hook=self._read)

    def _read(self, found: dict[str, Any]) -> Any:
        for name, read in self.READ.items():
            if f"!{name}" in found:
                return read(found[f"!{name}"])
        return found


def put_away(seen: Values) -> str:
    """What a form shows of a record, to be sent back with it; nobody can make it up."""
    return signing.dumps(seen, salt=SALT, serializer=Plainly, compress=True)


def taken_out(token: str) -> Values | None:
    """What was put away, or nothing when it was tampered with."""
    try:
        return signing.loads(token, salt=SALT, serializer=Plainly)
    except signing.BadSignature:
        return None


def apply(row: models.Model, *, seen: Mapping[str, Any], given: Mapping[str, Any]) -> list[str]:
    """The row, locked by the caller, is saved with what was changed in the form; which fields.

    What somebody else changed meanwhile stays, as long as the form did not touch it.
    Raises ClashError when both changed a field, each in another way.
    """
    now = values_of(row, list(given))
    mine = [name for name in given if given[name] != seen.get(name, now[name])]
    both = [name for name in mine if now[name] != seen.get(name, now[name])]
    if clashing := [name for name in both if now[name] != given[name]]:
        raise ClashError(clashing, now)
    changed = [name for name in mine if now[name] != given[name]]
    for name in changed:
        setattr(row, row._meta.get_field(name).attname, given[name])  # type: ignore[union-attr]
    if changed:
        row.save(update_fields=changed)
    return changed


def described(
    clash: ClashError, *, row: models.Model, mine: Mapping[str, Any], changes: Sequence[Change]
) -> list[Clash]:
    """The clash in words: of each field what I want, what it is now, and who made it so."""
    found = []
    for name in clash.fields:
        field: Any = row._meta.get_field(name)
        label = str(field.verbose_name)
        last = next((change for change in changes if change.field == label), None)
        found.append(
            Clash(
                name=name,
                label=label,
                mine=_in_words(field, mine[name]),
                theirs=_in_words(field, clash.now[name]),
                was=last.old if last else "",
                by=last.by if last else "",
                at=last.at if last else None,
            )
        )
    return found


def _in_words(field: Any, value: Any) -> str:
    if field.is_relation and value not in (None, ""):
        return str(field.related_model.objects.filter(pk=value).first() or "")
    return in_words(field, value)
