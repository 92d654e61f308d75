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
from armclients.workstation.wanted import Wanted
from customers.identity import name_needles, phone_needles, vehicle_needles

TEXTS = ("client", "phone", "vehicle")
LONGEST = 100
# On the way to a number: nothing to look for yet, and nothing wrong either.
UNFINISHED_PHONE = set("+( ")


class BoxFilter(django_filters.Filter):
    """A check box: `on` when ticked, absent when not."""

    field_class = forms.BooleanField


def text_filter(label: Any) -> django_filters.CharFilter:
    return django_filters.CharFilter(label=label, max_length=LONGEST)


class ClientFilter(django_filters.FilterSet):
    """Three fields and seven boxes, all combined with AND."""

    client = text_filter(_("Client"))
    phone = text_filter(_("Phone"))
    vehicle = text_filter(_("Vehicle"))

    class Meta:
        model = SearchCard
        fields: list[str] = []

    def __init__(self, data: Mapping[str, Any], *, asking: Asking) -> None:
        super().__init__(data, queryset=SearchCard.objects.all())
        self.asking = asking

    def filter_queryset(self, queryset: QuerySet[SearchCard]) -> QuerySet[SearchCard]:
        return self.wanted.of(queryset)

    @cached_property
    def wanted(self) -> Wanted:
        """What the valid form asks for."""
        typed = self.form.cleaned_data
        client, contact, vehicle = self.folded
        contacts = phone_needles(typed["phone"], contact)
        return Wanted(
            name_prefix=client,
            names=name_needles(client),
            contacts=contacts,
            vehicles=vehicle_needles(vehicle),
            tags=tuple(sorted(box.tag(self.asking) for box in self.ticked)),
            impossible=bool(
                (typed["client"] and not client)
                or (typed["vehicle"] and not vehicle)
                or (not contacts and set(typed["phone"]) - UNFINISHED_PHONE)
            ),
        )

    @cached_property
    def folded(self) -> tuple[str, str, str]:
        """The three fields of the valid form as the database folds them. One statement, or none."""
        typed = [self.form.cleaned_data[name] for name in TEXTS]
        if not any(typed):
            return "", "", ""
        with connection.cursor() as cursor:
            cursor.execute("SELECT fold_name(%s), fold_contact(%s), fold_vehicle(%s)", typed)
            return cursor.fetchone()

    @property
    def ticked(self) -> list[Box]:
        return [box for box in BOXES if self.form.cleaned_data[box.slug]]

    @property
    def ticked_slugs(self) -> set[str]:
        return {box.slug for box in self.ticked}

    def url(self, **changes: Any) -> str:
        """The workstation with this search and the changes; a change to None drops a parameter."""
        query = self.state | changes
        encoded = urlencode({name: value for name, value in query.items() if value is not None})
        return f"{reverse('workstation')}?{encoded}" if encoded else reverse("workstation")

    @cached_property
    def state(self) -> dict[str, str]:
        """The search itself as parameters, without empty ones; selection and page are not of it."""
        typed = {name: self.data.get(name, "").strip()[:LONGEST] for name in TEXTS}
        boxes = {box.slug: "on" for box in BOXES if self.data.get(box.slug)}
        return {name: value for name, value in (typed | boxes).items() if value}

    @property
    def is_empty(self) -> bool:
        return not self.state


for box in BOXES:
    ClientFilter.base_filters[box.slug] = BoxFilter(label=box.label, field_name=box.slug)
