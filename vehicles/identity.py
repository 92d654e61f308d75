"""What people type when they look for a vehicle: VIN, body number, plates. Pure functions.

Readings are explained in `customers/identity.py`.
"""

import re
from itertools import islice, product

from armclients.kit import text
from customers.identity import Reading

# A letter of a plate stands for itself, for its look-alike and for what it sounds like.
SAID = {
    "Н": "HN",
    "В": "BV",
    "Р": "PR",
    "У": "YU",
    "С": "CS",
    "Х": "XH",
    "H": "HNX",
    "N": "NH",
    "B": "BV",
    "V": "VB",
    "P": "PR",
    "R": "RP",
    "Y": "YU",
    "U": "UY",
    "C": "CS",
    "S": "SC",
    "X": "XH",
}
SPELLINGS = 16  # of a plate, at most
LONGEST_PLATE = 9
# Those that look alike in both alphabets.
LETTERS_OF_PLATES = frozenset("ABEKMHOPCTYXАВЕКМНОРСТУХ")
LETTER = "[A-ZА-ЯЁ]"
# А123ВС77, 1234АВ77 of trailers and motorcycles, АВ12377 of taxis and trailers; RUS may follow.
PLATE = re.compile(
    rf"({LETTER}\d{{3}}{LETTER}{{2}}|\d{{4}}{LETTER}{{2}}|{LETTER}{{2}}\d{{3,4}})"
    r"(\d{2,3})?(?:RUS|РУС)?"
)
PART_OF_PLATE = re.compile(rf"(?=.*\d\d){LETTER}{{0,2}}\d{{2,4}}{LETTER}{{0,2}}\d{{0,3}}")
VIN = re.compile(r"(?=(?:.*\d){3})(?=.*[A-ZА-Я])[A-ZА-Я\d]{17}")
BODY = re.compile(r"(?=.*\d{4})[A-Z]{2,5}\d{0,3}[A-Z]?-?\d{5,7}")


def vehicle_readings(typed: str) -> list[Reading]:
    """A number as typed, in the other layout, as said aloud, without region, spelled in Latin.

    >>> vehicle_readings("в123ев")[2], vehicle_readings("чеф")[1]
    (('B123ЕV', 'V123ЕB', 'V123ЕV'), ('xta',))
    """
    bare = joined(typed)
    guesses: list[Reading] = [(each,) for each in text.other_layout(typed)]
    if said := _as_said(bare):
        guesses.append(said)
    if plate := PLATE.fullmatch(bare):
        whole = plate[1] + (plate[2] or "")
        guesses += [(part, *_as_said(part)) for part in (whole, plate[1]) if part != bare]
    guesses += [(each,) for each in text.in_latin(bare)[:1]]
    return [(typed,), *(g for g in dict.fromkeys(guesses) if g != (typed,))]


def looks_like(typed: str) -> list[str]:
    """`vin` or `plate`, when it plainly is one.

    >>> looks_like("nmtbm28e80r058037"), looks_like("а123вс 77"), looks_like("89084944434")
    (['vin'], ['plate'], [])
    """
    bare = joined(typed)
    if VIN.fullmatch(bare) or BODY.fullmatch(bare):
        return ["vin"]
    return ["plate"] if PLATE.fullmatch(bare) else []


def joined(typed: str) -> str:
    """In capitals, without blanks and dashes.

    >>> joined("а 123 вс-77")
    'А123ВС77'
    """
    return re.sub(r"[\s\-–—.]+", "", typed.upper())


def _as_said(bare: str) -> Reading:
    """Other spellings of a plate whose letters sound or look like others."""
    if len(bare) > LONGEST_PLATE or not PART_OF_PLATE.fullmatch(bare):
        return ()
    spelled = product(*(SAID.get(character, character) for character in bare))
    return tuple("".join(each) for each in islice(spelled, 1, SPELLINGS))
