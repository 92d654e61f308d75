"""Sums of money: rounded by one rule, and written out in words."""

from decimal import ROUND_HALF_UP, Decimal

from num2words import num2words

KOPECK = Decimal("0.01")


def rounded(amount: Decimal) -> Decimal:
    """To the kopeck, half of one upwards.

    >>> rounded(Decimal("0.125")), rounded(Decimal("2.675"))
    (Decimal('0.13'), Decimal('2.68'))
    """
    return amount.quantize(KOPECK, ROUND_HALF_UP)


def in_words(amount: Decimal) -> str:
    """A sum as documents print it: roubles in words, kopecks in figures, in Russian always."""
    words = num2words(rounded(amount), lang="ru", to="currency", currency="RUB", cents=False)
    roubles, _comma, kopecks = words.rpartition(", ")
    return f"{roubles[:1].upper()}{roubles[1:]} {kopecks}"
