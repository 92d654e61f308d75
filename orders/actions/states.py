"""Documents move from state to state: only along declared changes, by whoever may."""

import datetime
from typing import Any

import pghistory
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from armclients.kit import clock
from armclients.kit.refusals import RefusedError
from armclients.templatetags import arm
from orders import states
from orders.actions import terms, vat
from orders.models import Document, PartLine

TAKEN = _("The bay or the master has been booked for that time meanwhile.")
CLOSE_UNPAID = "orders.close_unpaid_workorder"


class StillReservedError(RefusedError):
    """Goods are held for what is to be closed."""


class NotIssuedError(RefusedError):
    """Goods of what is to be closed were not handed over."""


def possible_for(user: Any, document: Document) -> list[str]:
    """The states into which this user may change the document now, in the order of lists."""
    targets = states.CHANGES[document.kind].get(document.state, {})
    return [
        state
        for state in states.OF_KIND[document.kind]
        if state in targets and user.has_perm(targets[state])
    ]


@transaction.atomic
def change_state(
    pk: int,
    *,
    seen: str,
    to: str,
    by: Any,
    why: str = "",
    releases: bool = False,
    leaves_goods: bool = False,
    on: datetime.date | None = None,
) -> Document:
    """The document is in the state `to`, and the log says who brought it there and why.

    `seen` is the state the user decided upon: whoever comes second is told, not obeyed. Refusing
    and cancelling release what is reserved; closing does so only when `releases` says it, and
    leaves goods in the warehouse only when `leaves_goods` does. `on` is the branch's day, today
    unless told.
    Raises RefusedError, and Document.DoesNotExist.
    """
    document = (
        Document.objects.select_related("branch__organisation", "contract__organisation")
        .select_for_update(of=("self",))
        .get(pk=pk)
    )
    on = on or clock.today(document.branch.zone)
    _must_hold(document, seen=seen, to=to, by=by, why=why)
    if document.kind == Document.Kind.WORK_ORDER and to == "closed":
        _may_be_closed(document, by=by, releases=releases, leaves_goods=leaves_goods, on=on)
    # What comes back from «closed» was performed before.
    if to == states.PERFORMED.get(document.kind) and seen != "closed":
        vat.settle(document, on=on)
    document.state = to
    try:
        with transaction.atomic(), pghistory.context(user=by.pk, why=why):
            document.save(update_fields=["state"])
    except IntegrityError as error:
        if "slot_no_overlap" not in str(error):
            raise
        raise RefusedError(
            _("The bay or the master has been booked for that time meanwhile.")
        ) from error
    # Of an approved order the goods may say more.
    document.refresh_from_db(fields=["state"])
    return document


def _must_hold(document: Document, *, seen: str, to: str, by: Any, why: str) -> None:
    if document.state != seen:
        raise RefusedError(
            _("It is «%(state)s» by now: somebody was quicker.") % {"state": document.state_label}
        )
    if to not in possible_for(by, document):
        raise RefusedError(
            _("«%(from)s» cannot become «%(to)s», or not by you.")
            % {"from": document.state_label, "to": states.label(document.kind, to)}
        )
    if (seen, to) in states.WITH_A_REASON and not why.strip():
        raise RefusedError(_("Say why."))
    if to in states.VOID and (goods := _names(document.goods.filter(issued__gt=0))):
        raise RefusedError(
            _("Goods are issued for it: %(goods)s. Take them back first.") % {"goods": goods}
        )


def _may_be_closed(
    order: Document, *, by: Any, releases: bool, leaves_goods: bool, on: datetime.date
) -> None:
    """Paid, or unpaid within the terms of the contract; else it takes a right of its own."""
    is_owed = order.due and not by.has_perm(CLOSE_UNPAID)
    if is_owed and (why_not := terms.what_forbids_owing(order, on=on)):
        raise RefusedError(
            _("It is not paid: %(due)s ₽ are missing, and %(why)s.")
            % {"due": arm.money(order.due), "why": why_not}
        )
    held = order.goods.filter(reserve__isnull=False)
    if not releases and (goods := _names(held)):
        raise StillReservedError(
            _("Goods are still reserved for it: %(goods)s.") % {"goods": goods}
        )
    left = order.goods.filter(quantity__gt=F("issued"))
    if not leaves_goods and (goods := _names(left)):
        raise NotIssuedError(_("Goods are not issued: %(goods)s.") % {"goods": goods})


def _names(lines: QuerySet[PartLine]) -> str:
    return ", ".join(lines.order_by("position", "pk").values_list("part__name", flat=True))
