"""Calendars for other programs to subscribe to, as RFC 5545 writes them. Pure."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_LINE = 75  # octets, without the line break
PRODUCT = "-//ARM//Clients and vehicles//RU"


@dataclass(frozen=True)
class Entry:
    """An event of a calendar. `uid` is its name for ever, whatever becomes of it."""

    uid: str
    start_at: datetime.datetime
    end_at: datetime.datetime
    summary: str
    description: str = ""
    location: str = ""
    is_sure: bool = True


def written(name: str, entries: Iterable[Entry], *, at: datetime.datetime) -> str:
    """The calendar as a file, as of now."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
    ]
    for entry in entries:
        lines += _event(entry, at)
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(entry: Entry, at: datetime.datetime) -> list[str]:
    facts = {
        "UID": entry.uid,
        "DTSTAMP": moment(at),
        "DTSTART": moment(entry.start_at),
        "DTEND": moment(entry.end_at),
        "SUMMARY": escaped(entry.summary),
        "DESCRIPTION": escaped(entry.description),
        "LOCATION": escaped(entry.location),
        "STATUS": "CONFIRMED" if entry.is_sure else "TENTATIVE",
    }
    said = [f"{name}:{value}" for name, value in facts.items() if value]
    return ["BEGIN:VEVENT", *said, "END:VEVENT"]


def moment(at: datetime.datetime) -> str:
    """In UTC, which every program turns into its own clock: `20410312T083000Z`."""
    return f"{at.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    r"""A text with what would end it escaped: «a, b;\n» -> «a\, b\;\n»."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    text = text.replace("\n", "\\n")
    return "".join(sign for sign in text if sign >= " " and sign != "\x7f")


def folded(line: str) -> str:
    """The line in pieces of 75 octets, no letter cut in two; a piece that goes on begins with a
    space."""
    pieces, piece, room = [], "", LONGEST_LINE
    for letter in line:
        width = len(letter.encode())
        if width > room:
            pieces.append(piece)
            piece, room = "", LONGEST_LINE - 1
        piece, room = piece + letter, room - width
    return "\r\n ".join([*pieces, piece])
