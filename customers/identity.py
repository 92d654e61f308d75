"""What people type when they look for a client: pure functions, no Django.

A reading is one way to understand a typed text: texts of which the database must hold one. The
first reading of each list is the text as typed; the others are guesses, the nearest first.
"""

import re

from stdnum.ru import inn

from armclients.kit import text

EXTENSION = re.compile(r"(?:доб|вн|ext)\D*\d{1,8}\D*$", re.IGNORECASE)
SHORT = 2
SPELLINGS = 4  # of a name in the other alphabet, at most
TRUNK_NUMBER = len("89084944434")
NATIONAL_NUMBER = len("9084944434")
LOCAL_NUMBER = len("4944434")
INN_SIZES = (10, 12)

Reading = tuple[str, ...]

LEGAL_FORMS = re.compile(
    r"\b(?:общество с ограниченной ответственностью|(?:публичное |открытое |закрытое )?"
    r"акционерное общество|индивидуальный предприниматель|товарищество собственников жилья|"
    r"ооо|оао|зао|пао|нао|ао|тоо|одо|чоп|ичп|чп|ип|тсж|гск|снт|мупп?|гупп?|фгупп?|гбу|мбу|фгбу|нко|"
    r"ано|llc|ltd|jsc|ooo|oao|zao|pao|ao|ip)\b",
    re.IGNORECASE,
)
APART = re.compile(r"[\s\-–—.'’`\"«»“”]+")
WRITTEN_APART = re.compile(r"[^\w\s]|\d\s\d")
# A phone inside of other words: digits with what is put between them.
PHONE = re.compile(r"\+?\d(?:[\s().\-–—]*\d){3,}")
ALMOST_DIGITS = str.maketrans("оoзбlі|i", "00361111")
LETTERS = re.compile(r"[^\W\d_]")


def name_needles(folded: str) -> tuple[str, ...]:
    """What each word of a folded name must be found as: short ones begin a word, others are a part.

    >>> name_needles("ИВАНОВ ПЕ")
    ('ИВАНОВ', ' ПЕ')
    """
    return tuple(word if len(word) > SHORT else f" {word}" for word in folded.split())


def phone_needles(typed: str, folded: str) -> tuple[str, ...]:
    """What a contact must hold one of. `folded` is `typed` as the database folds contacts.

    A plus anchors the number to its country code; a leading 8 may be the trunk prefix or a part.

    >>> phone_needles("8 916", "8916")
    ('8916', ' 7916')
    """
    own = EXTENSION.sub("", typed)
    if any(character.isalpha() or character == "@" for character in own):
        return value_needles(folded)
    digits = re.sub(r"[^0-9]", "", own)
    if own.lstrip().startswith("+"):
        return (f" {digits}",) if digits else ()
    if digits.startswith("8"):
        trunk = f" 7{digits[1:]}"
        return (trunk,) if len(digits) == TRUNK_NUMBER else (*value_needles(digits), trunk)
    return value_needles(digits)


def value_needles(folded: str) -> tuple[str, ...]:
    """What any other value must hold: a short text starts it, a longer one is any part of it.

    >>> value_needles("N1"), value_needles("N123")
    ((' N1',), ('N123',))
    """
    if not folded:
        return ()
    return (folded,) if len(folded) > SHORT else (f" {folded}",)


def name_readings(typed: str) -> list[Reading]:
    """A name as typed, in the other layout, without legal form, joined, in the other alphabet.

    >>> name_readings("bdfyjd")[1], name_readings("ООО Лёд")[2]
    (('иванов',), ('Лёд',))
    """
    layouts = text.other_layout(typed) if LETTERS.search(typed) else []
    plain = [LEGAL_FORMS.sub(" ", each).strip() for each in (typed, *layouts)]
    joined = APART.sub("", plain[0]) if WRITTEN_APART.search(typed) else ""
    spelled = [*text.in_cyrillic(plain[0], SPELLINGS), *text.in_latin(plain[0])]
    texts = [typed, *layouts, *plain, joined, *text.one_alphabet(typed), *spelled]
    return [(each,) for each in dict.fromkeys(texts) if each]


