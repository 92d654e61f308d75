"""Lookups that Django does not have."""

from typing import Any

from django.db.models import CharField, Field, ForeignKey, Lookup, TextField


class Quantified(Lookup):
    """A value against a list that is one parameter, however long."""

    prepare_rhs = False
    operator: str

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        value, value_params = self.process_lhs(compiler, connection)
        values, values_params = self.process_rhs(compiler, connection)
        return f"{value} {self.operator}({values})", (*value_params, *values_params)


@Field.register_lookup
@ForeignKey.register_lookup
class AnyOf(Quantified):
    """`pk__any_of=keys`: what `in` is to a list that is not known yet."""

    lookup_name = "any_of"
    operator = "= ANY"


@CharField.register_lookup
@TextField.register_lookup
class LikeAny(Quantified):
    """`lookup__like_any=patterns` (see `holding`): one of them fits; of none, none does."""

    lookup_name = "like_any"
    operator = "LIKE ANY"


@CharField.register_lookup
@TextField.register_lookup
class LikeAll(Quantified):
    """`lookup__like_all=patterns`: all of them fit; of none, all do."""

    lookup_name = "like_all"
    operator = "LIKE ALL"


@Field.register_lookup
@ForeignKey.register_lookup
class SameAs(Lookup):
    """`since__same_as=OuterRef("since")`: equal, or both empty."""

    lookup_name = "same_as"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        value, value_params = self.process_lhs(compiler, connection)
        other, other_params = self.process_rhs(compiler, connection)
        return f"{value} IS NOT DISTINCT FROM {other}", (*value_params, *other_params)


def holding(part: str) -> str:
    """The pattern of a text that has this part.

    >>> holding("5%")
    '%5\\\\%%'
    """
    return f"%{escaped(part)}%"


def escaped(text: str) -> str:
    """The text as a pattern means it: `%` and `_` are signs like all others."""
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
