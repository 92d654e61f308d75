"""Which rates of VAT there are, and which is the usual one, where and when [law]."""

import datetime

from django.db.models import Q, QuerySet

from orders.models import Document, TaxRegime, VatRate

REDUCED = {TaxRegime.Regime.USN_5: 5, TaxRegime.Regime.USN_7: 7}


def standard(*, organisation: int | None, on: datetime.date) -> int | None:
    """The rate of a line that names none; nothing is «без НДС». Two statements at most.

    The regime of the organisation, by its key, on that day decides; without one it is the general.
    """
    regimes = TaxRegime.objects.filter(organisation=organisation, valid_from__lte=on)
    regime = regimes.order_by("-valid_from").values_list("regime", flat=True).first()
    if regime is None or regime == TaxRegime.Regime.GENERAL:
        standard = _valid(on).filter(is_standard=True).order_by("-valid_from", "pk")
        return standard.values_list("percent", flat=True).first()
    return REDUCED.get(TaxRegime.Regime(regime))


def of_document(document: Document, *, on: datetime.date) -> int | None:
    """The usual rate of a document's lines, of the organisation in whose name it is."""
    own = document.organisation
    return standard(organisation=own.pk if own else None, on=on)


def choices(*, on: datetime.date) -> list[tuple[str, str]]:
    """The rates that may be used on that day, the standard one first."""
    rates = _valid(on).order_by("-is_standard", "-percent")
    return [("" if rate.percent is None else str(rate.percent), str(rate)) for rate in rates]


def _valid(on: datetime.date) -> QuerySet[VatRate]:
    return VatRate.objects.filter(Q(valid_until=None) | Q(valid_until__gte=on), valid_from__lte=on)
