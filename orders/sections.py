"""The sections of a document's page: what each is called, and for which kinds it is."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from orders.actions import lines
from orders.models import Document
from orders.printing import forms
from orders.queries import approvals


@dataclass(frozen=True)
class Section:
    """A section, with an address of its own; no `kinds` means every kind."""

    slug: str
    label: str | Promise
    view_name: str
    needs: str = "orders.view_document"
    kinds: tuple[str, ...] = ()

    def is_for(self, document: Document, user: Any) -> bool:
        return (not self.kinds or document.kind in self.kinds) and user.has_perm(self.needs)


ON_A_VEHICLE = ("repair_request", "estimate", "work_order")

SECTIONS = (
    Section("lines", _("Works and goods"), "orders_document:page"),
    Section("booking", _("Booking"), "booking:page", kinds=("repair_request",)),
    Section("visit", _("Check-in"), "visits:page", kinds=("visit",)),
    Section(
        "stock",
        pgettext_lazy("section", "Stock"),
        "orders_document:stock",
        needs="orders.view_stock",
        kinds=("work_order", "customer_order", "sale"),
    ),
    Section(
        "answer",
        _("Versions and answer"),
        "orders_document:answer",
        needs="orders.view_estimateanswer",
        kinds=("estimate",),
    ),
    Section(
        "defects",
        _("Defects"),
        "orders_document:defects",
        needs="orders.view_defect",
        kinds=("repair_request", "work_order"),
    ),
    Section(
        "deferred",
        _("Recommendations"),
        "orders_document:deferred",
        needs="orders.view_deferredwork",
        kinds=ON_A_VEHICLE,
    ),
    Section(
        "approvals",
        _("Approvals"),
        "orders_document:approvals",
        needs="orders.view_approval",
        kinds=("work_order",),
    ),
    Section("payments", _("Payment"), "orders_document:payments"),
    Section("prints", _("Printing"), "orders_document:prints"),
)


def shell(document: Document, *, opened: str, by: Any) -> dict[str, Any]:
    """What every section's page shows besides its own: the document, the way to the others, the
    forms it is printed on, and whether a work order costs more than was agreed upon. One statement
    at most.
    """
    ways = [
        {
            "label": section.label,
            "url": reverse(section.view_name, args=[document.pk]),
            "is_open": section.slug == opened,
        }
        for section in SECTIONS
        if section.is_for(document, by)
    ]
    shown: dict[str, Any] = {
        "document": document,
        "sections": ways,
        "may_write": lines.may_write(by, document),
        "print_forms": forms.of_kind(document.kind),
        "makes": [kind for kind in Document.Kind if by.has_perm(lines.making(kind))],
    }
    if document.kind == Document.Kind.WORK_ORDER:
        shown["agreed"] = approvals.of(document)
    return shown
