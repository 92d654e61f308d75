"""What is done with the ways to reach a client."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from armclients.kit.refusals import RefusedError
from customers.models import Contact, Counterparty


@transaction.atomic
def add(customer: Counterparty, *, kind: str, value: str, **facts: Any) -> Contact:
    """The client has one more contact, at the end of the list; the first one is the primary.

    Raises RefusedError when the client has it already.
    """
    _lock(customer.pk)
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
def change(
    contact: Contact, *, kind: str, value: str, person: str, is_primary: bool, is_wrong: bool
) -> None:
    """The contact is as given. A wrong one is nobody's primary contact any more.

    Raises RefusedError when the client has another such contact.
    """
    _lock(contact.counterparty_id)
    _refuse_another(contact.counterparty_id, kind, value, but=contact.pk)
    is_primary = is_primary and not is_wrong
    others = Contact.objects.filter(counterparty=contact.counterparty_id).exclude(pk=contact.pk)
    if is_primary:
        others.filter(is_primary=True).update(is_primary=False)
    Contact.objects.filter(pk=contact.pk).update(
        kind=kind, value=value, person=person, is_primary=is_primary, is_wrong=is_wrong
    )


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
