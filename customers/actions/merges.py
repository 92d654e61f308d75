"""Two cards of one client are made one; and made two again, where that was a mistake."""

import datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from armclients.kit.refusals import RefusedError
from customers.belongings import link_named, links, write, written
from customers.models import Consent, Contact, Counterparty, CustomerMerge

# What the client who is kept does not say, the other one may.
FILLED = (
    *("full_name", "inn", "kpp", "comment", "manager_id"),
    *("price_type_goods_id", "price_type_works_id"),
)
FLAG = ("attention", "attention_text", "attention_until", "attention_author_id")


@transaction.atomic
def merge(pk: int, *, other: int, reason: str, by: Any, at: datetime.datetime) -> CustomerMerge:
    """All that was of the other client is this one's, and the other one is gone.

    Whoever has opted out of advertising under either card, has. Raises RefusedError when there
    are not two of them.
    """
    if pk == other:
        raise RefusedError(_("This is the client who is open: choose another one."), field="client")
    kept, gone = _both(pk, other)
    snapshot: dict[str, Any] = {
        "client": written(gone),
        "primary": _second_primary(kept, gone),
        "balance": _added_balance(kept, gone),
        "filled": _filled(kept, gone),
        "dropped": {},
        "moved": {},
    }
    has_opted_out = _has_opted_out(kept) or _has_opted_out(gone)
    _behind_the_others(kept, gone)
    for link in links():
        twice = list(link.twice(gone.pk, kept.pk))
        if twice:
            snapshot["dropped"][link.name] = [written(row) for row in twice]
            link.of(gone.pk).filter(pk__in=[row.pk for row in twice]).delete()
        keys = list(link.of(gone.pk).order_by("pk").values_list("pk", flat=True))
        if keys:
            snapshot["moved"][link.name] = keys
            link.of(gone.pk).update(**{link.column: kept.pk})
    snapshot["withdrawn"] = _withdrawn(kept, at) if has_opted_out else []
    gone.delete()
    return CustomerMerge.objects.create(
        kept=kept,
        former_pk=other,
        former_name=snapshot["client"]["name"],
        reason=reason,
        snapshot=snapshot,
        author=by,
        at=at,
    )


@transaction.atomic
def undo(pk: int, *, by: Any, at: datetime.datetime) -> CustomerMerge:
    """The client who was gone is there again, with all that went over and is still where it went.

    What was written since stays with the client who was kept. Raises RefusedError when it is
    undone already, or when what is there by now leaves no room.
    """
    merged = CustomerMerge.objects.select_for_update().get(pk=pk)
    if merged.undone_at:
        raise RefusedError(_("This merge is undone already."))
    kept = Counterparty.objects.select_for_update().get(pk=merged.kept_id)
    snapshot = merged.snapshot
    try:
        with transaction.atomic():
            _take_back(kept, snapshot)
            write(Counterparty, snapshot["client"])
            _give_back(kept.pk, merged.former_pk, snapshot)
    except IntegrityError as error:
        raise RefusedError(_("It cannot be undone: the same is entered anew already.")) from error
    merged.undone_at, merged.undone_by = at, by
    merged.save(update_fields=["undone_at", "undone_by"])
    return merged


def _both(pk: int, other: int) -> tuple[Counterparty, Counterparty]:
    """The two, locked in one order; whoever writes about them waits."""
    rows = Counterparty.objects.select_for_update().filter(pk__in=(pk, other)).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) < 2:  # noqa: PLR2004 — both of them
        raise RefusedError(_("One of the two clients is not there any more."))
    if any(row.anonymised_at for row in rows):
        raise RefusedError(_("One of the two clients is anonymised."), field="client")
    return found[pk], found[other]


def _filled(kept: Counterparty, gone: Counterparty) -> dict[str, Any]:
    """What was empty and is no more, by its new value."""
    facts = {name: getattr(gone, name) for name in FILLED if not getattr(kept, name)}
    if not kept.attention:
        facts |= {name: getattr(gone, name) for name in FLAG}
    facts = {name: value for name, value in facts.items() if value}
    for name, value in facts.items():
        setattr(kept, name, value)
    if facts:
        kept.save(update_fields=list(facts))
    return facts


def _second_primary(kept: Counterparty, gone: Counterparty) -> list[int]:
    """There is one primary contact; the other client's steps back."""
    if not kept.contacts.filter(is_primary=True).exists():
        return []
    second = gone.contacts.filter(is_primary=True)
    keys = list(second.values_list("pk", flat=True))
    second.update(is_primary=False)
    return keys


def _behind_the_others(kept: Counterparty, gone: Counterparty) -> None:
    last = kept.contacts.aggregate(last=Max("position"))["last"]
    if last is not None:
        gone.contacts.update(position=F("position") + last + 1)


def _added_balance(kept: Counterparty, gone: Counterparty) -> str:
    """What both owed when we began is owed by one; how much came of the other."""
    balance = apps.get_model("orders.OpeningBalance")
    theirs = balance.objects.filter(counterparty=gone).first()
    if theirs and balance.objects.filter(counterparty=kept).update(
        amount=F("amount") + theirs.amount
    ):
        return str(theirs.amount)
    return "0"


def _has_opted_out(client: Counterparty) -> bool:
    """Withdrew the consent to advertising, and gave none since."""
    consents = client.consents.filter(purpose=Consent.Purpose.ADVERTISING)
    is_live = consents.live(purpose=Consent.Purpose.ADVERTISING).exists()
    return consents.exists() and not is_live


def _withdrawn(client: Counterparty, at: datetime.datetime) -> list[int]:
    """The consents to advertising that have ended with the merge."""
    live = client.consents.live(purpose=Consent.Purpose.ADVERTISING)
    keys = list(live.values_list("pk", flat=True))
    Consent.objects.filter(pk__in=keys).update(withdrawn_at=Greatest("given_at", at))
    return keys


def _take_back(kept: Counterparty, snapshot: dict[str, Any]) -> None:
    """The client who was kept has what was filled in no more, where nobody has touched it since."""
    Consent.objects.filter(pk__in=snapshot["withdrawn"]).update(withdrawn_at=None)
    fields = {field.attname: field for field in Counterparty._meta.concrete_fields}
    changed = []
    for name, value in snapshot["filled"].items():
        if getattr(kept, name) == fields[name].to_python(value):
            setattr(kept, name, fields[name].get_default())
            changed.append(name)
    kept.save(update_fields=changed)
    balance = apps.get_model("orders.OpeningBalance").objects.filter(counterparty=kept)
    balance.update(amount=F("amount") - Decimal(snapshot["balance"]))


def _give_back(kept: int, gone: int, snapshot: dict[str, Any]) -> None:
    for name, keys in snapshot["moved"].items():
        link = link_named(name)
        link.of(kept).filter(pk__in=keys).update(**{link.column: gone})
    for name, rows in snapshot["dropped"].items():
        for row in rows:
            write(link_named(name).model, row)
    primary = Contact.objects.filter(pk__in=snapshot["primary"], counterparty=gone, is_wrong=False)
    primary.update(is_primary=True)
