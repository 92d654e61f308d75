"""Saved searches: those pinned to the panel, and what their owners do with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Case, Max, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from armclients.kit.compiled import Compiled, Given
from armclients.models import SavedSearch, User
from armclients.templatetags import arm
from armclients.workstation.criteria import Asking
from armclients.workstation.filters import PARAMETERS, ClientFilter, address
from orders.models import Branch

NAME_TAKEN = _("You have a search with this name already.")


@dataclass(frozen=True)
class Pin:
    """A saved search on the panel; `owner` is the colleague who shares it."""

    name: str
    url: str
    is_current: bool
    owner: str = ""


@Compiled
def _pinned() -> QuerySet[Any]:
    # Whoever has no workplace works in the first branch.
    first = Subquery(Branch.objects.order_by("pk").values("pk")[:1])
    here = Coalesce(Given("branch"), first)
    return (
        SavedSearch.objects.annotate(
            branch=Coalesce("user__workplace__branch", first),
            is_own=Case(When(user=Given("user"), then=Value(1)), default=Value(0)),
        )
        .filter(Q(user=Given("user")) | Q(is_shared=True, branch=here, user__is_active=True))
        .order_by("-is_own", "user__full_name", "user", "position", "pk")
        .values_list("name", "query", "is_own", "user__full_name", "user__username")
    )[: 2 * SavedSearch.MOST]


def pinned(search: ClientFilter) -> list[Pin]:
    """The user's own searches, then what colleagues of the branch share. One statement."""
    user = search.asking.user
    workplace = getattr(user, "workplace", None)
    here = search.url()
    found = _pinned(user=user.pk, branch=workplace and workplace.branch_id)
    return [
        Pin(
            name,
            url := address({part: query[part] for part in PARAMETERS if part in query}),
            is_current=url == here,
            owner="" if is_own else arm.short_name(full_name) or username,
        )
        for name, query, is_own, full_name, username in found
    ]


def own(user: User) -> QuerySet[SavedSearch]:
    return SavedSearch.objects.filter(user=user).order_by("position", "pk")


class SaveForm(forms.Form):
    """A name for the present search, which comes as the address it has."""

    query = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Name of the search"), max_length=SavedSearch._meta.get_field("name").max_length
    )
    is_shared = forms.BooleanField(label=_("Show to colleagues"), required=False)
    replaces = forms.BooleanField(label=_("Replace it"), required=False)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    @property
    def name_is_taken(self) -> bool:
        return NAME_TAKEN in self.errors.get("name", ())

    def clean_query(self) -> dict[str, str]:
        search = ClientFilter(
            QueryDict(self.cleaned_data["query"].partition("?")[2]), asking=Asking(self.by)
        )
        return search.state if search.form.is_valid() else {}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        name, names = given.get("name"), set(own(self.by).values_list("name", flat=True))
        if name in names:
            if not given["replaces"]:
                self.add_error("name", NAME_TAKEN)
        elif name and len(names) >= SavedSearch.MOST:
            message = _("You have %(most)s searches, which is all there is room for: remove one.")
            self.add_error("name", message % {"most": SavedSearch.MOST})
        if not given.get("query"):
            self.add_error(None, _("Search for something first."))
        return given


class SavedSearchForm(forms.ModelForm):
    class Meta:
        model = SavedSearch
        fields = ("name", "is_shared")


def forms_of(user: User, data: Mapping[str, str] | None = None) -> list[SavedSearchForm]:
    """A form for each search of the user; with data, for each that the data speaks of."""
    return [
        SavedSearchForm(data, instance=search, prefix=f"saved{search.pk}")
        for search in own(user)
        if data is None or f"saved{search.pk}-name" in data
    ]


def are_valid(rows: list[SavedSearchForm], *, by: User) -> bool:
    """Whether all can be kept as they stand; two of one name cannot."""
    keys = [row.instance.pk for row in rows]
    names = set(own(by).exclude(pk__in=keys).values_list("name", flat=True))
    for row in rows:
        if row.is_valid():
            name = row.cleaned_data["name"]
            if name in names:
                row.add_error("name", NAME_TAKEN)
            names.add(name)
    return all(row.is_valid() for row in rows)


# What becomes of them


def save(*, by: User, name: str, query: dict[str, str], is_shared: bool) -> None:
    """The search is the last of the user's; of the same name, it is in the place of the former."""
    last = own(by).aggregate(last=Coalesce(Max("position"), 0))["last"]
    chosen = {"query": query, "is_shared": is_shared}
    SavedSearch.objects.update_or_create(
        user=by, name=name, defaults=chosen, create_defaults={**chosen, "position": last + 1}
    )


@transaction.atomic
def change(
    rows: Iterable[SavedSearchForm],
    *,
    by: User,
    removed: int | None = None,
    moved: int | None = None,
    down: bool = False,
) -> None:
    """Names and sharing are as the valid forms say; one search is gone or a step further."""
    # In one statement, so that names can change places.
    SavedSearch.objects.bulk_update([row.instance for row in rows], ["name", "is_shared"])
    if removed:
        own(by).filter(pk=removed).delete()
    searches = list(own(by))
    at = next((n for n, search in enumerate(searches) if search.pk == moved), None)
    if at is None:
        return
    searches.insert(max(at + (1 if down else -1), 0), searches.pop(at))
    for position, search in enumerate(searches, 1):
        search.position = position
    SavedSearch.objects.bulk_update(searches, ["position"])
