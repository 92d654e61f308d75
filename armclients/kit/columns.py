"""Types of columns in files people export: each turns a cell into what PostgreSQL reads.

A type is called with a cell that is neither empty nor padded, and gives the canonical text; what
cannot be meant raises ValueError with a sentence. `sql` is the type of the staged column.
"""

import datetime
import re
import zoneinfo
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Protocol

from django.utils.translation import gettext as _

BLANKS = str.maketrans("", "", " \u00a0\u2009\u202f")
NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
SCIENTIFIC = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,2}")
MOMENT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}\.[0-9]{2}\.[0-9]{4})"
    r"(?:[ T](?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?P<fraction>\.[0-9]+)?)?"
    r"\s?(?P<offset>Z|[+-][0-9]{2}:?(?:[0-9]{2})?)?)?"
)
MIDNIGHT = re.compile(r" 0?0:00:00$")
USERNAME = re.compile(r"[\w.@+-]+")
YEARS = range(1900, 2101)
FARTHEST_ZONE, MINUTES = 14, 60
MICROSECONDS = len(".123456")
LONGEST_SOURCE = 40


class Type(Protocol):
    @property
    def sql(self) -> str: ...

    def __call__(self, cell: str) -> str: ...


@dataclass(frozen=True)
class Text:
    longest: int = 100_000
    sql: str = "text"

    def __call__(self, cell: str) -> str:
        if "\0" in cell:
            raise ValueError(_("holds a NUL byte"))
        if len(cell) > self.longest:
            raise ValueError(_("is longer than %(longest)s characters") % {"longest": self.longest})
        return cell


@dataclass(frozen=True)
class Identifier(Text):
    """The source system's own name of a row; `[SOURCE]NAME` is that of another source.

    Rows that were entered here have the empty source.
    """

    longest: int = 100

    def __call__(self, cell: str) -> str:
        name = cell
        if cell.startswith("[") and "]" in cell:
            source, _bracket, name = cell[1:].partition("]")
            if not name or len(source) > LONGEST_SOURCE:
                raise ValueError(_("is no identifier: write [SOURCE]IDENTIFIER"))
        super().__call__(name)
        return cell


@dataclass(frozen=True)
class Username(Text):
    longest: int = 150

    def __call__(self, cell: str) -> str:
        if not USERNAME.fullmatch(cell):
            raise ValueError(_("a user name has only letters, digits and @ . + - _"))
        return super().__call__(cell)


@dataclass(frozen=True)
class Zone(Text):
    def __call__(self, cell: str) -> str:
        if cell not in known_zones():
            raise ValueError(_("is no time zone; one is Europe/Moscow"))
        return cell


@cache
def known_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


@dataclass(frozen=True)
class Number:
    """A decimal number, with a point or a comma."""

    digits: int
    places: int
    most: int | None = None
    above_zero: bool = False
    sql: str = "numeric"

    def __call__(self, cell: str) -> str:
        text = cell.translate(BLANKS).replace(",", ".")
        if SCIENTIFIC.fullmatch(text):  # as programs write 14900 when they mean well
            text = f"{Decimal(text):f}"
        if not NUMBER.fullmatch(text):
            raise ValueError(_("is not a number"))
        whole, _point, fraction = text.partition(".")
        fraction = fraction.rstrip("0")
        if len(fraction) > self.places:
            raise ValueError(_("has more than %(places)s decimals") % {"places": self.places})
        if len(whole.lstrip("+-0")) > self.digits - self.places:
            raise ValueError(_("is too large"))
        number = f"{whole}.{fraction:0<{self.places}}"
        if "-" in whole and number.strip("-0."):
            raise ValueError(_("is less than zero"))
        if self.above_zero and not number.strip("-+0."):
            raise ValueError(_("must be more than zero"))
        if self.most is not None and float(number) > self.most:
            raise ValueError(_("is more than %(most)s") % {"most": self.most})
        return number


Money = Number(14, 2)
Quantity = Number(12, 3)
SomeQuantity = Number(12, 3, above_zero=True)
Percent = Number(5, 2, most=100)


@dataclass(frozen=True)
class Integer:
    least: int = 0
    most: int = 2_147_483_647
    sql: str = "integer"

    def __call__(self, cell: str) -> str:
        text = cell.translate(BLANKS).replace(",", ".")
        whole, _point, fraction = text.partition(".")
        if not NUMBER.fullmatch(text) or fraction.strip("0"):
            raise ValueError(_("is not a whole number"))
        # Python refuses to read numbers of thousands of digits; none of those is meant.
        if len(whole) > len(str(self.most)) + 1 or not self.least <= int(whole) <= self.most:
            raise ValueError(
                _("is not between %(least)s and %(most)s")
                % {"least": self.least, "most": self.most}
            )
        return str(int(whole))


@dataclass(frozen=True)
class Date:
    """YYYY-MM-DD or DD.MM.YYYY; a midnight that a table program hung on is ignored."""

    sql: str = "date"

    def __call__(self, cell: str) -> str:
        return day(MIDNIGHT.sub("", cell))


def day(text: str) -> str:
    try:
        if len(text) != len("2026-01-31"):
            raise ValueError
        if text[2] == ".":
            text = f"{text[6:]}-{text[3:5]}-{text[:2]}"
        found = datetime.date.fromisoformat(text)
        if "W" in text:
            raise ValueError
    except ValueError:
        raise ValueError(_("is not a date such as 2026-01-31 or 31.01.2026")) from None
    if found.year not in YEARS:
        raise ValueError(_("the year is not between 1900 and 2100"))
    return text


@dataclass(frozen=True)
class Moment:
    """A date and a time, staged as text: `…+03:00` where an offset was given, else local.

    `at_zone()` of a file format makes the point in time of it.
    """

    sql: str = "text"

    def __call__(self, cell: str) -> str:
        found = MOMENT.fullmatch(cell)
        if not found:
            raise ValueError(_("is not a time such as 2026-01-31 09:30 or 31.01.2026 09:30"))
        hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
        try:
            time = datetime.time(hour, minute, second)
        except ValueError:
            raise ValueError(_("there is no such time of day")) from None
        fraction = (found["fraction"] or "")[:MICROSECONDS].rstrip("0.")
        return f"{day(found['day'])} {time:%H:%M:%S}{fraction}{offset(found['offset'])}"


def offset(text: str | None) -> str:
    if not text:
        return ""
    if text == "Z":
        return "+00:00"
    hours, minutes = text[1:3], text[3:].lstrip(":") or "00"
    if int(hours) > FARTHEST_ZONE or int(minutes) >= MINUTES:
        raise ValueError(_("there is no such offset from UTC"))
    return f"{text[0]}{hours}:{minutes}"


@dataclass(frozen=True)
class Boolean:
    sql: str = "boolean"

    def __call__(self, cell: str) -> str:
        word = cell.casefold()
        if word in {"1", "да", "true", "истина"}:
            return "t"
        if word in {"0", "нет", "false", "ложь"}:
            return "f"
        raise ValueError(_("is neither yes nor no: write 1 or 0"))


@dataclass(frozen=True)
class Code:
    """One of a closed set of words."""

    known: tuple[str, ...]
    sql: str = "text"

    def __call__(self, cell: str) -> str:
        word = cell.lower()
        if word not in self.known:
            raise ValueError(
                _("is unknown; known are: %(known)s")
                % {"known": ", ".join(filter(None, self.known))}
            )
        return word


def code(*words: str) -> Code:
    return Code(words)
