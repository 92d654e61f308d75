"""A client is nobody any more: what the law asks for, as far as the books allow [law: 152-ФЗ]."""

import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from armclients.kit.refusals import RefusedError
from customers.models import AccessLogEntry, Call, Consent, Counterparty, DiscountCard

EMPTIED = ("full_name", "inn", "kpp", "comment", "attention", "attention_text")


@transaction.atomic
def anonymise(pk: int, *, by: Any, at: datetime.datetime) -> Counterparty:
    """Documents, payments and consents stay, of a client without a name; all else is gone, with
    what the history kept of it. It cannot be undone.

    Raises RefusedError while work is unfinished or unpaid, or when it was done already.
    """
    client = Counterparty.objects.select_for_update().filter(pk=pk).first()
    if client is None or client.anonymised_at:
        raise RefusedError(_("This client is anonymised already."))
    _refuse_the_unfinished(client)
    _erase_calls(client)
    for rows in (client.messages, client.events, client.contacts, client.carts, client.ownerships):
        rows.all().delete()
    DiscountCard.objects.filter(holder=client).delete()
    # Whoever was merged into the client is the client too.
    keys = [pk, *client.merges.filter(undone_at=None).values_list("former_pk", flat=True)]
    client.merges.all().delete()
    live = Consent.objects.filter(counterparty=client, withdrawn_at=None)
    live.filter(given_at__lte=at).update(withdrawn_at=at)
    live.update(withdrawn_at=F("given_at"))
    client.name = _("Client without a name %(number)s") % {"number": pk}
    for name in EMPTIED:
        setattr(client, name, "")
    client.attention_until = client.attention_author = None
    client.anonymised_at = at
    client.save()
    _erase_bookings(client)
    _erase_history(keys)
    AccessLogEntry.objects.create(counterparty=client, user=by, why="anonymise")
    return client


def _refuse_the_unfinished(client: Counterparty) -> None:
    documents = apps.get_model("orders.Document").objects
    theirs = documents.filter(Q(counterparty=client) | Q(payer=client))
    if theirs.filter(is_open=True).exists() or theirs.filter(payer=client, due__gt=0).exists():
        raise RefusedError(_("Something is unfinished or unpaid: finish that first."))


def _erase_calls(client: Counterparty) -> None:
    """Calls of this client alone are gone; of those that a family shares only the link is."""
    calls = Call.objects.filter(counterparties=client).values("pk")
    shared = Call.objects.filter(pk__in=calls).annotate(owners=Count("counterparties"))
    alone = [pk for pk, owners in shared.values_list("pk", "owners") if owners == 1]
    Call.objects.filter(Q(pk__in=alone) | Q(event__counterparty=client)).delete()
    Call.counterparties.through.objects.filter(counterparty=client).delete()


def _erase_bookings(client: Counterparty) -> None:
    """Bookings stay as documents, without the words and the phone of whoever booked."""
    nothing = {"customer_text": "", "contact_phone": ""}
    requests = apps.get_model("orders.RepairRequest").objects.filter(counterparty=client)
    requests.update(**nothing)
    past = apps.get_model("orders.RepairRequestHistory").objects
    past.filter(pgh_obj__in=list(requests.values_list("pk", flat=True))).update(**nothing)


def _erase_history(keys: list[int]) -> None:
    """What the client, their contacts, cards, events and cars were before is forgotten."""
    for model in apps.get_models():
        if hasattr(model, "pgh_tracked_model") and model._meta.app_label != "orders":
            for field in model._meta.fields:
                if field.related_model is Counterparty:
                    model._default_manager.filter(**{f"{field.name}__in": keys}).delete()
