"""Colleagues, chosen by name: those of one's own branch at hand, the rest while one types."""

from functools import reduce
from operator import and_
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from armclients.kit.addresses import key

AT_HAND = 12
LONGEST = 200


def colleagues() -> QuerySet[Any]:
    """Whoever works here, to be made responsible."""
    people = get_user_model().objects.filter(is_active=True, groups__isnull=False)
    return people.order_by("full_name", "username").distinct()


def near(by: Any) -> QuerySet[Any]:
    """The first of those who work in the same branch, or of all where nobody says where."""
    # Desks stand on the roof, hence by name.
    desk = getattr(by, "workplace", None)
    return colleagues().filter(Q(workplace__branch=desk.branch_id) if desk else Q())[:AT_HAND]


def named(typed: str) -> QuerySet[Any]:
    """The first of those whose names, or whose log-in, begin with every word of the text."""
    words = typed.split()
    if not words:
        return colleagues().none()
    begins = (
        Q(full_name__istartswith=word)
        | Q(full_name__icontains=f" {word}")
        | Q(username__istartswith=word)
        for word in words
    )
    return colleagues().filter(reduce(and_, begins))[:AT_HAND]


class WithOffers(forms.BoundField):
    """A text field beside the list of what it offers."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        return super().build_widget_attrs(attrs, widget) | {"list": f"{self.auto_id}_offered"}


class Colleague(forms.CharField):
    """One of those who work here, by as much of the name as fits nobody else."""

    bound_field_class = WithOffers
    offered: Any = ()

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST, empty_value=None, **options)
        self.template_name = "parts/colleague.html"

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {
            "autocomplete": "off",
            "hx-post": reverse_lazy("tasks:colleagues"),
            "hx-target": "next datalist",
            "hx-trigger": "input changed delay:250ms",
            "hx-sync": "this:replace",
        }

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if typed is None:
            return None
        people = _meant(typed)
        if len(people) == 1:
            return people[0]
        if not people:
            raise forms.ValidationError(_("Nobody here is called so."))
        self.offered = people
        names = ", ".join(f"{one.get_full_name()} ({one.username})" for one in people)
        raise forms.ValidationError(_("Several fit: %(names)s.") % {"names": names})


def _meant(typed: str) -> list[Any]:
    """Who is meant: by key or log-in, by the whole name, by the beginnings of names."""
    exactly = Q(pk=key(typed)) | Q(username__iexact=typed)
    for people in (
        colleagues().filter(exactly),
        colleagues().filter(full_name__iexact=typed),
        named(typed),
    ):
        if found := list(people[:AT_HAND]):
            return found
    return []
