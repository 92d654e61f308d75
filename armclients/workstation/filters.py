"""The search form: what may be asked, what it wants, and every address of the workstation.

The parameters are a contract with bookmarks, PBXs and other systems; nobody else spells them.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from armclients.models import SearchCard
from armclients.workstation.criteria import BOXES, Asking, Box
from armclients.workstation.further import CRITERIA, Asked, Criterion, asked, selects
from armclients.workstation.layout import Layout
from armclients.workstation.narrowing import Narrowed
from armclients.workstation.readings import understandings
from armclients.workstation.wanted import Wanted
from customers.identity import Reading, name_needles, phone_needles, value_needles

TEXTS = ("client", "phone", "vehicle")
TYPED = (*TEXTS, *(criterion.slug for criterion in CRITERIA))
# What a search consists of, in the order its address has.
PARAMETERS = (*TYPED, *(box.slug for box in BOXES))
LONGEST = 100
# On the way to a number: nothing to look for yet, and nothing wrong either.
UNFINISHED_PHONE = set("+( ")


class BoxFilter(django_filters.Filter):
    """A check box: `on` when ticked, absent when not."""

    field_class = forms.BooleanField


class CriterionFilter(django_filters.Filter):
    """A field of «Доп.»."""

    def __init__(self, criterion: Criterion) -> None:
        super().__init__(field_name=criterion.slug, label=criterion.label)
        self.field_class = criterion.field


def text_filter(label: Any) -> django_filters.CharFilter:
    return django_filters.CharFilter(label=label, max_length=LONGEST)


def address(query: Mapping[str, Any], *, at: str = "") -> str:
    """The workstation, or another page, with these parameters, of which None is none."""
    page = at or reverse("workstation")
    encoded = urlencode({name: value for name, value in query.items() if value is not None})
    return f"{page}?{encoded}" if encoded else page


class ClientFilter(django_filters.FilterSet):
    """Three fields, seven boxes and the criteria of «Доп.», all combined with AND."""

    client = text_filter(_("Client"))
    phone = text_filter(_("Phone"))
    vehicle = text_filter(_("Vehicle"))

    class Meta:
        model = SearchCard
        fields: list[str] = []

    def __init__(self, data: Mapping[str, Any], *, asking: Asking) -> None:
        super().__init__(data, queryset=SearchCard.objects.all())
        self.asking = asking
        for slug, widget in selects().items():
            self.filters[slug].extra["widget"] = widget
        # Which understanding is shown: 0 is the text as typed, then the guesses.
        self.reading = 0

    def filter_queryset(self, queryset: QuerySet[SearchCard]) -> QuerySet[SearchCard]:
        """The first understanding that finds anyone is the whole answer."""
        found = (each.of(queryset) for each in (self.as_typed, *self.guesses))
        return next((clients for clients in found if clients.exists()), queryset.none())

    @cached_property
    def layout(self) -> Layout:
        return Layout.of(self.asking.user)

    @property
    def wanted(self) -> Wanted:
        """What the valid form is taken to ask for."""
        return self._understood[self.reading][0]

    @property
    def as_typed(self) -> Wanted:
        return self._understood[0][0]

    @property
    def guesses(self) -> list[Wanted]:
        """What else it may ask for, the nearest first; none is like another."""
        return [wanted for wanted, _readings in self._understood[1:]]

    @property
    def meant(self) -> dict[str, Reading]:
        """The fields as they are taken to mean, without empty ones."""
        if not self.form.is_valid():
            return {}
        taken = zip(TEXTS, self._understood[self.reading][1], strict=True)
        return {name: reading for name, reading in taken if reading}

    @cached_property
    def _understood(self) -> list[tuple[Wanted, tuple[Reading, ...]]]:
        tags = tuple(sorted(box.tag(self.asking) for box in self.ticked))
        known: dict[Wanted, tuple[Reading, ...]] = {}
        for readings in self._readings:
            wanted = self._wanted(readings, tags)
            if not known or not wanted.impossible:
                known.setdefault(wanted, readings)
        return list(known.items())

    def _wanted(self, readings: tuple[Reading, ...], tags: tuple[int, ...]) -> Wanted:
        clients, phones, numbers = readings
        name = " ".join(self._folded[text][0] for text in clients)
        contacts = [n for text in phones for n in phone_needles(text, self._folded[text][1])]
        vehicles = [n for text in numbers for n in value_needles(self._folded[text][2])]
        by_field = {
            "client": name_needles(name),
            "phone": tuple(dict.fromkeys(contacts)),
            "vehicle": tuple(dict.fromkeys(vehicles)),
        }
        through = self.layout.narrowed
        # A word of a card is not what a name starts with.
        prefix = name if "name" in through.get("client", ("name",)) else ""
        return Wanted(
            name_prefix=prefix,
            names=by_field["client"],
            contacts=by_field["phone"],
            vehicles=by_field["vehicle"],
            narrowed=tuple(
                Narrowed(field, sources, by_field[field])
                for field, sources in through.items()
                # One letter is the start of a name already.
                if by_field[field] and not (field == "client" and len(prefix) == 1)
            ),
            tags=tags,
            further=self.further,
            impossible=bool(
                self.further.is_impossible
                or (clients and not name)
                or (numbers and not vehicles)
                or (not contacts and set("".join(phones)) - UNFINISHED_PHONE)
            ),
        )

    @cached_property
    def further(self) -> Asked:
        return asked(self.form.cleaned_data)

    @cached_property
    def _readings(self) -> list[tuple[Reading, ...]]:
        return understandings([self.form.cleaned_data[name] for name in TEXTS])

    @property
    def folded(self) -> tuple[str, ...]:
        """The three fields of the valid form, as typed, as the database folds them."""
        typed = [self.form.cleaned_data[name] for name in TEXTS]
        return tuple(self._folded[text][n] if text else "" for n, text in enumerate(typed))

    @cached_property
    def _folded(self) -> dict[str, tuple[str, str, str]]:
        """Every text of every reading as name, contact and vehicle. One statement, or none."""
        texts = {text for readings in self._readings for each in readings for text in each}
        if not texts:
            return {}
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT t, fold_name(t), fold_contact(t), fold_vehicle(t)"
                " FROM unnest(%s::text[]) AS t",
                [list(texts)],
            )
            return {text: folded for text, *folded in cursor.fetchall()}

    @property
    def ticked(self) -> list[Box]:
        return [box for box in BOXES if self.form.cleaned_data[box.slug]]

    @property
    def ticked_slugs(self) -> set[str]:
        return {box.slug for box in self.ticked}

    def url(self, **changes: Any) -> str:
        """The workstation with this search and the changes; a change to None drops a parameter."""
        return address(self.state | changes)

    @cached_property
    def state(self) -> dict[str, str]:
        """The search itself as parameters, without empty ones; selection and page are not of it."""
        typed = {name: self.data.get(name, "").strip()[:LONGEST] for name in TYPED}
        boxes = {box.slug: "on" for box in BOXES if self.data.get(box.slug)}
        return {name: value for name, value in (typed | boxes).items() if value}

    @property
    def filled(self) -> list[str]:
        """The criteria of «Доп.» that something was given for."""
        return [criterion.slug for criterion in CRITERIA if criterion.slug in self.state]

    @property
    def is_empty(self) -> bool:
        return not self.state


for box in BOXES:
    ClientFilter.base_filters[box.slug] = BoxFilter(label=box.label, field_name=box.slug)
for criterion in CRITERIA:
    ClientFilter.base_filters[criterion.slug] = CriterionFilter(criterion)
