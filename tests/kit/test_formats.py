"""How money, phones, plates, VINs and marked names look (templatetags/arm.py)."""

from decimal import Decimal

import pytest

from armclients.templatetags import arm

THIN = "\u202f"


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Decimal("12450.5"), f"12{THIN}450,50"),
        (Decimal("1234567.89"), f"1{THIN}234{THIN}567,89"),
        (0, "0,00"),
        (Decimal("-5"), "-5,00"),
        (None, ""),
    ],
)
def test_money(amount, shown):
    assert arm.money(amount) == shown


@pytest.mark.parametrize(
    ("amount", "shown"),
    [("3.000", "3"), ("1.250", "1,25"), ("100.000", "100"), ("0.500", "0,5")],
)
def test_quantity(amount, shown):
    assert arm.quantity(Decimal(amount)) == shown


@pytest.mark.parametrize(
    ("normalized", "extension", "shown"),
    [
        ("79084944434", "", "+7 (908) 494-44-34"),
        ("4944434", "", "4944434"),
        ("493012345678", "", "+49 30 12345678"),
        ("IVANOV@MAIL.RU", "", "IVANOV@MAIL.RU"),
        ("", "", ""),
        (None, None, ""),
    ],
)
def test_phone(normalized, extension, shown):
    assert arm.phone(normalized, extension) == shown


def test_phone_with_an_extension():
    assert arm.phone("74951112233", "15").startswith("+7 (495) 111-22-33 ")
    assert arm.phone("74951112233", "15").endswith(" 15")


@pytest.mark.parametrize(
    ("shown", "masked"),
    [
        ("+7 (908) 494-44-34", "+7 (908) ***-**-34"),
        ("ivanov@mail.ru", "ivan**@****.ru"),
        ("112", "112"),
        ("", ""),
    ],
)
def test_masked(shown, masked):
    assert arm.masked(shown) == masked


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("NMTBM28E80R058037", "NMTBM28E80R<b>058037</b>"),
        ("123", "<b>123</b>"),
        ("<i>", "<b>&lt;i&gt;</b>"),
        ("", ""),
        (None, ""),
    ],
)
def test_vin(number, shown):
    assert arm.vin(number) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("А123ВС77", "А123ВС<i>77</i>"),
        ("a123bc 777", "a123bc <i>777</i>"),
        ("n123ap", "n123ap"),
        ("<s>", "&lt;s&gt;"),
        (None, ""),
    ],
)
def test_plate(number, shown):
    assert arm.plate(number) == shown


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("Зубков Алексей", "зубк", "<mark>Зубк</mark>ов Алексей"),
        ("Зубков Алексей", "лекс зуб", "<mark>Зуб</mark>ков А<mark>лекс</mark>ей"),
        ("Ёлкин Семён", "елкин семен", "<mark>Ёлкин</mark> <mark>Семён</mark>"),
        ('ООО "Лёд"', '"лед"', "ООО &quot;<mark>Лёд</mark>&quot;"),
        ("<b>a</b>", "b", "&lt;<mark>b</mark>&gt;a&lt;/<mark>b</mark>&gt;"),
        ("R&amp;D", "amp", "R&amp;<mark>amp</mark>;D"),
        ("Зубков", "%_\\.*", "Зубков"),
        ("Зубков", "", "Зубков"),
        ("Зубков", None, "Зубков"),
    ],
)
def test_mark(text, typed, shown):
    assert arm.mark(text, typed) == shown


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Титова Ольга Сергеевна", "Титова О. С."),
        ("Титова", "Титова"),
        ("", ""),
        (None, ""),
    ],
)
def test_short_name(name, short):
    assert arm.short_name(name).strip() == short


@pytest.mark.parametrize(
    ("share", "shown"), [(5, "5\u00a0%"), (7.5, "7,5\u00a0%"), (5.0, "5\u00a0%")]
)
def test_percent(share, shown):
    assert arm.percent(share) == shown
