"""How long an SMS is: what the networks count, and what the shop pays for. Pure.

A text of the GSM 03.38 alphabet takes seven bits a character, any other sixteen. A text that does
not fit into one message travels in several, which carry a header and hold less.
"""

from dataclasses import dataclass

# The order of GSM 03.38; 0x1B is the escape.
ORDER = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
BASIC = {character: bytes([code]) for code, character in enumerate(ORDER) if character != "\x1b"}
# Each is sent as an escape and a character, which no border between two messages may part.
ESCAPED = {"\f": 0x0A, "^": 0x14, "{": 0x28, "}": 0x29, "\\": 0x2F, "[": 0x3C, "~": 0x3D, "]": 0x3E}
ESCAPED |= {"|": 0x40, "€": 0x65}
CODES = BASIC | {character: bytes([0x1B, code]) for character, code in ESCAPED.items()}
# Characters behind it are two units of UCS-2.
ONE_UNIT = "\uffff"
# Characters of one message, and of each of several.
GSM, UCS2 = (160, 153), (70, 67)


@dataclass(frozen=True)
class Length:
    """What a text comes to: `units` of the encoding, `segments` to pay for, `left` in the last."""

    encoding: str
    units: int
    segments: int
    left: int


def is_gsm(text: str) -> bool:
    return all(character in CODES for character in text)


def parts(text: str) -> list[str]:
    """The text as it travels: whole when it fits, else cut where no character is torn.

    >>> [len(part) for part in parts("я" * 71)]
    [67, 4]
    """
    alone, each = GSM if is_gsm(text) else UCS2
    sizes = [size(character, is_gsm=(alone, each) == GSM) for character in text]
    if sum(sizes) <= alone:
        return [text]
    cut, start, filled = [], 0, 0
    for place, taken in enumerate(sizes):
        if filled + taken > each:
            cut.append(text[start:place])
            start, filled = place, 0
        filled += taken
    return [*cut, text[start:]]


def measure(text: str) -> Length:
    """How many messages a text comes to.

    >>> measure("Price: 5€")
    Length(encoding='GSM-7', units=10, segments=1, left=150)
    """
    short = is_gsm(text)
    alone, each = GSM if short else UCS2
    pieces = parts(text)
    units = [sum(size(character, is_gsm=short) for character in piece) for piece in pieces]
    left = (alone if len(pieces) == 1 else each) - units[-1]
    return Length("GSM-7" if short else "UCS-2", sum(units), len(pieces) if text else 0, left)


def size(character: str, *, is_gsm: bool) -> int:
    """One, or two: an escaped character of GSM, a surrogate pair of UCS-2 (emoji)."""
    return 2 if (is_gsm and character in ESCAPED) or character > ONE_UNIT else 1


def gsm_encoded(text: str) -> bytes:
    """A text of the GSM alphabet, a character a byte, as SMPP's default encoding wants it."""
    return b"".join(CODES[character] for character in text)
