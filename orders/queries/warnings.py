"""What an advisor should know before writing a work order."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from armclients.kit import clock
from armclients.templatetags import arm
from customers.models import Counterparty
from orders.models import DeferredWork, Document
from orders.queries import deferred, settlements
from vehicles.models import Vehicle

SHOWN = 10


@dataclass(frozen=True)
class Warning:  # noqa: A001 — said with its module: `warnings.Warning`
    """One thing, in one sentence; where to read more; how loud it is.

    Of deferred works each is there, to be ticked and taken into the order.
    """

    slug: str
    sentence: str
    url: str = ""
    icon: str = "exclamation-triangle"
    is_grave: bool = False
    works: list[DeferredWork] = field(default_factory=list)


def before_work_order(customer: Counterparty | None, vehicle: Vehicle | None) -> list[Warning]:
    """The grave ones first. Four statements at most."""
    found: list[Warning] = []
    if customer:
        found += _attention(customer)
        found += _debt(customer)
    found += _documents(customer, vehicle)
    if vehicle and (works := deferred.of_vehicle(vehicle)):
        found.append(_deferred(works))
    return sorted(found, key=lambda warning: not warning.is_grave)


def _attention(customer: Counterparty) -> list[Warning]:
    if not customer.attention:
        return []
    words = [str(customer.get_attention_display()), customer.attention_text]
    is_grave = customer.attention == "stop"
    sentence = ": ".join(filter(None, words))
    return [Warning("attention", sentence, icon="flag", is_grave=is_grave)]


def _debt(customer: Counterparty) -> list[Warning]:
    owed = Counterparty.objects.filter(pk=customer.pk).annotate(owed=settlements.receivable())
    amount: Any = owed.values_list("owed", flat=True).get()
    if not amount:
        return []
    sentence = _("The client owes %(amount)s ₽") % {"amount": arm.money(amount)}
    return [Warning("debt", sentence, url=f"/?customer={customer.pk}&tab=documents")]


def _documents(customer: Counterparty | None, vehicle: Vehicle | None) -> list[Warning]:
    """Work orders that are open, and bookings, of the vehicle or, without one, of the client."""
    about: dict[str, Any] = {"vehicle": vehicle} if vehicle else {"counterparty": customer}
    documents = Document.objects.open().filter(kind__in=("work_order", "repair_request"), **about)
    return [_document(each) for each in documents.for_lists().order_by("-date", "-pk")[:SHOWN]]


def _document(document: Document) -> Warning:
    facts = {"document": document.title, "state": document.state_label}
    if document.kind == Document.Kind.WORK_ORDER:
        sentence = _("Open already: %(document)s, %(state)s") % facts
        return Warning("open_order", sentence, url=document.url, icon="wrench", is_grave=True)
    sentence = _("Booked: %(document)s, %(state)s") % facts
    if document.promised_at:
        at = document.promised_at.astimezone(document.branch.zone)
        sentence += f", {date_format(at, 'd.m.Y H:i')}"
    return Warning("booking", sentence, url=document.url, icon="calendar-check")


def _deferred(works: list[DeferredWork]) -> Warning:
    is_grave = any(
        work.is_dangerous or (work.due_on and work.due_on <= clock.today()) for work in works
    )
    sentence = ngettext(
        "%(count)s work was put off", "%(count)s works were put off", len(works)
    ) % {"count": len(works)}
    return Warning("deferred", sentence, icon="clock-history", is_grave=is_grave, works=works)
