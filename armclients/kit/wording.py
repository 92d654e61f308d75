"""Values of columns in the words of the screen."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _


def in_words(column: Any, value: Any) -> str:
    """What a column's value says to a person; of one that says nothing, nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        of_one = getattr(column, "base_field", column)
        return ", ".join(in_words(of_one, each) for each in value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime.date):
        return _day(value)
    return plainly(value) if isinstance(value, Decimal) else str(value)


def _day(value: datetime.date) -> str:
    if not isinstance(value, datetime.datetime):
        return date_format(value, "SHORT_DATE_FORMAT")
    here = value.astimezone(timezone.get_current_timezone())
    return date_format(here, "SHORT_DATETIME_FORMAT")


def plainly(number: Decimal) -> str:
    """The number as people write it: without zeros behind the comma.

    >>> plainly(Decimal("10.00"))
    '10'
    """
    return number_format(Decimal(f"{number.normalize():f}"), force_grouping=True)
