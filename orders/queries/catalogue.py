"""Parts and labour by what somebody typed or heard: an article, a code, some words."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.db import connection
from django.db.models import (
    Case,
    F,
    Prefetch,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce

from armclients.kit.folding import FoldName, FoldVehicle
from orders.models import Analog, Labor, Part, Stock

LIMIT = 20
LONGEST = 100
# Fewer letters than a trigram has are no key of the index of words.
TRIGRAM = 3
# Of a word that thousands of parts have, so many are looked at for what is in stock.
WORTH_SORTING = 500


def parts(typed: str, limit: int = LIMIT) -> list[Part]:
    """Parts whose article begins so in any spelling, the exact one first; then those whose
    article, manufacturer and name have all the words, first what is free in some warehouse.

    Each has `shelves` (its stock by warehouse, each with `free`) and `free` over all of them.
    At most three statements.
    """
    typed = typed.strip()[:LONGEST]
    if not _says_something(typed):
        return []
    found = list(_by_article(typed)[:limit])
    if len(found) < limit and (words := _words(typed)):
        known = [part.pk for part in found]
        found += _by_words(words).exclude(pk__in=known)[: limit - len(found)]
    return with_stock(found)


def analogs_of(found: Iterable[Part], limit: int = LIMIT) -> list[Part]:
    """What may be fitted instead of the parts found, first what is free; `instead_of` are articles.

    Three statements.
    """
    originals = {part.pk: part for part in found}
    either = Q(part__in=originals) | Q(analog__in=originals)
    replaced = defaultdict(list)
    for pair in Analog.objects.filter(either).values_list("part", "analog").order_by("pk")[:1000]:
        for original, analog in (pair, pair[::-1]):
            if original in originals and analog not in originals:
                replaced[analog].append(originals[original].article)
    analogs = with_stock(Part.objects.filter(pk__in=replaced).order_by("article", "pk"))
    for part in analogs:
        part.instead_of = list(dict.fromkeys(replaced[part.pk]))  # type: ignore[attr-defined]
    analogs.sort(key=lambda part: part.free <= 0)  # type: ignore[attr-defined]
    return analogs[:limit]


def works(typed: str, limit: int = LIMIT) -> list[Labor]:
    """Labour whose code begins so, then that whose name has all the words. One statement."""
    typed = typed.strip()[:LONGEST]
    if not _says_something(typed):
        return []
    begins = Q(key__startswith=FoldVehicle(Value(typed)))
    named = Q()
    for word in _words(typed) or [typed]:
        named &= Q(words__contains=FoldName(Value(word)))
    first = Case(When(begins, then=Value(0)), default=Value(1))
    return list(Labor.objects.filter(begins | named).order_by(first, "name", "pk")[:limit])


def key_of(typed: str) -> str:
    """The spelling in which an article is looked for. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT fold_vehicle(%s)", [typed[:LONGEST]])
        return cursor.fetchone()[0]


def with_stock(found: Iterable[Part] | QuerySet[Part]) -> list[Part]:
    """The parts, each with `shelves` and `free`. One statement more."""
    read = list(found)
    shelves = (
        Stock.objects.filter(quantity__gt=0)
        .select_related("warehouse")
        .order_by("warehouse__name", "pk")
    )
    prefetch_related_objects(read, Prefetch("stock", shelves, to_attr="shelves"))
    for part in read:
        part.free = sum((s.free for s in part.shelves), Decimal())  # type: ignore[attr-defined]
    return read


def _by_article(typed: str) -> QuerySet[Part]:
    article = FoldVehicle(Value(typed))
    # In this order the whole article comes before longer ones, and the index knows it.
    return Part.objects.filter(key__startswith=article).order_by("key", "pk")


def _by_words(words: list[str]) -> QuerySet[Part]:
    wanted = Q()
    for word in words:
        wanted &= Q(words__contains=FoldName(Value(word))) | Q(
            words__contains=FoldVehicle(Value(word))
        )
    some = Part.objects.filter(wanted).values("pk")[:WORTH_SORTING]
    free = Coalesce(Sum(F("stock__quantity") - F("stock__reserved")), Decimal())
    is_free = Case(When(free_sum__gt=0, then=Value(0)), default=Value(1))
    return (
        Part.objects.filter(pk__in=some)
        .annotate(free_sum=free)
        .order_by(is_free, "name", "article", "pk")
    )


def _words(typed: str) -> list[str]:
    """The words, when at least one is long enough to be looked for."""
    words = [word for word in typed.split() if _says_something(word)]
    return words if any(len(word) >= TRIGRAM for word in words) else []


def _says_something(typed: str) -> bool:
    return any(sign.isalnum() for sign in typed)
