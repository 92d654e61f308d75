"""What people type when they look for a client: a table of examples."""

import pytest

from customers.identity import (
    looks_like,
    name_needles,
    name_readings,
    phone_needles,
    phone_readings,
    value_needles,
)


@pytest.mark.parametrize(
    ("folded", "needles"),
    [
        ("", ()),
        ("И", (" И",)),
        ("ИВ", (" ИВ",)),
        ("ИВА", ("ИВА",)),
        ("ИВАНОВ ПЕ", ("ИВАНОВ", " ПЕ")),
        ("ООО ЛЕД СЕРВИС", ("ООО", "ЛЕД", "СЕРВИС")),
    ],
)
def test_name(folded, needles):
    assert name_needles(folded) == needles


@pytest.mark.parametrize(
    ("typed", "folded", "needles"),
    [
        ("", "", ()),
        ("9", "9", (" 9",)),
        ("90", "90", (" 90",)),
        ("908", "908", ("908",)),
        ("+7 9", "79", (" 79",)),
        ("+", "", ()),
        ("8", "8", (" 8", " 7")),
        ("8 916", "8916", ("8916", " 7916")),
        ("89084944434", "79084944434", (" 79084944434",)),
        ("79084944434", "79084944434", ("79084944434",)),
        ("9084944434", "79084944434", ("9084944434",)),
        ("494-44-34", "4944434", ("4944434",)),
        ("+7 495 111-22-33 доб. 15", "74951112233", (" 74951112233",)),
        ("ivanov", "IVANOV", ("IVANOV",)),
        ("iv", "IV", (" IV",)),
        ("@", "@", (" @",)),
        ("%", "", ()),
    ],
)
def test_phone(typed, folded, needles):
    assert phone_needles(typed, folded) == needles


@pytest.mark.parametrize(
    ("folded", "needles"), [("", ()), ("N1", (" N1",)), ("N123", ("N123",)), ("7", (" 7",))]
)
def test_any_other_value(folded, needles):
    assert value_needles(folded) == needles


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bdfyjd", "иванов"),
        ("шмфтщм", "ivanov"),
        ("Ivanov", "иванов"),
        ("Shchukin", "щукин"),
        ("Щукин", "shchukin"),
        ("ООО «Лёд-Сервис»", "«Лёд-Сервис»"),
        ("общество с ограниченной ответственностью Лёд", "Лёд"),
        ("лёд-сервис", "лёдсервис"),
        ("2900 0123 45", "2900012345"),
        ("Cидоров", "сидоров"),
    ],
)
def test_a_name_may_mean(typed, meant):
    readings = name_readings(typed)

    assert readings[0] == (typed,)
    assert (meant,) in readings[1:]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("тел. 8 908 494 44 34", ("8 908 494 44 34",)),
        ("8 908 494-44-34 (жена)", ("8 908 494-44-34",)),
        ("89084944434, +7 916 854-56-78", ("89084944434", "+7 916 854-56-78")),
        ("89084944434 89168545678", ("89084944434", "89168545678")),
        ("+7 8 908 494 44 34", ("9084944434",)),
        ("89О84944434", ("89084944434",)),
        ('шмфтщм"ьфшд.кг', ("ivanov@mail.ru",)),
        ("bdfyjd", ("иванов",)),
        ("иванов", ("ivanov",)),
    ],
)
def test_a_contact_may_mean(typed, meant):
    readings = phone_readings(typed)

    assert readings[0] == (typed,)
    assert meant in readings[1:]


@pytest.mark.parametrize("typed", ["4434", "494-44-34", "+7 908", "8"])
def test_a_part_of_a_number_means_nothing_else_of_other_digits(typed):
    digits = "".join(filter(str.isdigit, typed))
    meant = {"".join(filter(str.isdigit, part)) for r in phone_readings(typed) for part in r}

    assert meant == {digits}


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("+7 908 494-44-34", ["phone"]),
        ("8 (908) 4944434", ["phone"]),
        ("494-44-34", ["phone"]),
        ("+7 495 111-22-33 доб. 12", ["phone"]),
        ("89084944434", ["phone", "card"]),
        ("9084944434", ["phone", "inn", "card"]),
        ("9161234567", ["phone", "inn", "card"]),
        ("7707083893", ["inn", "card"]),
        ("500100732259", ["inn", "card"]),
        ("7712334545", ["inn", "card"]),
        ("2900012345678", ["card"]),
        ("ivanov@mail.ru", ["email"]),
        ("Зубков Алексей", ["name"]),
        ("n123ap", []),
        ("123", []),
        ("ив", []),
        ("", []),
    ],
)
def test_what_a_text_looks_like(typed, kinds):
    assert looks_like(typed) == kinds
