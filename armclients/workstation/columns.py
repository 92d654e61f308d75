"""The columns that the two lists can show: what each is called, how wide it is, what it says."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from armclients.templatetags import arm
from customers.models import Counterparty


@dataclass(frozen=True)
class Column:
    """A column beside the name; `width` is a class of the stylesheet.

    `cell` says what stands there: text, or markup that is known to be safe.
    """

    slug: str
    label: str | Promise
    width: str
    cell: Callable[[Any], str]
    is_standard: bool = True


def fact(slug: str, show: Callable[[Any], str] = str) -> Callable[[Any], str]:
    """A cell of what only this column reads (`queries.FACTS_OF_CLIENTS`, `…_OF_VEHICLES`)."""

    def cell(row: Any) -> str:
        value = row.facts.get(slug)
        return "" if value in (None, "") else show(value)

    return cell


def day(date: datetime.date) -> str:
    return f"{date:%d.%m.%Y}"


def attention(row: Any) -> str:
    if not row.attention:
        return ""
    label = str(Counterparty.Attention(row.attention).label)
    return format_html('<span class="flag {}">{}</span>', row.attention, label)


def plate(row: Any) -> str:
    return format_html('<span class="plate">{}</span>', arm.plate(row.plate)) if row.plate else ""


def state(row: Any) -> str:
    """What a vehicle is to its client, else what happens to it now."""
    if row.note or not row.state:
        return row.note
    return format_html('<span class="state" data-state="{}">{}</span>', row.state, row.state_label)


CLIENT_COLUMNS = (
    Column("kind", _("Kind of counterparty"), "w7", lambda row: row.kind_label),
    Column("inn", _("INN"), "w8", lambda row: row.inn),
    Column("phone", _("Main phone"), "w9", lambda row: row.phone),
    Column("manager", _("Manager"), "w8", fact("manager", arm.short_name), is_standard=False),
    Column("attention", _("Attention"), "w8", attention, is_standard=False),
    Column("price_goods", _("Prices of goods"), "w7", fact("price_goods"), is_standard=False),
    Column("price_works", _("Prices of works"), "w7", fact("price_works"), is_standard=False),
    Column("visited", _("Last visit"), "w6", fact("visited", day), is_standard=False),
    Column("full_name", _("Full name"), "w12", fact("full_name"), is_standard=False),
)
VEHICLE_COLUMNS = (
    Column("plate", _("Plate"), "w7", plate),
    Column("vin", _("VIN / body"), "w9", lambda row: arm.vin(row.number)),
    Column("now", _("Now"), "w8", state),
    Column("owner", _("Owner"), "w10", fact("owner"), is_standard=False),
    Column("colour", _("Colour"), "w6", fact("colour"), is_standard=False),
    Column("trim", _("Trim"), "w8", fact("trim"), is_standard=False),
    Column("engine", _("Engine"), "w7", fact("engine"), is_standard=False),
)
