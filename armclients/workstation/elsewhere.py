"""What was typed into the wrong field, and the field it belongs to."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from armclients.workstation.filters import TEXTS, ClientFilter
from customers import identity as of_people
from vehicles import identity as of_vehicles

DOCUMENT = re.compile(r"[^\W\d_]{1,5}[-\s]?\d{5,}")


@dataclass(frozen=True)
class Kind:
    """What a text may be: what it is called, and the parameter that looks for it."""

    title: str | Promise
    field: str


# What `/open/` calls them, too.
KINDS = {
    "phone": Kind(_("Looks like a phone"), "phone"),
    "email": Kind(_("Looks like an e-mail address"), "phone"),
    "vin": Kind(_("Looks like a VIN or a body number"), "vehicle"),
    "plate": Kind(_("Looks like a plate"), "vehicle"),
    "inn": Kind(_("Looks like an INN"), "inn"),
    "number": Kind(_("Looks like the number of a document"), "number"),
    "card": Kind(_("Looks like a card number"), "client"),
    "name": Kind(_("Looks like a name"), "client"),
}


@dataclass(frozen=True)
class Offer:
    """The same text in the field it belongs to; `typed` is the field it stands in now."""

    typed: str
    text: str
    title: str | Promise
    label: str | Promise
    url: str


def kinds_of(text: str) -> list[str]:
    """What the text plainly is, the likeliest first.

    >>> kinds_of("n123ap"), kinds_of("+7 908 494-44-34"), kinds_of("12")
    (['plate'], ['phone'], [])
    """
    kinds = [*of_vehicles.looks_like(text), *of_people.looks_like(text)]
    if DOCUMENT.fullmatch(text.strip()):
        kinds.append("number")
    return kinds


def offers(search: ClientFilter) -> list[Offer]:
    """Where else each text of a search that found nobody may be looked for."""
    typed = {field: text for field in TEXTS if (text := search.state.get(field, ""))}
    found = [*_both(search, typed)]
    for field, text in typed.items():
        kinds = [KINDS[name] for name in kinds_of(text)]
        if len(typed) > 1 and field in {kind.field for kind in kinds}:
            # A phone beside a name is a phone, even where it might be an INN.
            continue
        for kind in kinds:
            if kind.field != field:
                label = search.filters[kind.field].label
                url = search.url(**{field: None, kind.field: text})
                found.append(Offer(field, text, kind.title, label, url))
    return found


def _both(search: ClientFilter, typed: Mapping[str, str]) -> Iterator[Offer]:
    """A name and a phone that were typed into the one field, each in its own."""
    for field, text in typed.items():
        both = of_people.name_and_phone(text)
        if both and len(typed) == 1:
            url = search.url(**{field: None, "client": both[0], "phone": both[1]})
            label = search.filters["phone"].label
            yield Offer(field, text, _("Looks like a name and a phone"), label, url)
