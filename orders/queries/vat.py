"""The rate of VAT that a line gets when nobody names one."""

import datetime

from orders.models import VatRate


def standard(*, on: datetime.date) -> int | None:
    """The standard rate of a day; nothing is «без НДС». One statement."""
    rates = VatRate.objects.filter(is_standard=True, valid_from__lte=on)
    valid = rates.exclude(valid_until__lt=on).order_by("-valid_from")
    return valid.values_list("percent", flat=True).first()
