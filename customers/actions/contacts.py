"""What is done with the ways to reach a client."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from armclients.kit import clashes
from armclients.kit.refusals import RefusedError
from customers.actions.known import hold
from customers.models import Contact, Counterparty


@transaction.atomic
def add(customer: Counterparty, *, kind: str, value: str, **facts: Any) -> Contact:
    """The client has one more contact, at the end of the list; the first one is the primary.

    Raises RefusedError when the client has it already, or was anonymised meanwhile.
    """
    hold(customer.pk)
    _refuse_another(customer.pk, kind, value)
    own = customer.contacts.all()
    last = own.aggregate(last=Max("position"))["last"]
    facts["is_primary"] = facts.get("is_primary") or not own.exists()
    if facts["is_primary"]:
        own.filter(is_primary=True).update(is_primary=False)
    return Contact.objects.create(
        counterparty=customer,
        kind=kind,
        value=value,
        position=0 if last is None else last + 1,
        **facts,
    )


@transaction.atomic
def change(pk: int, *, seen: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    """The contact has what was changed since it was seen so; a wrong one is not the primary one.

    Raises ClashError when somebody else has changed one of its fields in another way meanwhile,
    RefusedError when it is gone, when they have marked as wrong what is to be the primary contact,
    or when the client has another such contact.
    """
    for customer in Contact.objects.filter(pk=pk).values_list("counterparty", flat=True):
        _lock(customer)
    contact = Contact.objects.select_for_update().filter(pk=pk).first()
    if contact is None:
        raise RefusedError(_("This contact is no longer there."))
    if given["is_wrong"]:
        seen, given = {**seen, "is_primary": contact.is_primary}, {**given, "is_primary": False}
    elif given["is_primary"] and contact.is_wrong and not seen.get("is_wrong"):
        raise RefusedError(_("Somebody has marked it as wrong meanwhile."), field="is_primary")
    _refuse_another(contact.counterparty_id, given["kind"], given["value"], but=pk)
    if given["is_primary"]:
        others = Contact.objects.filter(counterparty=contact.counterparty_id, is_primary=True)
        others.exclude(pk=pk).update(is_primary=False)
    clashes.apply(contact, seen=seen, given=given)


@transaction.atomic
def move_up(contact: Contact) -> None:
    """The contact stands one place higher; the primary one stays on top."""
    _lock(contact.counterparty_id)
    order = list(
        Contact.objects.filter(counterparty=contact.counterparty_id, is_primary=False).in_order()
    )
    keys = [other.pk for other in order]
    if contact.pk not in keys:
        return
    at = keys.index(contact.pk)
    if at:
        order[at - 1], order[at] = order[at], order[at - 1]
    for position, other in enumerate(order, start=1):
        other.position = position
    Contact.objects.bulk_update(order, ["position"])


@transaction.atomic
def remove(contact: Contact) -> None:
    """The contact is gone; the history keeps it."""
    _lock(contact.counterparty_id)
    Contact.objects.filter(pk=contact.pk).delete()


def _lock(customer: int) -> None:
    """Whoever else changes the contacts of this client waits."""
    Counterparty.objects.select_for_update(no_key=True).only("pk").get(pk=customer)


def _refuse_another(customer: int, kind: str, value: str, *, but: int = 0) -> None:
    same = Contact.objects.like(kind, value).filter(counterparty=customer).exclude(pk=but)
    if same.exists():
        raise RefusedError(_("The client has this contact already."), field="value")
