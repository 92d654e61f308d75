"""«Настройка полей поиска»: what there is to choose from, and what somebody has chosen.

An upgrade never breaks a layout: what is not known any more is ignored, what is new comes last.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from armclients.models import SearchLayout, User
from armclients.workstation.columns import CLIENT_COLUMNS, VEHICLE_COLUMNS, Column
from armclients.workstation.criteria import BOXES, Box
from armclients.workstation.further import CRITERIA, Criterion
from armclients.workstation.narrowing import SOURCES

HIDDEN = "-"
SHOWN = "shown"


class Choice(Protocol):
    """Whatever can be shown or hidden."""

    @property
    def slug(self) -> str: ...
    @property
    def label(self) -> str | Promise: ...


@dataclass(frozen=True)
class Part:
    """A part of the screen and what may stand there, in the standard order."""

    slug: str
    label: str | Promise
    choices: Sequence[Choice]
    is_ordered: bool = True


SOURCES_OF = {
    "client": _("The field «Client» looks through"),
    "phone": _("The field «Phone» looks through"),
    "vehicle": _("The field «Vehicle» looks through"),
}
PARTS = (
    *(Part(field, label, SOURCES[field], is_ordered=False) for field, label in SOURCES_OF.items()),
    Part("boxes", _("Boxes"), BOXES),
    Part("client_columns", _("Columns of clients"), CLIENT_COLUMNS),
    Part("vehicle_columns", _("Columns of vehicles"), VEHICLE_COLUMNS),
    Part("criteria", _("More criteria"), CRITERIA),
)


@dataclass(frozen=True)
class Place:
    """One choice where it stands in its part."""

    choice: Choice
    is_shown: bool

    @property
    def stored(self) -> str:
        return f"{'' if self.is_shown else HIDDEN}{self.choice.slug}"


@dataclass(frozen=True)
class Layout:
    """All that was chosen, by part of the screen."""

    places: Mapping[str, tuple[Place, ...]]

    @classmethod
    def of(cls, user: User) -> "Layout":
        """The user's own, else that of their role, else the standard; came with the log-in."""
        return cls.read(getattr(user, "chosen_layout", None))

    @classmethod
    def read(cls, stored: Any) -> "Layout":
        """What was kept, whatever it is."""
        if not isinstance(stored, Mapping):
            return STANDARD
        return cls({part.slug: _placed(part, stored.get(part.slug)) for part in PARTS})

    @classmethod
    def posted(cls, form: MultiValueDict[str, str]) -> "Layout":
        """What the form of `preferences.html` says: all slugs in order, and the ticked ones."""
        stored = {}
        for part in PARTS:
            ticked = set(form.getlist(f"{part.slug}_{SHOWN}"))
            stored[part.slug] = [
                slug if slug in ticked else f"{HIDDEN}{slug}" for slug in form.getlist(part.slug)
            ]
        return cls.read(stored)

    @property
    def stored(self) -> dict[str, list[str]]:
        return {slug: [place.stored for place in places] for slug, places in self.places.items()}

    @cached_property
    def boxes(self) -> tuple[Box, ...]:
        return self._shown("boxes")

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        return self._shown("criteria")

    @cached_property
    def client_columns(self) -> tuple[Column, ...]:
        return self._shown("client_columns")

    @cached_property
    def vehicle_columns(self) -> tuple[Column, ...]:
        return self._shown("vehicle_columns")

    @cached_property
    def narrowed(self) -> dict[str, tuple[str, ...]]:
        """By field, what it looks through, where that is not everything."""
        narrowed = {}
        for field, sources in SOURCES.items():
            shown = tuple(source.slug for source in self._shown(field))
            # A field that looks through nothing would be no field.
            if 0 < len(shown) < len(sources):
                narrowed[field] = shown
        return narrowed

    @property
    def narrowed_parts(self) -> list[tuple[Part, tuple[Choice, ...]]]:
        """The fields that look through less than everything, in words."""
        return [(part, self._shown(part.slug)) for part in PARTS if part.slug in self.narrowed]

    @property
    def parts(self) -> list[tuple[Part, tuple[Place, ...]]]:
        return [(part, self.places[part.slug]) for part in PARTS]

    def moved(self, move: str) -> "Layout":
        """One choice a step up or down: `boxes:mine:up`; nonsense moves nothing."""
        part, _colon, rest = move.partition(":")
        slug, _colon, way = rest.partition(":")
        places = list(self.places.get(part, ()))
        at = next((n for n, place in enumerate(places) if place.choice.slug == slug), None)
        if at is None:
            return self
        to = min(max(at + (1 if way == "down" else -1), 0), len(places) - 1)
        places.insert(to, places.pop(at))
        return replace(self, places={**self.places, part: tuple(places)})

    def _shown(self, part: str) -> tuple[Any, ...]:
        return tuple(place.choice for place in self.places[part] if place.is_shown)


def _placed(part: Part, stored: Any) -> tuple[Place, ...]:
    known = {choice.slug: choice for choice in part.choices}
    stored = stored if isinstance(stored, list) else []
    places = [
        Place(choice, is_shown=not entry.startswith(HIDDEN))
        for entry in stored
        if isinstance(entry, str) and (choice := known.pop(entry.removeprefix(HIDDEN), None))
    ]
    if not part.is_ordered:
        places.sort(key=lambda place: part.choices.index(place.choice))
    return (*places, *_as_standard(known.values()))


def _as_standard(choices: Iterable[Choice]) -> Iterable[Place]:
    return (Place(choice, is_shown=getattr(choice, "is_standard", True)) for choice in choices)


STANDARD = Layout({part.slug: tuple(_as_standard(part.choices)) for part in PARTS})


# Whose layout it is: `user=…` or `role=…`.


def kept(**whose: Any) -> Layout | None:
    """What they have chosen, if anything. One statement."""
    stored = SearchLayout.objects.filter(**whose).values_list("chosen", flat=True).first()
    return None if stored is None else Layout.read(stored)


def keep(layout: Layout, **whose: Any) -> None:
    SearchLayout.objects.update_or_create(**whose, defaults={"chosen": layout.stored})


def forget(**whose: Any) -> None:
    """Back to the standard."""
    SearchLayout.objects.filter(**whose).delete()
