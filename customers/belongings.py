"""Every row that speaks of a client, on whichever floor: found by the links, not by a list."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from armclients.kit.lookups import SameAs
from customers.models import Counterparty

# Made anew from the other rows.
DERIVED = {"armclients.SearchCard", "armclients.CallTarget"}


@dataclass(frozen=True)
class Link:
    """A column that names a client."""

    model: type[models.Model]
    column: str

    @property
    def name(self) -> str:
        return f"{self.model._meta.label}.{self.column}"

    def of(self, customer: int) -> QuerySet[Any]:
        return self.model._base_manager.filter(**{self.column: customer})

    def twice(self, customer: int, other: int) -> QuerySet[Any]:
        """Rows of a client that the other one has already, as far as there may be only one."""
        clashes = Q()
        for columns, where in self._promises():
            others = [name for name in columns if name != self.column]
            same = {f"{name}__{SameAs.lookup_name}": OuterRef(name) for name in others}
            theirs = self.of(other).filter(where, **same)
            clashes |= Q(Exists(theirs)) & where
        return self.of(customer).filter(clashes) if clashes else self.of(customer).none()

    def _promises(self) -> Iterator[tuple[Sequence[str], Q]]:
        """Of which columns, this one among them, a table promises that they are there once."""
        meta: Any = self.model._meta
        if meta.get_field(self.column).unique:
            yield (self.column,), Q()
        for columns in meta.unique_together:
            if self.column in columns:
                yield tuple(columns), Q()
        for each in meta.constraints:
            if isinstance(each, models.UniqueConstraint) and self.column in each.fields:
                yield each.fields, each.condition or Q()


def links() -> list[Link]:
    """All of them but history, which speaks of the past, and what is derived."""
    found = []
    for relation in Counterparty._meta.get_fields(include_hidden=True):
        if not (isinstance(relation, models.ManyToOneRel) and relation.auto_created):
            continue
        model: Any = relation.related_model
        is_history = hasattr(model, "pgh_tracked_model")
        if not is_history and model._meta.label not in DERIVED:
            found.append(Link(model, relation.field.name))
    return sorted(found, key=lambda link: link.name)


def link_named(name: str) -> Link:
    label, _dot, column = name.rpartition(".")
    return Link(apps.get_model(label), column)


def written(row: models.Model) -> dict[str, Any]:
    """The row as plain values, without what the database makes of them."""
    return {
        field.attname: _plain(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if not field.generated
    }


def _plain(value: Any) -> Any:
    # Django's JSON would cut moments to milliseconds.
    return value.isoformat() if isinstance(value, datetime.datetime) else value


def write(model: type[models.Model], values: dict[str, Any]) -> None:
    """The row that was written so is there again, under its own key."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    facts = {
        name: fields[name].to_python(value) for name, value in values.items() if name in fields
    }
    model(**facts).save_base(raw=True, force_insert=True)