def phone_readings(typed: str) -> list[Reading]:
    """A contact as typed, the numbers in it, its last ten digits, the other layout and alphabet.

    >>> phone_readings("тел. 8(908)4944434, 8-916-8545678")[1]
    ('8(908)4944434', '8-916-8545678')
    """
    guesses: list[Reading] = []
    meant = EXTENSION.sub("", typed)
    if len(re.sub(r"\D", "", meant)) >= len(meant) / 2:
        meant = meant.lower().translate(ALMOST_DIGITS)
    if numbers := tuple(PHONE.findall(meant)):
        whole = tuple(part for number in numbers for part in _whole_numbers(number))
        guesses += [numbers, whole, tuple(re.sub(r"\D", "", n)[-NATIONAL_NUMBER:] for n in whole)]
    if LETTERS.search(typed):
        words = [*text.other_layout(typed), *text.one_alphabet(typed), *text.in_latin(typed)]
        guesses += [(each,) for each in words]
    return [(typed,), *(g for g in dict.fromkeys(guesses) if g not in {(typed,), ()})]


def _whole_numbers(number: str) -> list[str]:
    """Numbers that were pasted one after another with nothing between but blanks.

    >>> _whole_numbers("89084944434 89168545678"), _whole_numbers("8 908 494")
    (['89084944434', '89168545678'], ['8 908 494'])
    """
    digits = re.sub(r"\D", "", number)
    size = TRUNK_NUMBER if digits[0] in "78" else NATIONAL_NUMBER
    if len(digits) == size or len(digits) % size:
        return [number]
    return [digits[at : at + size] for at in range(0, len(digits), size)]


def name_and_phone(typed: str) -> tuple[str, str] | None:
    """The two halves of a text that is a name and a whole phone, in either order.

    >>> name_and_phone("Иванов 8 916 123-45-67"), name_and_phone("ЦОА 0000001")
    (('Иванов', '8 916 123-45-67'), None)
    """
    number = PHONE.search(typed)
    if number is None:
        return None
    phone = number[0]
    name = f"{typed[: number.start()]} {typed[number.end() :]}".strip(" ,;:")
    is_whole = len(re.sub(r"\D", "", phone)) in {NATIONAL_NUMBER, TRUNK_NUMBER}
    return (name, phone) if is_whole and looks_like(name) == ["name"] else None


# What a text plainly is, whichever field it was typed into.


def looks_like(typed: str) -> list[str]:
    """Of `phone`, `email`, `inn`, `card`, `name`: what it may be, the likeliest first.

    >>> looks_like("+7 908 494-44-34"), looks_like("7712334545"), looks_like("Зубков")
    (['phone'], ['inn', 'card'], ['name'])
    """
    if "@" in typed:
        return ["email"]
    own = EXTENSION.sub("", typed).strip()
    digits = re.sub(r"\D", "", own)
    if not re.fullmatch(r"\+?[\d\s().\-–—]+", own):
        return ["name"] if re.fullmatch(r"[^\W\d_]{3}(?:[^\W\d_]|[\s.\-'’«»\"])*", own) else []
    if own != digits:
        return ["phone"] if len(digits) > SHORT else []
    size = len(digits)
    may_be = (
        # Of INNs hardly any begins like a mobile number, while one number in ten looks like an INN.
        ("phone", size == NATIONAL_NUMBER and digits[0] == "9"),
        ("inn", inn.is_valid(digits)),
        ("phone", size == TRUNK_NUMBER and digits[0] in "78"),
        ("phone", size == NATIONAL_NUMBER and digits[0] in "3489"),
        ("phone", size == LOCAL_NUMBER),
        ("card", size > LOCAL_NUMBER and size not in INN_SIZES),
        ("inn", size in INN_SIZES),
        ("card", size in INN_SIZES),
    )
    return list(dict.fromkeys(kind for kind, may in may_be if may))
