"""Of whom something may be written down: of nobody, nothing."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from armclients.kit.refusals import RefusedError
from customers.models import Counterparty

GONE = _("This client is no more: anonymised, or merged into another one.")


def still_known(clients: Collection[int] | QuerySet[Any]) -> list[int]:
    """Those who are there and not anonymised; they stay so until this transaction ends.

    Whoever is being anonymised just now is waited for.
    """
    known = Counterparty.objects.select_for_update(no_key=True).filter(anonymised_at=None)
    return list(known.filter(pk__in=clients).order_by("pk").values_list("pk", flat=True))


def hold(client: int) -> None:
    """The same of one client. Raises RefusedError when they are nobody any more."""
    if not still_known([client]):
        raise RefusedError(GONE)
