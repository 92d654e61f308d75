"""«Доп.»: the further criteria of a search, each with its field and what it asks of a client.

Most of them ask for tags of the search row, so that whatever is combined meets in its one index.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from operator import itemgetter
from typing import Any

from django import forms
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.choices import CallableChoiceIterator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from armclients.models import SearchCard, User
from customers.models import Counterparty, DiscountCard, PriceType
from orders.queries import documents
from vehicles.queries import models_named

LONGEST = 60
LONGEST_INN = 12
OLDEST_CAR, NEWEST_CAR = 1900, 2100
GREATEST_KEY = 999_999  # what the tags of each kind have room for


@dataclass(frozen=True)
class Criterion:
    """One field of «Доп.»."""

    slug: str
    label: str | Promise
    field: Callable[..., forms.Field]


@dataclass(frozen=True)
class Asked:
    """What the filled criteria ask for. Of each group of tags one is enough, of no tags none is."""

    tags: tuple[tuple[int, ...], ...] = ()
    # Slugs of `CLIENTS` with what was typed.
    of_client: tuple[tuple[str, str], ...] = ()
    visited_from: datetime.date | None = None
    visited_to: datetime.date | None = None
    # Of one and the same vehicle.
    models: tuple[int, ...] | None = None
    year: int | None = None

    @property
    def is_impossible(self) -> bool:
        """A make or model was named that nobody has."""
        return not all(self.tags)

    @property
    def clients(self) -> list[QuerySet]:
        """Keys of the clients that the typed numbers lead to."""
        return [CLIENTS[slug](typed) for slug, typed in self.of_client]


NOTHING = Asked()


def asked(given: Mapping[str, Any]) -> Asked:
    """What the cleaned criteria ask for. One statement where a make or model is among them."""
    models = tuple(models_named(given["model"])) if given["model"] else None
    return Asked(
        tags=tuple(_tags(given, models)),
        of_client=tuple((slug, given[slug]) for slug in CLIENTS if given[slug]),
        visited_from=given["visited_from"],
        visited_to=given["visited_to"],
        models=models,
        year=given["year"],
    )


def _tags(given: Mapping[str, Any], models: tuple[int, ...] | None) -> Iterable[tuple[int, ...]]:
    if given["kind"]:
        yield (SearchCard.KINDS[given["kind"]],)
    if given["attention"]:
        flags = SearchCard.ATTENTION
        yield tuple(flags.values()) if given["attention"] == ANY else (flags[given["attention"]],)
    if given["debt"]:
        yield (SearchCard.OWES,)
    if given["manager"]:
        yield (SearchCard.managed_by(given["manager"]),)
    if given["price_type"]:
        yield (SearchCard.price_type(given["price_type"]),)
    if models is not None:
        yield tuple(SearchCard.vehicle(model, given["year"]) for model in models)
    elif given["year"]:
        yield (SearchCard.vehicle(year=given["year"]),)


CLIENTS: dict[str, Callable[[str], QuerySet]] = {
    "inn": lambda typed: Counterparty.objects.filter(inn__startswith=typed).values("pk"),
    "card": lambda typed: DiscountCard.objects.filter(number__startswith=typed).values("holder"),
    "number": lambda typed: documents.numbered(typed).values("counterparty"),
}


# Fields. Keys of people and price types are not looked up: an unknown one finds nobody.


def text(**facts: Any) -> forms.Field:
    return forms.CharField(max_length=LONGEST, **facts)


def inn(**facts: Any) -> forms.Field:
    message = _("An INN has digits only, %d at most.") % LONGEST_INN
    few_digits = rf"^\d{{1,{LONGEST_INN}}}$"
    return forms.RegexField(few_digits, error_messages={"invalid": message}, **facts)


def year(**facts: Any) -> forms.Field:
    return forms.IntegerField(min_value=OLDEST_CAR, max_value=NEWEST_CAR, **facts)


def key(**facts: Any) -> forms.Field:
    return forms.IntegerField(min_value=1, max_value=GREATEST_KEY, **facts)


def one_of(choices: Iterable[tuple[str, Any]]) -> Callable[..., forms.Field]:
    return lambda **facts: forms.ChoiceField(choices=[("", "—"), *choices], **facts)


def day(**facts: Any) -> forms.Field:
    return forms.DateField(widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), **facts)


def selects() -> dict[str, forms.Select]:
    """Widgets of the criteria that choose by key; one statement fills both where they are shown."""
    read = cache(_choices)
    widgets = {}
    for slug in ("manager", "price_type"):
        widgets[slug] = forms.Select()
        widgets[slug].choices = CallableChoiceIterator(partial(lambda s: read()[s], slug))
    return widgets


def _choices() -> dict[str, list[tuple[Any, str]]]:
    people = User.objects.filter(is_active=True).values_list(
        Value("manager"), "pk", Coalesce(NullIf("full_name", Value("")), "username")
    )
    prices = PriceType.objects.values_list(Value("price_type"), "pk", "name")
    found: dict[str, list[tuple[Any, str]]] = {"manager": [("", "—")], "price_type": [("", "—")]}
    for slug, pk, name in sorted(people.union(prices, all=True), key=itemgetter(2)):
        found[slug].append((pk, name))
    return found


ANY = "any"
CRITERIA = (
    Criterion("inn", _("INN"), inn),
    Criterion("number", _("Document number"), text),
    Criterion("model", _("Make, model"), text),
    Criterion("year", _("Year"), year),
    Criterion("manager", _("Manager"), key),
    Criterion("price_type", _("Price type"), key),
    Criterion("card", _("Discount card"), text),
    Criterion("kind", _("Kind of counterparty"), one_of(Counterparty.Kind.choices)),
    Criterion("visited_from", _("Last visit from"), day),
    Criterion("visited_to", _("Last visit to"), day),
    Criterion("debt", _("With debt"), forms.BooleanField),
    Criterion(
        "attention",
        _("Attention"),
        one_of([(ANY, _("any")), *Counterparty.Attention.choices[1:]]),
    ),
)
