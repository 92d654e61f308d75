"""How money, phones, plates, VINs and states look: the same everywhere."""

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Any

import phonenumbers
from django import template
from django.templatetags.static import static
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

register = template.Library()

THIN_SPACE = "\u202f"
NO_BREAK = "\u00a0"
RUSSIAN = re.compile(r"7(\d{3})(\d{3})(\d{2})(\d{2})")
# А123ВС77, А123ВС777 in either alphabet: the region stands apart.
CAR_PLATE = re.compile(r"([А-ЯA-Z]\s*\d{3}\s*[А-ЯA-Z]{2}\s*)(\d{2,3})", re.IGNORECASE)
VIN_TAIL = 6


@register.filter
def money(amount: Decimal | float | None) -> str:
    """12450.5 -> «12 450,50», with spaces that neither break nor push the column apart."""
    if amount is None:
        return ""
    return f"{Decimal(amount):,.2f}".replace(",", THIN_SPACE).replace(".", ",")


@register.filter
def quantity(amount: Decimal | None) -> str:
    """3.000 -> «3», 1.250 -> «1,25»."""
    return "" if amount is None else f"{amount.normalize():f}".replace(".", ",")


@register.filter
def km(distance: int | None) -> str:
    return "" if distance is None else f"{distance:,}".replace(",", THIN_SPACE)


@register.filter
def phone(normalized: str | None, extension: str = "") -> str:
    """79084944434 -> «+7 (908) 494-44-34»; what is no phone stays as it is."""
    if not normalized:
        return ""
    if match := RUSSIAN.fullmatch(normalized):
        shown = "+7 ({}) {}-{}-{}".format(*match.groups())
    else:
        shown = _foreign(normalized)
    return f"{shown} {gettext('ext.')} {extension}" if extension else shown


def _foreign(normalized: str) -> str:
    try:
        number = phonenumbers.parse(f"+{normalized}")
    except phonenumbers.NumberParseException:
        return normalized
    if not phonenumbers.is_valid_number(number):
        return normalized
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


@register.filter
def masked(shown: str) -> str:
    """A phone or an e-mail for eyes without the right: its ends alone."""
    characters = list(shown)
    secret = [i for i, character in enumerate(characters) if character.isalnum()][4:-2]
    for i in secret:
        characters[i] = "*"
    return "".join(characters)


@register.filter
def vin(number: str | None) -> SafeString:
    """The last six characters set off: they are what people read to each other."""
    if not number:
        return mark_safe("")
    return _safe(escape(number[:-VIN_TAIL]), "<b>", escape(number[-VIN_TAIL:]), "</b>")


@register.filter
def plate(number: str | None) -> SafeString:
    """The plate as typed; the region, where there is one, apart."""
    if match := CAR_PLATE.fullmatch(number or ""):
        return _safe(escape(match[1]), "<i>", escape(match[2]), "</i>")
    return _safe(escape(number or ""))


@register.filter
def mark(text: str, typed: str | None) -> SafeString:
    """The text with what was typed marked; without regard to case and to ё."""
    words = _words(typed or "")
    if not words:
        return _safe(escape(text))
    parts = [escape(part) for part in words.split(text)]
    parts[1::2] = [f"<mark>{part}</mark>" for part in parts[1::2]]
    return _safe(*parts)


@lru_cache(maxsize=64)
def _words(typed: str) -> re.Pattern[str] | None:
    """Any word of what was typed, in one group; the longest counts first."""
    words = [word for word in re.split(r"\W+", typed) if word]
    if not words:
        return None
    either = {"е": "[её]", "ё": "[её]"}
    pattern = "|".join(
        "".join(either.get(letter, re.escape(letter)) for letter in word.lower())
        for word in sorted(words, key=len, reverse=True)
    )
    return re.compile(f"({pattern})", re.IGNORECASE)


@register.filter
def cells(row: Any, columns: Iterable[Any]) -> SafeString:
    """What each column says of the row; written here, since sixty rows have hundreds of cells."""
    said = ((column.slug, column.cell(row)) for column in columns)
    return _safe(*(f'<td data-field="{slug}">{_escaped(text)}</td>' for slug, text in said))


def _escaped(text: str) -> str:
    return text if isinstance(text, SafeString) else escape(text)


def _safe(*parts: str) -> SafeString:
    """Markup of ours around values that are escaped already."""
    return mark_safe("".join(parts))  # noqa: S308


@register.filter
def as_datetime(text: Any) -> datetime.datetime | None:
    """A moment that came as JSON from the database."""
    return parse_datetime(text) if isinstance(text, str) else text


@register.filter
def as_date(text: Any) -> datetime.date | None:
    return parse_date(text) if isinstance(text, str) else text


@register.filter
def percent(share: Decimal | float) -> str:
    return f"{share:g}".replace(".", ",") + f"{NO_BREAK}%"


@register.filter
def short_name(full_name: str | None) -> str:
    """«Титова Ольга Сергеевна» -> «Титова О. С.»."""
    surname, *names = (full_name or "").split() or [""]
    return " ".join([surname, *(f"{name[0]}." for name in names)])


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite, hidden from screen readers: a word always stands beside it."""
    return format_html(
        '<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("icons/sprite.svg"),
        name,
    )
