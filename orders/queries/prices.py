"""What a client pays for a part or a labour today, and why so much."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Unpack

from django.db.models import F, Q
from django.utils.translation import gettext as _

from armclients.kit.wording import plainly
from customers.models import Counterparty, DiscountCard, PriceType
from orders.models import Contract, HourPrice, Labor, Part, PartPrice
from orders.queries.contracts import Terms

KOPECK = Decimal("0.01")
CARD = "card"


@dataclass(frozen=True)
class Price:
    """A price before the discount, the discount, and the reason of both in words."""

    amount: Decimal
    discount_percent: Decimal = Decimal()
    discount_source: str = ""
    why: str = ""

    @property
    def net(self) -> Decimal:
        """What one piece comes to."""
        return _rounded(self.amount * (100 - self.discount_percent) / 100)


def of_part(part: Part, **terms: Unpack[Terms]) -> Price:
    """The price of the agreed type, else the standard one; less the client's best card. See below.

    The type of the contract goes before the client's own, as long as the contract is valid.
    """
    return of_parts([part], **terms)[part.pk]


def of_parts(parts: Iterable[Part], **terms: Unpack[Terms]) -> dict[int, Price]:
    """The price of each part, by key. Two statements, three when the type was not read with."""
    parts = list(parts)
    agreed = _agreed("price_type_goods", **terms)
    known: dict[int, Decimal] = {}
    if parts and agreed.kind:
        of_type = PartPrice.objects.filter(part__in=parts, price_type=agreed.kind)
        known = dict(of_type.values_list("part", "price"))
    card = best_card(terms["customer"], "percent_goods", on=terms["on"])
    return {part.pk: _of_part(part, known.get(part.pk), agreed, card) for part in parts}


def of_work(labor: Labor, **terms: Unpack[Terms]) -> Price:
    """Norm-hours by the price of one; less the client's best card for works. See below."""
    return of_works([labor], **terms)[labor.pk]


def of_works(works: Iterable[Labor], **terms: Unpack[Terms]) -> dict[int, Price]:
    """The price of each labour, by key. Two statements, three when the type was not read with.

    An hour price of the labour itself goes before that of all labour, and within each the agreed
    price type before the standard. A labour without norm-hours counts as one hour.
    """
    works = list(works)
    agreed = _agreed("price_type_works", **terms)
    hours = HourPrice.objects.filter(
        Q(labor__in=works) | Q(labor=None), Q(price_type=agreed.kind) | Q(price_type=None)
    )
    known: dict[tuple[int | None, int | None], Decimal] = {
        (labor, kind_pk): price
        for labor, kind_pk, price in hours.values_list("labor", "price_type", "price")
    }
    card = best_card(terms["customer"], "percent_works", on=terms["on"])
    return {labor.pk: _of_work(labor, known, agreed, card) for labor in works}


def best_card(
    customer: Counterparty | None, percent: str, *, on: datetime.date
) -> tuple[str, Decimal] | None:
    """Number and percent of the client's card that gives most on this day; cards do not add up."""
    if customer is None:
        return None
    cards = DiscountCard.objects.filter(
        Q(valid_from=None) | Q(valid_from__lte=on),
        Q(valid_until=None) | Q(valid_until__gte=on),
        **{"holder": customer, f"{percent}__gt": 0},
    )
    return cards.order_by(F(percent).desc(), "number").values_list("number", percent).first()


@dataclass(frozen=True)
class _Agreed:
    """The price type that holds, if any, and the reasons of its prices and of standard ones."""

    kind: PriceType | None
    why: str
    otherwise: str


def _agreed(
    scope: str,
    *,
    customer: Counterparty | None,
    contract: Contract | None = None,
    on: datetime.date,
) -> _Agreed:
    own: PriceType | None = getattr(customer, scope, None)
    why = _("price type “%(name)s”") % {"name": own.name} if own else ""
    otherwise = _("standard price")
    if contract is None:
        return _Agreed(own, why, otherwise)
    named = {"number": contract.number}
    if not contract.is_valid_on(on):
        over = _("contract № %(number)s is not valid") % named
        return _Agreed(own, f"{over}, {why}", f"{over}, {otherwise}")
    if kind := getattr(contract, scope):
        why = _("prices of contract № %(number)s, type “%(name)s”") % {"name": kind.name, **named}
        return _Agreed(kind, why, otherwise)
    return _Agreed(own, why, otherwise)


def _of_part(
    part: Part,
    of_type: Decimal | None,
    agreed: _Agreed,
    card: tuple[str, Decimal] | None,
) -> Price:
    if of_type is not None:
        return _less_card(of_type, agreed.why, card)
    if part.price is None:
        return _less_card(Decimal(), _("no price is known"), card)
    return _less_card(part.price, agreed.otherwise, card)


def _of_work(
    labor: Labor,
    known: dict[tuple[int | None, int | None], Decimal],
    agreed: _Agreed,
    card: tuple[str, Decimal] | None,
) -> Price:
    kinds = [agreed.kind.pk, None] if agreed.kind else [None]
    for of in (labor.pk, None):
        for by in kinds:
            if (of, by) not in known:
                continue
            hours, rate = labor.norm_hours or Decimal(1), known[of, by]
            counted = _("%(hours)s n/h × %(rate)s ₽") % {
                "hours": plainly(hours),
                "rate": plainly(rate),
            }
            why = f"{agreed.why if by else agreed.otherwise}, {counted}"
            return _less_card(_rounded(hours * rate), why, card)
    return _less_card(Decimal(), _("no price is known"), card)


def _less_card(amount: Decimal, why: str, card: tuple[str, Decimal] | None) -> Price:
    if card is None:
        return Price(amount, why=why)
    number, percent = card
    less = _("card %(number)s −%(percent)s %%") % {"number": number, "percent": plainly(percent)}
    return Price(amount, percent, CARD, f"{why}, {less}")


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(KOPECK, ROUND_HALF_UP)
