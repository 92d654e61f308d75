"""What this floor holds of a client, table by table; see `held`."""

from collections.abc import Collection

from django.db.models import Count, Q

from customers.held import NUMBERS, PROOF, STATES, Held
from customers.models import (
    AccessLogEntry,
    Call,
    Consent,
    Contact,
    Counterparty,
    CustomerMerge,
    DiscountCard,
    Event,
    OutgoingMessage,
)

SOURCE = ("source", "source_id")


class HeldCalls(Held):
    """Calls of one client; of a call that a family shares only the link to the client is one's."""

    def forget(self, clients: Collection[int]) -> None:
        owners = Call.counterparties.through.objects
        theirs = owners.filter(counterparty__in=clients).values("call")
        counted = Call.objects.filter(pk__in=theirs).annotate(owners=Count("counterparties"))
        alone = Q(pk__in=counted.filter(owners=1).values("pk"))
        Call.objects.filter(alone | Q(event__counterparty__in=clients)).delete()
        owners.filter(counterparty__in=clients).delete()


TABLES = (
    Held(
        Counterparty,
        ("id",),
        emptied=("full_name", "inn", "kpp", "comment", "attention", "attention_text"),
        dashed=("name",),
        kept={NUMBERS: SOURCE},
    ),
    Held(Contact, goes=True, hidden=("position",)),
    Held(DiscountCard, ("holder",), goes=True),
    Held(Consent, kept={PROOF: ("document", "version")}),
    Held(Event, goes=True),
    HeldCalls(
        Call,
        ("counterparties", "event__counterparty"),
        goes=True,
        hidden=("provider", "external_id", "ringing_lines", "line", "transferred_to", "event"),
    ),
    Held(
        OutgoingMessage,
        goes=True,
        hidden=(
            *("key", "event", "provider", "provider_id", "error"),
            *("attempts", "next_attempt_at", "handed_at", "created_at"),
        ),
    ),
    Held(CustomerMerge, ("kept",), goes=True, hidden=("former_pk",)),
    Held(AccessLogEntry, kept={STATES: ("why",)}, worded={"why": "place"}),
)
