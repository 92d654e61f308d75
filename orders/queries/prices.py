"""What a client pays for a part or a labour today, and why so much."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import F, Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from customers.models import Counterparty, DiscountCard, PriceType
from orders.models import HourPrice, Labor, Part, PartPrice

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


def of_part(part: Part, *, customer: Counterparty | None, on: datetime.date) -> Price:
    """The price of the client's type, else the standard one; less their best card. See below."""
    return of_parts([part], customer=customer, on=on)[part.pk]


def of_parts(
    parts: Iterable[Part], *, customer: Counterparty | None, on: datetime.date
) -> dict[int, Price]:
    """The price of each part, by key. Two statements, three when the type was not read with."""
    parts = list(parts)
    kind = customer.price_type_goods if customer else None
    of_type = PartPrice.objects.filter(part__in=parts, price_type=kind) if parts and kind else None
    known = dict(of_type.values_list("part", "price")) if of_type is not None else {}
    card = best_card(customer, "percent_goods", on=on)
    return {part.pk: _of_part(part, known.get(part.pk), kind, card) for part in parts}


def of_work(labor: Labor, *, customer: Counterparty | None, on: datetime.date) -> Price:
    """Norm-hours by the price of one; less the client's best card for works. See below."""
    return of_works([labor], customer=customer, on=on)[labor.pk]


def of_works(
    works: Iterable[Labor], *, customer: Counterparty | None, on: datetime.date
) -> dict[int, Price]:
    """The price of each labour, by key. Two statements, three when the type was not read with.

    An hour price of the labour itself goes before that of all labour, and within each the client's
    price type before the standard. A labour without norm-hours counts as one hour.
    """
    works = list(works)
    kind = customer.price_type_works if customer else None
    hours = HourPrice.objects.filter(
        Q(labor__in=works) | Q(labor=None), Q(price_type=kind) | Q(price_type=None)
    )
    known: dict[tuple[int | None, int | None], Decimal] = {
        (labor, kind_pk): price
        for labor, kind_pk, price in hours.values_list("labor", "price_type", "price")
    }
    card = best_card(customer, "percent_works", on=on)
    return {labor.pk: _of_work(labor, known, kind, card) for labor in works}


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


def _of_part(
    part: Part,
    of_type: Decimal | None,
    kind: PriceType | None,
    card: tuple[str, Decimal] | None,
) -> Price:
    if of_type is not None and kind:
        return _less_card(of_type, _("price type “%(name)s”") % {"name": kind.name}, card)
    if part.price is None:
        return _less_card(Decimal(), _("no price is known"), card)
    return _less_card(part.price, _("standard price"), card)


def _of_work(
    labor: Labor,
    known: dict[tuple[int | None, int | None], Decimal],
    kind: PriceType | None,
    card: tuple[str, Decimal] | None,
) -> Price:
    kinds = [kind.pk, None] if kind else [None]
    for of in (labor.pk, None):
        for by in kinds:
            if (of, by) not in known:
                continue
            hours, rate = labor.norm_hours or Decimal(1), known[of, by]
            named = _("price type “%(name)s”") % {"name": kind.name} if kind and by else ""
            counted = _("%(hours)s n/h × %(rate)s ₽") % {
                "hours": plainly(hours),
                "rate": plainly(rate),
            }
            why = ", ".join(filter(None, [named or _("standard price"), counted]))
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


def plainly(number: Decimal) -> str:
    """The number as people write it: without zeros behind the comma.

    >>> plainly(Decimal("10.00"))
    '10'
    """
    return number_format(Decimal(f"{number.normalize():f}"), force_grouping=True)
