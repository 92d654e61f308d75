"""One look-up for a client: parts with stock, price and analogs, and works."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from customers.models import Counterparty
from orders import suppliers
from orders.models import Labor, Part
from orders.queries import catalogue, contracts, prices


@dataclass(frozen=True)
class Row:
    """A part or a labour with what this client pays for it."""

    what: Part | Labor
    price: prices.Price


@dataclass(frozen=True)
class Found:
    """What was found for what was typed; nothing was asked where nothing was typed."""

    typed: str = ""
    parts: list[Row] = field(default_factory=list)
    analogs: list[Row] = field(default_factory=list)
    offers: list[suppliers.Offer] = field(default_factory=list)
    works: list[Row] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.parts or self.analogs or self.offers or self.works)


def find(typed: str, *, customer: Counterparty, on: datetime.date) -> Found:
    """Parts, what may be fitted instead, what suppliers have of them, and works.

    At most fourteen statements, and those of the suppliers.
    """
    if not typed.strip():
        return Found()
    parts = catalogue.parts(typed)
    analogs = catalogue.analogs_of(parts) if parts else []
    keys = {catalogue.key_of(typed), *(part.key for part in (*parts, *analogs))}
    works = catalogue.works(typed)
    terms = contracts.terms_of_client(customer, on=on)
    goods, labor = prices.of_parts([*parts, *analogs], **terms), prices.of_works(works, **terms)
    return Found(
        typed,
        parts=_rows(parts, goods),
        analogs=_rows(analogs, goods),
        offers=suppliers.offers(keys - {""}),
        works=_rows(works, labor),
    )


def _rows(found: Iterable[Part | Labor], known: dict[int, prices.Price]) -> list[Row]:
    return [Row(each, known[each.pk]) for each in found]
