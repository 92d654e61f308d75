"""How else a text may be meant: layouts, alphabets, slips of a key."""

import pytest

from armclients.kit import text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bdfyjd", "иванов"),
        ("BDFYJD", "иванов"),
        ("pe,rjd", "зубков"),
        ("[fhbnjyjd", "харитонов"),
        ("`krby", "ёлкин"),
        (";erjdf", "жукова"),
        ("шмфтщм", "ivanov"),
        ('шмфтщм"ьфшд.кг', "ivanov@mail.ru"),
        ("чеф", "xta"),
        ("ф123фф", "a123aa"),
    ],
)
def test_the_other_keyboard_layout(typed, meant):
    assert text.other_layout(typed) == [meant]


def test_digits_have_no_other_layout():
    assert text.other_layout("+7 (908) 494-44-34") == []


@pytest.mark.parametrize(
    ("latin", "russian"),
    [
        ("Ivanov", "иванов"),
        ("Shchukin", "щукин"),
        ("Schukin", "щукин"),
        ("Sergey", "сергей"),
        ("Sergei", "сергей"),
        ("Yuriy", "юрий"),
        ("Yury", "юрий"),
        ("Dmitry", "дмитрий"),
        ("Alexey", "алексей"),
        ("Aleksei", "алексей"),
        ("Natalya", "наталья"),
        ("Natalia", "наталия"),
        ("Tatiana", "татьяна"),
        ("Olga", "ольга"),
        ("Semyon", "семён"),
        ("Eduard", "эдуард"),
        ("Elena", "елена"),
        ("Kuzmin", "кузьмин"),
        ("Vasiliev", "васильев"),
        ("Khokhlov", "хохлов"),
        ("Hohlov", "хохлов"),
        ("Tsvetkov", "цветков"),
        ("Cvetkov", "цветков"),
        ("Mikhail", "михаил"),
        ("Xenia", "ксения"),
        ("Zhukov", "жуков"),
    ],
)
def test_a_latin_text_has_russian_spellings(latin, russian):
    assert russian in text.in_cyrillic(latin, 4)


@pytest.mark.parametrize(
    ("russian", "latin"),
    [
        ("Иванов", "ivanov"),
        ("Щукин", "shchukin"),
        ("Щукин", "schukin"),
        ("Юлия", "yuliya"),
        ("Юлия", "iuliia"),
        ("Хохлов", "hohlov"),
        ("Цветков", "cvetkov"),
        ("Александр", "alexandr"),
    ],
)
def test_a_russian_text_has_latin_spellings(russian, latin):
    assert latin in text.in_latin(russian)


def test_spellings_are_few():
    assert len(text.in_cyrillic("yelena schyholy" * 6, 4)) == 4
    assert text.in_cyrillic("щука", 4) == text.in_latin("pike") == []


@pytest.mark.parametrize(
    ("mixed", "whole"), [("cидоров", "сидоров"), ("иBанов", "иванов"), ("ivаnоv", "ivanov")]
)
def test_letters_of_the_other_alphabet_slip_in(mixed, whole):
    assert whole in text.one_alphabet(mixed)


@pytest.mark.parametrize(
    ("typed", "meant", "slips"),
    [
        ("иванов", "иванов", 0),
        ("иванво", "иванов", 1),
        ("калашнеков", "калашников", 1),
        ("ивнов", "иванов", 1),
        ("ивванов", "иванов", 1),
        ("петров", "иванов", 4),
        ("", "ёж", 2),
    ],
)
def test_slips_of_a_key(typed, meant, slips):
    assert text.slips(typed, meant) == slips
