"""The rate of VAT by the day [law]."""

import datetime

from django.db.models import Q

from orders.models import VatRate


def standard_on(day: datetime.date) -> int | None:
    """The rate a line gets that names none; nothing is «без НДС»."""
    valid = VatRate.objects.filter(Q(valid_until=None) | Q(valid_until__gte=day), is_standard=True)
    current = valid.filter(valid_from__lte=day).order_by("-valid_from").first()
    return current.percent if current else None


def choices_on(day: datetime.date) -> list[tuple[str, str]]:
    """The rates that may be used on that day, the standard one first."""
    valid = VatRate.objects.filter(Q(valid_until=None) | Q(valid_until__gte=day))
    rates = valid.filter(valid_from__lte=day).order_by("-is_standard", "-percent")
    return [("" if rate.percent is None else str(rate.percent), str(rate)) for rate in rates]
