"""What a table holds of a client: how it is found, told and forgotten [law: 152-ФЗ].

One rule decides what is forgotten when a client is anonymised. What proves money or work stays, of
a client without a name: numbers, sums, states, the names of goods, works and defects. What tells of
the person goes, from the rows and from their history: names, addresses, signatures and every free
word. A paper that was printed for a signature stays as it was printed, names and all, for as long
as accounting papers are kept [law: 402-ФЗ, art. 29]. Plates, VIN and photographs stay:
they show the car, and nothing says any more whose it was. The link to the recording of a call goes
with the call; the recording itself lies with the PBX.

Each floor lists its tables in its `personal.py`; the house's tests fail for a column of words that
nobody has decided on.
"""

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import or_
from typing import Any

import pgtrigger
from django.db.models import SET_NULL, Model, Q, QuerySet

# Why words stay.
NUMBERS = "numbers of papers, goods and places"
NAMES_OF_THINGS = "names of goods, works, defects and places in the workshop"
STATES = "codes of ours, not words"
PROOF = "what a consent was given to"
PAPERS = "papers that were signed are kept as they were printed"
OF_THE_CAR = "the car's own, whoever owns it"
DERIVED = "made by the database from the other tables, and made anew when they change"

# What stands for a word that the database wants.
NOBODY = "—"
# The triggers that keep it.
HISTORY = ("change_update", "delete_delete")


@dataclass(frozen=True)
class Held:
    """What one table holds of a client. Tables stand behind those that they speak of."""

    model: type[Model]
    # The ways from a row to the client, and what must be true of the row besides.
    through: tuple[str, ...] = ("counterparty",)
    only: Mapping[str, Any] = field(default_factory=dict)
    # What becomes of it: the rows go, or some columns are emptied (where the database wants a word,
    # a dash stands for it) and the others stay, and why.
    goes: bool = False
    emptied: tuple[str, ...] = ()
    dashed: tuple[str, ...] = ()
    kept: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    # What is not told to the client: columns of the machinery, or all of it.
    hidden: tuple[str, ...] = ()
    is_told: bool = True
    # Columns that say a code, and the property that says it in words.
    worded: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def history(self) -> Any:
        """The table's own; a child would inherit its parent's."""
        name = f"{self.model._meta.model_name}_history"
        found = (one.related_model for one in self.model._meta.related_objects if one.name == name)
        return next(found, None)

    def rows(self, clients: Collection[int]) -> QuerySet[Any]:
        """The table's rows that speak of these clients."""
        every: Any = self.model._base_manager.all()
        theirs = (Q(**{f"{way}__in": clients}, **self.only) for way in self.through)
        return every.filter(pk__in=every.filter(reduce(or_, theirs)).values("pk"))

    def past(self, clients: Collection[int]) -> QuerySet[Any]:
        """What the history keeps of them: of rows that are theirs, and of rows that were."""
        every = self.history._base_manager.all()
        theirs = Q(pgh_obj__in=self.rows(clients).values("pk"))
        columns = {column.name for column in self.history._meta.get_fields()}
        for way in self.through:
            if way.partition("__")[0] in columns and not self.only:
                # Apart from each other: a row that is gone would be lost by a join.
                theirs |= Q(pk__in=every.filter(**{f"{way}__in": clients}).values("pk"))
        return every.filter(theirs)

    def forget(self, clients: Collection[int]) -> None:
        """What this table and its history say of the clients is gone."""
        if self.history is not None:
            self._forget(self.past(clients))
        with self._without_history():
            self._forget(self.rows(clients))

    def _forget(self, rows: QuerySet[Any]) -> None:
        if self.goes:
            self._delete(rows)
        else:
            self._empty(rows)

    def _without_history(self) -> AbstractContextManager[Any]:
        """Of what is being forgotten no history is kept."""
        if self.history is None:
            return nullcontext()
        return pgtrigger.ignore(*(f"{self.model._meta.label}:{name}" for name in HISTORY))

    def _delete(self, rows: QuerySet[Any]) -> None:
        """At once, where Django would go by hundreds: what belongs to the rows is gone by now, as
        its tables stand behind, and what mentions them does so no more."""
        for mention in rows.model._meta.related_objects:
            if mention.on_delete is SET_NULL:
                others = mention.related_model._base_manager
                theirs = others.filter(**{f"{mention.field.name}__in": rows})
                theirs.update(**{mention.field.name: None})
        rows._raw_delete(rows.db)

    def _empty(self, rows: QuerySet[Any]) -> None:
        """Columns that say something of a person do so no more, as far as the rows have them."""
        known = {column.name for column in rows.model._meta.get_fields()}
        emptied = {name: self._nothing(name) for name in self.emptied if name in known}
        dashed = {name: NOBODY for name in self.dashed if name in known}
        said = [~Q(**{name: nothing}) for name, nothing in emptied.items()]
        said += [~Q(**{f"{name}__in": ("", NOBODY)}) for name in dashed]
        if said:
            rows.filter(reduce(or_, said)).update(**emptied, **dashed)

    def _nothing(self, name: str) -> str | None:
        column: Any = self.model._meta.get_field(name)
        return None if column.null else ""
