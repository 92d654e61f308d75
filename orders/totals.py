"""What lines come to: pure, and by one rule, which the database follows for `amount`.

Each line is rounded to the kopeck, half of one upwards; a document is the sum of its lines, and
nothing is rounded a second time. Prices include VAT, so the tax is a part of the amount.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from armclients.kit.money import rounded

NOTHING = Decimal("0.00")
HUNDRED = Decimal(100)


class Priced(Protocol):
    """A line of a document."""

    quantity: Decimal
    price: Decimal
    vat_percent: int | None
    amount: Decimal


@dataclass(frozen=True)
class AtRate:
    """What the lines of one rate of VAT come to; no `percent`: «без НДС»."""

    percent: int | None
    amount: Decimal
    vat: Decimal


@dataclass(frozen=True)
class Totals:
    full: Decimal
    amount: Decimal
    vat: Decimal
    by_rate: tuple[AtRate, ...]

    @property
    def discount(self) -> Decimal:
        return self.full - self.amount

    @property
    def without_vat(self) -> Decimal:
        return self.amount - self.vat

    @property
    def taxed(self) -> tuple[AtRate, ...]:
        """The rates at which there is a tax to name, zero per cent among them."""
        return tuple(each for each in self.by_rate if each.percent is not None)


def line_amount(quantity: Decimal, price: Decimal, discount_percent: Decimal = NOTHING) -> Decimal:
    """What a line costs.

    >>> line_amount(Decimal("0.333"), Decimal("10.00"))
    Decimal('3.33')
    >>> line_amount(Decimal(3), Decimal("9.99"), Decimal(5))
    Decimal('28.47')
    """
    return rounded(quantity * price * (1 - discount_percent / HUNDRED))


def vat_within(amount: Decimal, percent: int | None) -> Decimal:
    """The tax that an amount contains.

    >>> vat_within(Decimal("1220.00"), 22), vat_within(Decimal("100.00"), None)
    (Decimal('220.00'), Decimal('0.00'))
    """
    return rounded(amount * percent / (100 + percent)) if percent else NOTHING


def of(lines: Iterable[Priced]) -> Totals:
    """What a document comes to."""
    full = amount = vat = NOTHING
    rates: dict[int | None, tuple[Decimal, Decimal]] = {}
    for line in lines:
        tax = vat_within(line.amount, line.vat_percent)
        full += rounded(line.quantity * line.price)
        amount += line.amount
        vat += tax
        before = rates.get(line.vat_percent, (NOTHING, NOTHING))
        rates[line.vat_percent] = (before[0] + line.amount, before[1] + tax)
    ordered = sorted(rates, key=lambda percent: (percent is None, -(percent or 0)))
    return Totals(full, amount, vat, tuple(AtRate(rate, *rates[rate]) for rate in ordered))
