"""What the screens read of this floor."""

from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject
from django.http import Http404

from armclients.kit import changes, keyset
from armclients.kit.compiled import Compiled, Given
from armclients.kit.folding import FoldName
from armclients.kit.limits import Looked, in_time, keys_in_time
from customers import finding
from customers.belongings import links
from customers.models import (
    AccessLogEntry,
    Consent,
    Contact,
    Counterparty,
    CustomerMerge,
    DiscountCard,
)
from customers.models.contact import ContactQuerySet

# Of so many clients one is chosen at a glance.
OFFERED = 8


def for_card() -> QuerySet[Counterparty]:
    """Given `pk`: the client with all that the card's own facts show."""
    cards_and_consents = {"card_rows": cards(), "consent_rows": consents()}
    return Counterparty.objects.for_card().annotate(**cards_and_consents).filter(pk=Given("pk"))


CARD = Compiled(for_card)


def open_card(
    pk: int, *, by: Any, why: str, read: Compiled[Counterparty] = CARD, **given: Any
) -> Counterparty:
    """The client, opened by a user: the only way a screen gets one, so that the log [law: 152-ФЗ]
    cannot be forgotten. `read` is `for_card()` with what else the screen wants. Two statements.

    A client who was merged is the one who was kept. Raises Http404 when there is no such client.
    """
    customer = read.first(pk=pk, **given) or _survivor_of(pk, read, given)
    if customer is None:
        raise Http404
    AccessLogEntry.objects.create(counterparty=customer, user=by, why=why)
    return customer


def survivor_of(pk: int) -> int | None:
    """The client whose card has taken in this one's. One statement."""
    merges = CustomerMerge.objects.filter(former_pk=pk, undone_at=None)
    return merges.values_list("kept", flat=True).first()


def _survivor_of(pk: int, read: Compiled[Counterparty], given: dict[str, Any]) -> Any:
    kept = survivor_of(pk)
    return read.first(pk=kept, **given) if kept else None


def merges_of(customer: Counterparty) -> list[CustomerMerge]:
    """Whose cards this one has taken in, newest first. One statement."""
    merges = customer.merges.select_related("author", "undone_by").defer("snapshot")
    return list(merges.order_by("-at", "-pk"))


def belonging_to(customer: int) -> list[tuple[str, int]]:
    """What there is of a client, in words and how much. A statement each."""
    counted: dict[str, int] = {}
    for link in links():
        words = str(link.model._meta.verbose_name_plural)
        counted[words] = counted.get(words, 0) + link.of(customer).count()
    return [(words, count) for words, count in counted.items() if count]


def cards() -> ArraySubquery:
    """The discount cards of a client, as an annotation."""
    rows = DiscountCard.objects.filter(holder=OuterRef("pk")).order_by("-valid_until", "pk")
    return ArraySubquery(
        rows.values(
            card=JSONObject(
                number="number",
                percent_goods="percent_goods",
                percent_works="percent_works",
                valid_until="valid_until",
            )
        )
    )


def consents() -> ArraySubquery:
    """Of each purpose the last consent of a client, the live one before others."""
    rows = (
        Consent.objects.filter(counterparty=OuterRef("pk"))
        .order_by("purpose", F("withdrawn_at").desc(nulls_first=True), "-given_at", "-pk")
        .distinct("purpose")
    )
    return ArraySubquery(
        rows.values(
            consent=JSONObject(purpose="purpose", given_at="given_at", withdrawn_at="withdrawn_at")
        )
    )


def consents_of(customer: Counterparty) -> list[tuple[Consent.Purpose, list[Consent]]]:
    """Of every purpose what the client has said about it, the live ones first. One statement."""
    order = F("withdrawn_at").desc(nulls_first=True)
    rows = list(customer.consents.select_related("author").order_by(order, "-given_at", "-pk"))
    return [(p, [row for row in rows if row.purpose == p]) for p in Consent.Purpose]


@Compiled
def _contacts() -> QuerySet[Contact]:
    return Contact.objects.filter(counterparty=Given("customer")).in_order()


def contacts_of(customer: Counterparty) -> list[Contact]:
    """As the client wants to be reached, the primary contact first. One statement."""
    return list(_contacts(customer=customer.pk))


def primary_phone(of: str = "pk") -> ContactQuerySet:
    """The contact that lists show as «Основной телефон», for a subquery over clients."""
    phones = Contact.objects.filter(counterparty=OuterRef(of), kind__in=Contact.PHONES)
    return phones.usable().in_order()


def clients_like(typed: str) -> Looked[Counterparty]:
    """The first clients who are called or reached like this, with their phone. Five statements.

    Those whose name begins so come first; where they fill the list, nobody else is looked for.
    """
    return in_time(lambda: _clients_like(typed))


def _clients_like(typed: str) -> list[Counterparty]:
    keys = keys_in_time(finding.begins(typed)[:OFFERED])
    if len(keys) < OFFERED:
        # In this order no index can be walked: whoever fits is collected, and is few or cut.
        begins = Q(search_card__name_key__startswith=FoldName(Value(typed)))
        others = finding.people(typed).alias(begins=begins)
        in_order = others.order_by("-begins", "search_card__name_key", "pk")
        keys = keys_in_time(in_order[:OFFERED])
    phone = Subquery(primary_phone().values("normalized")[:1])
    found = Counterparty.objects.annotate(phone=phone).in_bulk(keys)
    return [found[key] for key in keys if key in found]


def openings_of(customer: Counterparty, *, after: str | None = None) -> keyset.Page[AccessLogEntry]:
    """Who opened the client's card, newest first. One statement."""
    entries = customer.access_log.select_related("user")
    return keyset.newest_first(entries, "at", after, parse=keyset.moment)


def changes_of(customer: Counterparty) -> list[changes.Change]:
    """Who changed what of the client, their contacts and cards, from what to what."""
    return changes.changes_of(
        apps.get_model("customers.CounterpartyHistory").objects.filter(pgh_obj=customer),
        apps.get_model("customers.ContactHistory").objects.filter(counterparty=customer),
        apps.get_model("customers.DiscountCardHistory").objects.filter(holder=customer),
        apps.get_model("customers.ConsentHistory").objects.filter(counterparty=customer),
    )


def changes_of_contact(contact: Contact) -> list[changes.Change]:
    """Who changed what of one contact, from what to what."""
    histories = apps.get_model("customers.ContactHistory").objects
    return changes.changes_of(histories.filter(pgh_obj=contact))
