"""A client is nobody any more: what the law asks for, as far as the books allow [law: 152-ФЗ].

What goes and what stays, and by which rule, is told in `customers.held`. Copies made before stay as
they are until the shop throws them away.
"""

import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast, Greatest
from django.utils.translation import gettext as _

from armclients.kit.folding import FoldName
from armclients.kit.refusals import RefusedError
from armclients.models import NameWord, SearchCard
from armclients.privacy.catalogue import CATALOGUE
from customers.held import NOBODY
from customers.models import AccessLogEntry, Consent, Counterparty
from orders.models import Document
from vehicles.models import TireSet


@transaction.atomic
def anonymise(pk: int, *, by: Any, at: datetime.datetime) -> Counterparty:
    """Documents, payments and consents stay, of a client without a name; all else is gone, with
    what the history kept of it. It cannot be undone.

    Whoever writes about the client meanwhile waits, and is refused afterwards. Raises RefusedError
    while work is unfinished or unpaid or tires are stored, or when it was done already.
    """
    client = Counterparty.objects.select_for_update().filter(pk=pk).first()
    if client is None or client.anonymised_at:
        raise RefusedError(_("This client is anonymised already."))
    _refuse_the_unfinished(client)
    # Whoever was merged into the client is the client too.
    keys = [pk, *client.merges.filter(undone_at=None).values_list("former_pk", flat=True)]
    themselves = CATALOGUE[0]
    words = _name_words(client, themselves.past(keys))
    for held in reversed(CATALOGUE):
        _forget_in_the_admin(held.model, held.rows(keys))
        held.forget(keys)
    _withdraw_consents(client, at)
    Counterparty.objects.filter(pk=pk).update(
        name=_("Client without a name %(number)s") % {"number": pk},
        attention_until=None,
        attention_author=None,
        anonymised_at=at,
    )
    themselves.past(keys).delete()
    _forget_words(words)
    client.refresh_from_db()
    AccessLogEntry.objects.create(counterparty=client, user=by, why="anonymise")
    return client


def _refuse_the_unfinished(client: Counterparty) -> None:
    theirs = Document.objects.filter(Q(counterparty=client) | Q(payer=client))
    if theirs.filter(is_open=True).exists() or theirs.filter(payer=client, due__gt=0).exists():
        raise RefusedError(_("Something is unfinished or unpaid: finish that first."))
    if TireSet.objects.here().filter(depositor=client).exists():
        raise RefusedError(_("Their tires are stored here: give them out first."))


def _withdraw_consents(client: Counterparty, at: datetime.datetime) -> None:
    live = Consent.objects.filter(counterparty=client, withdrawn_at=None)
    live.update(withdrawn_at=Greatest("given_at", at))


def _forget_in_the_admin(model: type[Model], rows: QuerySet[Any]) -> None:
    """The administration's own log calls every row by its name."""
    if admin.site.is_registered(model):
        kind = ContentType.objects.get_for_model(model)
        keys = rows.values(logged_as=Cast("pk", TextField()))
        entries = LogEntry.objects.filter(content_type=kind, object_id__in=keys)
        entries.update(object_repr=NOBODY, change_message="")


def _name_words(client: Counterparty, past: QuerySet[Any]) -> set[str]:
    """The words of every name the client is and was known by, as the search folds them."""
    names = [client.search_card.names] if hasattr(client, "search_card") else []
    names += past.values_list(FoldName("name"), flat=True)
    names += past.values_list(FoldName("full_name"), flat=True)
    names += client.merges.values_list(FoldName("former_name"), flat=True)
    return {word for name in names for word in name.split()}


def _forget_words(words: set[str]) -> None:
    """What misspelt names are compared with has no word that nobody bears any more."""
    known = NameWord.objects.filter(word__in=words)
    for key, word in known.values_list("pk", "word"):
        if not SearchCard.objects.filter(names__contains=f" {word} ").exists():
            NameWord.objects.filter(pk=key).delete()
