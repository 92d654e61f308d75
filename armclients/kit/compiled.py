"""Querysets whose SQL is written once: half of a short answer is Django writing its statements.

    @Compiled
    def client() -> QuerySet[Counterparty]:
        return Counterparty.objects.filter(pk=Given("pk"))

    client.first(pk=1)

The queryset stays the one description of what is read. Only what changes from use to use may be
`Given`; anything else (the time zone of a `__date`, a translated `Value`) would be that of the
first use for ever. Nothing is prefetched.
"""

from collections.abc import Callable, Iterator
from copy import copy
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import BigIntegerField, Expression, Field, QuerySet
from django.db.models.sql.compiler import SQLCompiler

M = TypeVar("M", bound=Any)


class Given(Expression):
    """The place of a value that each use of a compiled queryset brings: a key, if not said."""

    def __init__(self, name: str, output_field: Field | None = None) -> None:
        super().__init__(output_field=output_field or BigIntegerField())
        self.name = name

    def as_sql(self, *_compiler: Any, **_connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class Compiled(Generic[M]):
    """A queryset that is compiled at its first use and takes its given values at each."""

    def __init__(self, describe: Callable[[], QuerySet[M]]) -> None:
        self.describe = describe
        self.__doc__ = describe.__doc__

    def __call__(self, **given: Any) -> Iterator[Any]:
        """The rows, read now, as the queryset would give them.

        Raises KeyError when a value is missing.
        """
        queryset = self._queryset._chain()
        vars(queryset.query)["get_compiler"] = lambda *_args, **_options: self._bound(given)
        return iter(queryset)

    def first(self, **given: Any) -> Any:
        """The first row, or None."""
        return next(self(**given), None)

    @cached_property
    def _queryset(self) -> Any:
        return self.describe()

    @cached_property
    def _written(self) -> tuple[SQLCompiler, str, tuple[Any, ...]]:
        compiler = self._queryset.query.get_compiler(connection=connection)
        return compiler, *compiler.as_sql()

    def _bound(self, given: dict[str, Any]) -> SQLCompiler:
        compiler, sql, params = self._written
        values = tuple(given[each.name] if isinstance(each, Given) else each for each in params)
        own = copy(compiler)
        own.connection = connection
        vars(own)["as_sql"] = lambda *_args, **_options: (sql, values)
        return own
