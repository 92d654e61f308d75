"""What people type when they look for a client: a table of examples."""

import pytest

from customers.identity import name_needles, phone_needles, vehicle_needles


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
def test_vehicle(folded, needles):
    assert vehicle_needles(folded) == needles
