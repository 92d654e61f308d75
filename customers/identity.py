"""What people type when they look for a client: pure functions, no Django."""

import re

EXTENSION = re.compile(r"(?:доб|вн|ext)\D*\d{1,8}\D*$", re.IGNORECASE)
SHORT = 2


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
        return _part(folded)
    digits = re.sub(r"[^0-9]", "", own)
    if own.lstrip().startswith("+"):
        return (f" {digits}",) if digits else ()
    if digits.startswith("8"):
        trunk = f" 7{digits[1:]}"
        return (trunk,) if len(digits) == len("89084944434") else (*_part(digits), trunk)
    return _part(digits)


def vehicle_needles(folded: str) -> tuple[str, ...]:
    """What a VIN, body number or plate must hold."""
    return _part(folded)


def _part(text: str) -> tuple[str, ...]:
    """A short text is the start of a value, a longer one any part of it."""
    if not text:
        return ()
    return (text,) if len(text) > SHORT else (f" {text}",)
