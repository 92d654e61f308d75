"""One rule of folding: what the database makes of names, contacts and vehicle numbers."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def folded(function: str, value: str | None) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [value])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Зубков Алексей", "ЗУБКОВ АЛЕКСЕЙ"),
        ('ООО "Лёд-Сервис"', "ООО ЛЕД СЕРВИС"),
        ("«Рога и копыта», ИЧП", "РОГА И КОПЫТА ИЧП"),
        ("  ёж\tи\nуж ", "ЕЖ И УЖ"),
        ("O'Neil & Sons №5", "O NEIL SONS 5"),
        ("a_b%c\\d", "A B C D"),
        ("Müller Ōsaka", "MÜLLER ŌSAKA"),
        ("😀", ""),
        ("", ""),
        (None, None),
    ],
)
def test_name(typed, name):
    assert folded("fold_name", typed) == name


@pytest.mark.parametrize(
    ("typed", "contact", "extension"),
    [
        ("+7 (908) 4944434", "79084944434", ""),
        ("8 (908) 494-44-34", "79084944434", ""),
        ("89084944434", "79084944434", ""),
        ("9084944434", "79084944434", ""),
        ("(495) 111-22-33", "74951112233", ""),
        ("+7 (495) 111-22-33 доб. 15", "74951112233", "15"),
        ("495 111-22-33 вн.204", "74951112233", "204"),
        ("84951112233 ext 7", "74951112233", "7"),
        ("+49 30 1234567", "49301234567", ""),
        ("+9084944434", "9084944434", ""),
        ("4944434", "4944434", ""),
        ("112", "112", ""),
        ("Ivanov@mail.ru", "IVANOV@MAIL.RU", ""),
        ("ёж@почта.рф", "ЕЖ@ПОЧТА.РФ", ""),
        ("@ozeroff", "@OZEROFF", ""),
        ("Москва, Лесная ул., 5", "МОСКВА,ЛЕСНАЯУЛ.,5", ""),
        ("", "", ""),
    ],
)
def test_contact(typed, contact, extension):
    assert folded("fold_contact", typed) == contact
    assert folded("contact_extension", typed) == extension


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("а123вс 77", "A123BC77"),
        ("A123BC77", "A123BC77"),
        ("n123ap", "N123AP"),
        ("АВЕКМНОРСТУХ", "ABEKMH0PCTYX"),
        ("NMTBM28E80R058037", "NMTBM28E80R058037"),
        ("nmtbm28e8or058037", "NMTBM28E80R058037"),
        ("WIQ0", "W100"),
        ("NZE121-1234567", "NZE1211234567"),
        ("т 001 мм|190", "T001MM190"),
        ("%_\\", ""),
        ("", ""),
    ],
)
def test_vehicle(typed, number):
    assert folded("fold_vehicle", typed) == number


@pytest.mark.parametrize("function", ["fold_name", "fold_contact", "fold_vehicle"])
def test_folding_twice_changes_nothing(function):
    for typed in ('ООО "Лёд-Сервис"', "8 (908) 494-44-34", "О001ОО 77", "Ivanov@mail.ru"):
        once = folded(function, typed)
        assert folded(function, once) == once


def test_follows_no_column_s_collation():
    """Under "C" Cyrillic would be neither letters nor have an upper case."""
    with connection.cursor() as cursor:
        cursor.execute("""SELECT fold_name('ёж' COLLATE "C"), fold_vehicle('а' COLLATE "C")""")
        assert cursor.fetchone() == ("ЕЖ", "A")
