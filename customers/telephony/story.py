"""A call as a story: what a PBX said of it, in any order and any number of times.

The facts follow from the set of words alone. So a word that is late, repeated or overtaken by
another changes nothing but what it adds. Pure functions, no Django.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any, Self

# What the columns of the record hold.
LONGEST = {"call": 200, "number": 60, "line": 40, "line_to": 40, "recording": 500}
YEARS = range(2000, 2100)


class What(StrEnum):
    """What happened to a call, in the order of one moment."""

    RINGING = "ringing"
    ANSWERED = "answered"
    TRANSFERRED = "transferred"
    MISSED = "missed"
    ENDED = "ended"
    RECORDING = "recording"


ORDER = list(What)


class Unreadable(ValueError):  # noqa: N818 — reads like a sentence where it is caught
    """What came is not of the form the provider's README describes; says where."""


@dataclass(frozen=True)
class Word:
    """One thing the PBX said of one call; what it did not say is empty.

    `number` is the other side's, `line` ours; `line_to` is where the call was transferred to.
    """

    call: str
    what: What
    at: datetime
    direction: str = ""
    number: str = ""
    line: str = ""
    line_to: str = ""
    recording: str = ""

    def __post_init__(self) -> None:
        if not self.call:
            raise Unreadable("the key of the call is missing")
        if self.at.tzinfo is None or self.at.year not in YEARS:
            raise Unreadable("the time has no zone, or is of another age")
        if self.direction not in {"", "in", "out"}:
            raise Unreadable("the direction is neither in nor out")
        if self.recording and not self.recording.startswith("https://"):
            raise Unreadable("the recording is no https:// address")
        for name, size in LONGEST.items():
            text = getattr(self, name)
            if len(text) > size or not text.isprintable():
                raise Unreadable(f"{name} is too long, or no plain text")

    def written(self) -> dict[str, str]:
        """As JSON holds it, without what is empty."""
        told = {name: value for name, value in asdict(self).items() if value and name != "call"}
        return told | {"at": self.at.isoformat()}

    @classmethod
    def read(cls, call: str, told: dict[str, Any]) -> Self:
        when = datetime.fromisoformat(told["at"])
        return cls(**{**told, "call": call, "what": What(told["what"]), "at": when})


@dataclass(frozen=True)
class Story:
    """What is true of a call by all that was said; named as the fields of the record."""

    state: str
    direction: str
    number: str
    line: str
    ringing_lines: list[str]
    started_at: datetime
    answered_at: datetime | None
    ended_at: datetime | None
    transferred_to: str
    recording_url: str

    def facts(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


def in_order(words: Iterable[Word]) -> list[Word]:
    """As it happened, not as it was heard."""
    return sorted(words, key=lambda word: (word.at, ORDER.index(word.what), repr(word)))


def told_by(words: Iterable[Word]) -> Story:
    """The story that these words make, in whichever order they came."""
    said = in_order(words)
    answers = [word.at for word in said if word.what == What.ANSWERED]
    ends = [word.at for word in said if word.what in {What.ENDED, What.MISSED}]
    return Story(
        state=_state(said),
        direction=_last(said, "direction") or "in",
        number=_last(said, "number"),
        line=_line(said),
        ringing_lines=sorted({w.line for w in said if w.what == What.RINGING and w.line}),
        started_at=said[0].at,
        answered_at=min(answers, default=None),
        ended_at=max(ends, default=None),
        transferred_to=_last(said, "line_to"),
        recording_url=_last(said, "recording"),
    )


def _state(said: list[Word]) -> str:
    """Ended counts more than missed, and so does missed after an answer: somebody talked."""
    happened = {word.what for word in said}
    if What.ENDED in happened or {What.MISSED, What.ANSWERED} <= happened:
        return "ended"
    if What.MISSED in happened:
        return "missed"
    return "answered" if What.ANSWERED in happened else "ringing"


def _line(said: list[Word]) -> str:
    """Where the call is, or was last: who answered, or whom it went on to; else where it rings."""
    line, is_taken = "", False
    for word in said:
        takes = word.what in {What.ANSWERED, What.TRANSFERRED}
        now = word.line_to if word.what == What.TRANSFERRED else word.line
        if now and (takes or not is_taken):
            line, is_taken = now, takes or is_taken
    return line


def _last(said: list[Word], name: str) -> str:
    return next((getattr(word, name) for word in reversed(said) if getattr(word, name)), "")
