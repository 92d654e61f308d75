"""What a GS1 DataMatrix of «Честный знак» says: which article (01), and which piece of it (21)."""

import re
from dataclasses import dataclass

SEPARATOR = "\x1d"
# What scanners put before the first element.
PREFIX = re.compile(r"^(?:\]d2|\]C1|\xe8|\x1d)+")
GTIN_DIGITS = 14
BRACKETS = re.compile(r"\((\d\d)\)")
SHAPE = re.compile(
    r"01(?P<gtin>\d{14})21(?P<serial>[!-z]{1,20}?)(?:\x1d.*|9[123].{4,})?", re.DOTALL
)


class MarkingError(ValueError):
    """Not a code of this kind."""


@dataclass(frozen=True)
class Marking:
    """A piece: its code without the signature, and everything that was scanned."""

    code: str
    scanned: str


def read(typed: str) -> Marking:
    """The piece that a scanned or typed code names.

    The brackets of a code that is printed for people are no part of it. Raises MarkingError.
    """
    scanned = PREFIX.sub("", typed.strip())
    if scanned.startswith("(01)"):
        scanned = BRACKETS.sub(r"\1", scanned)
    found = SHAPE.fullmatch(scanned)
    if not found or not is_gtin(found["gtin"]):
        raise MarkingError(typed)
    return Marking(f"01{found['gtin']}21{found['serial']}", scanned)


def is_gtin(digits: str) -> bool:
    """Whether the last of 14 digits is the check digit of the others."""
    weighed = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    return len(digits) == GTIN_DIGITS and weighed % 10 == 0
