"""Sums are rounded by one rule, and written out as documents print them."""

from decimal import Decimal

import pytest

from armclients.kit.money import in_words, rounded


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("12345.67", "Двенадцать тысяч триста сорок пять рублей 67 копеек"),
        ("0", "Ноль рублей 00 копеек"),
        ("1.01", "Один рубль 01 копейка"),
        ("2002.02", "Две тысячи два рубля 02 копейки"),
        ("21.05", "Двадцать один рубль 05 копеек"),
        ("111.11", "Сто одиннадцать рублей 11 копеек"),
        ("1000000", "Один миллион рублей 00 копеек"),
        ("0.995", "Один рубль 00 копеек"),
    ],
)
def test_a_sum_in_words(amount, words):
    assert in_words(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("amount", "result"), [("0.005", "0.01"), ("2.675", "2.68"), ("2.674", "2.67"), ("10", "10.00")]
)
def test_half_a_kopeck_goes_up(amount, result):
    assert str(rounded(Decimal(amount))) == result
