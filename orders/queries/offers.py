"""What can be put into a document, by what is typed: packages, works, parts, or a new work."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from orders.models import Document, Labor, WorkPackage
from orders.queries import catalogue, contracts, prices
from orders.queries.contracts import Terms
from orders.queries.prices import Price

# So many of each are taken in at a glance.
OF_EACH = 7
# «2*свеча»: how many is said before what.
COUNTED = re.compile(r"(\d{1,5}(?:[.,]\d{1,3})?)\s*\*\s*(.+)")
NEW_WORK = "new"


@dataclass(frozen=True)
class Typed:
    """«2*свеча» is two of what is called «свеча»."""

    text: str
    quantity: Decimal = Decimal(1)

    @classmethod
    def of(cls, typed: str) -> "Typed":
        typed = " ".join(typed.split())
        if counted := COUNTED.fullmatch(typed):
            quantity = Decimal(counted[1].replace(",", "."))
            return cls(counted[2], quantity or Decimal(1))
        return cls(typed)


@dataclass(frozen=True)
class Offer:
    """One thing that may be put in: `key` is what is sent back."""

    key: str
    kind: str
    name: str
    about: str = ""
    price: Price | None = None
    free: Decimal | None = None


def offers(document: Document, typed: Typed, *, on: datetime.date) -> list[Offer]:
    """The best fit first. At most a dozen statements."""
    if not typed.text:
        return []
    terms = contracts.terms_of_document(document, on=on)
    works, goods = _works(typed.text, terms), _goods(typed.text, terms)
    both = [*goods, *works] if document.is_about_goods else [*works, *goods]
    new = Offer(NEW_WORK, "new", typed.text, about=_("a new work"))
    return [*_packages(typed.text, document), *both, new]


def packages_for(document: Document) -> Any:
    """Those for every vehicle, and those for the model of this document's."""
    fits = Q(for_models=None)
    if document.vehicle:
        fits |= Q(for_models=document.vehicle.model_id)
    return WorkPackage.objects.filter(fits).distinct()


def labors_of(works: Iterable[Any]) -> dict[int, Labor]:
    """What each work is in the catalogue, by its key: what it names, else what has its code.

    At most one statement, when the works were read with their labour.
    """
    works = list(works)
    codes = {work.code for work in works if work.code and not work.labor_id}
    rows = Labor.objects.filter(code__in=codes).order_by("-pk") if codes else ()
    by_code = {labor.code: labor for labor in rows}
    known = {work.pk: work.labor or by_code.get(work.code) for work in works}
    return {pk: labor for pk, labor in known.items() if labor}


def _packages(text: str, document: Document) -> list[Offer]:
    named = packages_for(document).filter(name__icontains=text).order_by("name", "pk")
    return [
        Offer(f"package-{each.pk}", "package", each.name, about=_("work package"))
        for each in named[:OF_EACH]
    ]


def _works(text: str, terms: Terms) -> list[Offer]:
    found = catalogue.works(text, OF_EACH)
    known = prices.of_works(found, **terms) if found else {}
    return [
        Offer(f"work-{each.pk}", "work", each.name, about=each.code, price=known[each.pk])
        for each in found
    ]


def _goods(text: str, terms: Terms) -> list[Offer]:
    found = catalogue.parts(text, OF_EACH)
    known = prices.of_parts(found, **terms) if found else {}
    return [
        Offer(
            f"part-{part.pk}",
            "part",
            part.name,
            about=" ".join(filter(None, [part.article, part.manufacturer])),
            price=known[part.pk],
            free=part.free,  # type: ignore[attr-defined]
        )
        for part in found
    ]
