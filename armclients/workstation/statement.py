"""The three-stage statement: how one page of clients is fetched quickly at any size of the base.

First the names that start with the input (a range of the name index), then a bounded walk through
the first names of all (dense searches end here), and only when these did not fill the page the one
GIN index. A walk is begun only where its first steps met somebody: the index is quick with the few,
the walk with the many. It does not depend on the planner's guesses, which go wrong by a factor of a
hundred for names late in the alphabet; decisions/0003-three-stage-search.md has the figures.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from armclients.kit.lookups import escaped, holding
from armclients.models import SearchCard
from armclients.workstation.further import NOTHING
from armclients.workstation.wanted import Wanted
from customers.identity import SHORT

CARDS = SearchCard._meta.db_table
ORDER = "name_key, customer_id"
WALK = 10_000
# A page of 50 within the walk is one hit in two hundred names: of so many first ones, so many hits.
PROBE = 500
DENSE = 2
CAP = 1000
# A phone or vehicle number of so many characters finds few rows: straight to the index. Beside a
# name one character less is enough.
SELECTIVE = 5


class Statement:
    """`sql` and `params` of one page; `after` is the cursor (group, name, key) to go on from."""

    def __init__(self, wanted: Wanted, *, after: list[str] | None, limit: int) -> None:
        self.wanted = wanted
        self.limit = limit
        self.params: dict[str, Any] = {}
        self.continues = after is not None
        self.in_rest = after is not None and after[0] == "1"
        self.cursor = "TRUE"
        if after:
            self.cursor = f"({ORDER}) > ({self._bind(after[1])}, {self._bind(int(after[2]))})"

    @cached_property
    def sql(self) -> str:
        return f"""
            WITH dense AS MATERIALIZED ({self._prefix_is_dense}),
                 a AS MATERIALIZED ({self._by_prefix}),
                 cut AS MATERIALIZED ({self._prefix_was_cut}),
                 w AS MATERIALIZED ({self._by_walk}),
                 full_page AS MATERIALIZED (SELECT (SELECT count(*) FROM a)
                                                 + (SELECT count(*) FROM w) >= {self.limit} AS yes),
                 g AS MATERIALIZED ({self._by_index})
            SELECT *, {self._total} AS total FROM (
                SELECT * FROM a WHERE (SELECT yes FROM full_page)
                UNION ALL SELECT * FROM w WHERE (SELECT yes FROM full_page)
                UNION ALL SELECT * FROM g) AS page
             ORDER BY grp, {ORDER} LIMIT {self.limit}"""

    # Stages. Names that start with the input are group 0, the rest group 1.

    @property
    def _by_prefix(self) -> str:
        if not self.wanted.name_prefix or self.in_rest:
            return f"SELECT 0 AS grp, {ORDER} FROM {CARDS} WHERE FALSE"
        span = self._prefix_in_order
        if not self._has_more_conditions:
            return f"SELECT 0 AS grp, {ORDER} FROM ({span} LIMIT {self.limit}) AS span"
        return (
            f"SELECT 0 AS grp, {ORDER} FROM ({span} LIMIT {WALK}) AS span"
            f" WHERE {self.conditions()} AND (SELECT yes FROM dense)"
            f" ORDER BY {ORDER} LIMIT {self.limit}"
        )

    @property
    def _prefix_was_cut(self) -> str:
        """Whether more names start with the input than were walked: then only the index knows."""
        if not self._walks_prefix:
            return "SELECT FALSE AS yes"
        return (
            f"SELECT NOT (SELECT yes FROM dense) OR count(*) = {WALK} AS yes FROM (SELECT 1"
            f" FROM {CARDS} WHERE {self._prefix} AND {self.cursor} LIMIT {WALK}) AS span"
        )

    @property
    def _prefix_is_dense(self) -> str:
        if not self._walks_prefix:
            return "SELECT TRUE AS yes"
        return f"SELECT {self._is_dense(self._prefix_in_order)} AS yes"

    @property
    def _by_walk(self) -> str:
        if self._is_selective or self.wanted.starts_only:
            return f"SELECT 1 AS grp, {ORDER} FROM {CARDS} WHERE FALSE"
        walk = self._in_order(self.cursor if self._cursor_is_of_the_rest else "TRUE")
        return (
            f"SELECT 1 AS grp, {ORDER} FROM ({walk} LIMIT {WALK}) AS walk"
            f" WHERE {self.conditions()} AND {self._not_prefix}"
            f" AND (SELECT count(*) FROM a) < {self.limit} AND NOT (SELECT yes FROM cut)"
            f" AND {self._is_dense(walk)}"
            f" ORDER BY {ORDER} LIMIT {self.limit}"
        )

    def _is_dense(self, walk: str) -> str:
        """Whether the first steps of a walk meet so many that the page will be full at its end."""
        return (
            f"(SELECT count(*) >= {DENSE} FROM ({walk} LIMIT {PROBE}) AS steps"
            f" WHERE {self.conditions()})"
        )

    @property
    def _prefix_in_order(self) -> str:
        return self._in_order(f"{self._prefix} AND {self.cursor}")

    def _in_order(self, where: str) -> str:
        return f"SELECT * FROM {CARDS} WHERE {where} ORDER BY {ORDER}"

    @property
    def _by_index(self) -> str:
        group = "1"
        if self.wanted.name_prefix:
            group = f"CASE WHEN {self._prefix} THEN 0 ELSE 1 END"
        where = f"{self.conditions(spare_index=True)} AND NOT (SELECT yes FROM full_page)"
        if self.continues:
            where += f" AND {self._later}"
        return f"SELECT {group} AS grp, {ORDER} FROM {CARDS} WHERE {where}"

    @property
    def _total(self) -> str:
        """The count, exact up to the cap; the index branch of a first page has counted already."""
        capped = (
            f"(SELECT count(*) FROM (SELECT 1 FROM {CARDS} WHERE {{}} LIMIT {CAP + 1}) AS counted)"
        )
        total = capped.format(self.conditions())
        if self.wanted.name_prefix and not self._has_more_conditions:
            # Frequent names reach the cap in the name index alone.
            starts = capped.format(self._prefix)
            total = f"CASE WHEN {starts} > {CAP} THEN {CAP + 1} ELSE {total} END"
        if self.continues:
            return total
        return (
            f"CASE WHEN (SELECT yes FROM full_page) THEN {total} ELSE (SELECT count(*) FROM g) END"
        )

    # Conditions

    @property
    def _later(self) -> str:
        """After the cursor, in the order of groups and names."""
        if self.in_rest:
            return f"{self.cursor} AND {self._not_prefix}"
        if self._cursor_is_of_the_rest:
            return self.cursor
        return f"({self._not_prefix} OR {self.cursor})"

    @cached_property
    def _prefix(self) -> str:
        if not self.wanted.name_prefix:
            return "FALSE"
        return f"name_key LIKE {self._bind(escaped(self.wanted.name_prefix) + '%')}"

    @property
    def _not_prefix(self) -> str:
        return f"NOT ({self._prefix})"

    @property
    def _cursor_is_of_the_rest(self) -> bool:
        return self.in_rest or (self.continues and not self.wanted.name_prefix)

    @property
    def _walks_prefix(self) -> bool:
        """Whether names that start with the input must be looked at one by one."""
        return bool(self.wanted.name_prefix) and not self.in_rest and self._has_more_conditions

    @property
    def _has_more_conditions(self) -> bool:
        wanted = self.wanted
        return any((wanted.contacts, wanted.vehicles, wanted.tags, wanted.further != NOTHING))

    @property
    def _is_selective(self) -> bool:
        enough = SELECTIVE - 1 if self.wanted.name_prefix else SELECTIVE
        return bool(self.wanted.further.of_client) or any(
            needles and min(len(needle.strip()) for needle in needles) >= enough
            for needles in (self.wanted.contacts, self.wanted.vehicles)
        )

    def conditions(self, *, spare_index: bool = False) -> str:
        """All that is wanted. With `spare_index` weak conditions are kept out of the GIN index.

        One or two characters match half of the base: next to a stronger condition reading their
        posting lists costs more than checking the rows.
        """
        wanted = self.wanted
        conditions = []
        if wanted.starts_only:
            conditions.append(self._prefix)
        else:
            conditions += [self._contains("names", (needle,)) for needle in wanted.names]
        for column, needles in (("contacts", wanted.contacts), ("vehicles", wanted.vehicles)):
            if needles:
                weak = spare_index and self._is_weak(needles)
                conditions.append(self._contains(f"{column} || ''" if weak else column, needles))
        if wanted.tags:
            conditions.append(f"tags @> {self._bind(list(wanted.tags))}::integer[]")
        return " AND ".join([*conditions, *self._further(), *self._narrowed()]) or "TRUE"

    def _further(self) -> Iterator[str]:
        further = self.wanted.further
        for one_of in further.tags:
            yield f"tags && {self._bind(list(one_of))}::integer[]"
        for keys in further.clients:
            sql, params = keys.query.sql_with_params()
            yield f"customer_id IN ({sql % tuple(map(self._bind, params))})"
        if further.visited_from:
            yield f"visited_on >= {self._bind(further.visited_from)}"
        if further.visited_to:
            yield f"visited_on <= {self._bind(further.visited_to)}"

    def _narrowed(self) -> Iterator[str]:
        """Asked last, of those alone whom the search row already gave."""
        for narrowed in self.wanted.narrowed:
            sql, params = narrowed.sql
            yield f"EXISTS ({sql % tuple(map(self._bind, params))})"

    def _is_weak(self, needles: tuple[str, ...]) -> bool:
        wanted = self.wanted
        parts = [wanted.names, wanted.contacts, wanted.vehicles, wanted.tags, wanted.further.tags]
        alone = sum(map(bool, parts)) == 1
        return not alone and min(len(needle.strip()) for needle in needles) <= SHORT

    def _contains(self, column: str, needles: tuple[str, ...]) -> str:
        one_of = (f"{column} LIKE {self._bind(holding(needle))}" for needle in needles)
        return f"({' OR '.join(one_of)})"

    def _bind(self, value: object) -> str:
        name = f"p{len(self.params)}"
        self.params[name] = value
        return f"%({name})s"
