"""What the screens read of calls: one's own, and who may have been at the other end."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from armclients.kit import keyset
from customers.models import Call, Counterparty
from customers.telephony.resolve import clients_with


def mine(user: Any, *, after: str | None = None) -> keyset.Page[Call]:
    """The calls on a user's line, newest first, with whom they were. Two statements."""
    people = Prefetch("counterparties", Counterparty.objects.order_by("name", "pk"))
    calls = Call.objects.filter(user=user).select_related("event__counterparty")
    return keyset.newest_first(
        calls.prefetch_related(people), "started_at", after, parse=keyset.moment
    )


def recorded() -> QuerySet[Call]:
    """The calls whose recording the PBX keeps."""
    return Call.objects.exclude(recording_url="").select_related("event")


def may_be(call: Call) -> QuerySet[Counterparty]:
    """Whoever has the number of the call by now, and whoever it was taken to be."""
    return Counterparty.objects.filter(
        Q(pk__in=clients_with(call.number)) | Q(pk__in=call.counterparties.values("pk"))
    )


def perhaps_of(customer: Counterparty) -> list[int]:
    """Events of calls from a number that the client has too, while nobody has said whose they
    were. One statement."""
    unclaimed = Call.objects.filter(counterparties=customer, event__counterparty=None)
    return list(unclaimed.exclude(event=None).values_list("event", flat=True))
