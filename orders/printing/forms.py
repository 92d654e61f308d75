"""The print forms: what each says besides what all of them say [law: ПП 780 of 29.05.2025]."""

import datetime
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from orders.printing import bank_qr
from orders.printing.sheet import ESTIMATE, INVOICE, ORDER, REQUEST, SALE, WORK_ORDER, Sheet
from orders.printing.upd import UpdSheet
from orders.printing.workshop import WorkshopSheet


class WorkOrderSheet(WorkshopSheet):
    """The contract of work: what is to be done, with what, for how much and by when."""

    slug = "work-order"
    label = gettext_lazy("Work order")
    kinds = frozenset({WORK_ORDER})

    @property
    def promised_at(self) -> datetime.datetime | None:
        return self.document.promised_at


class AcceptanceSheet(WorkshopSheet):
    """How the vehicle was when it was handed over, signed by both sides, and its way back."""

    slug = "acceptance"
    label = pgettext_lazy("print form", "Acceptance of the vehicle")
    kinds = frozenset({REQUEST, WORK_ORDER})
    # What is looked for at the hand-over, with boxes for whatever no check-in has recorded.
    COMPLETENESS: ClassVar[tuple[Promise, ...]] = (
        gettext_lazy("spare wheel"),
        gettext_lazy("jack"),
        gettext_lazy("wheel wrench"),
        gettext_lazy("radio"),
        gettext_lazy("floor mats"),
        gettext_lazy("wheel caps"),
        gettext_lazy("first-aid kit, extinguisher, triangle"),
        gettext_lazy("vehicle documents"),
        gettext_lazy("keys, remote control"),
    )
    # A check-in does not ask for these.
    NOT_ASKED: ClassVar[tuple[Promise, ...]] = (
        gettext_lazy("aerial"),
        gettext_lazy("secret wheel bolt"),
        gettext_lazy("dash camera, radar detector"),
    )

    @property
    def completeness(self) -> tuple[Promise, ...]:
        is_known = self.visit is not None and bool(self.visit.things)
        return self.NOT_ASKED if is_known else self.COMPLETENESS + self.NOT_ASKED

    @property
    def mileage_km(self) -> int | None:
        seen = self.visit.mileage_km if self.visit else None
        return seen or super().mileage_km

    @property
    def reason(self) -> str:
        if self.visit and self.visit.reasons:
            return self.visit.reasons
        return getattr(self.document.own, "reason", "") or self.document.comment


class ActSheet(WorkshopSheet):
    """The work is done and taken over."""

    slug = "act"
    label = pgettext_lazy("print form", "Act of completed work")
    kinds = frozenset({WORK_ORDER})


class EstimateSheet(Sheet):
    """What it would cost."""

    slug = "estimate"
    label = gettext_lazy("Estimate")
    kinds = frozenset({REQUEST, ESTIMATE, WORK_ORDER})

    @property
    def valid_until(self) -> datetime.date | None:
        return getattr(self.document.own, "valid_until", None)


class OrderSheet(Sheet):
    """What was ordered, when it is expected, and what was paid ahead."""

    slug = "order"
    label = gettext_lazy("Customer order")
    kinds = frozenset({ORDER})


class InvoiceSheet(Sheet):
    """What is to be paid, and to which account; a bank's application reads it from the code."""

    slug = "invoice"
    label = pgettext_lazy("print form", "Invoice for payment")
    kinds = frozenset({INVOICE, ESTIMATE, ORDER, WORK_ORDER, SALE})

    @property
    def pay_until(self) -> datetime.date | None:
        return getattr(self.document.own, "pay_until", None)

    @property
    def purpose(self) -> str:
        return bank_qr.purpose_of(self.document)

    @property
    def qr_payload(self) -> str:
        """What is still to pay, to whom and for what; nothing when all is paid."""
        return bank_qr.of_document(self.document, self.organisation)

    @property
    def qr(self) -> SafeString | str:
        return bank_qr.svg(self.qr_payload, title=_("QR code for payment"))


class ReceiptSheet(Sheet):
    """Товарный чек: what was sold, beside the receipt of the cash register."""

    slug = "receipt"
    label = pgettext_lazy("print form", "Sales slip")
    kinds = frozenset({SALE, ORDER, WORK_ORDER})


class MechanicSheet(Sheet):
    """What to do, for whoever does it: no prices, no phones."""

    slug = "mechanic"
    label = pgettext_lazy("print form", "Mechanic's sheet")
    kinds = frozenset({WORK_ORDER})

    @property
    def promised_at(self) -> datetime.datetime | None:
        return self.document.promised_at


class RequisitionSheet(Sheet):
    """Which goods the warehouse hands to the workshop or the client."""

    slug = "requisition"
    label = pgettext_lazy("print form", "Parts requisition")
    kinds = frozenset({WORK_ORDER, ORDER, SALE})


class WarrantySheet(Sheet):
    """What is guaranteed, and how long."""

    slug = "warranty"
    label = pgettext_lazy("print form", "Warranty sheet")
    kinds = frozenset({WORK_ORDER, SALE})


FORMS: dict[str, type[Sheet]] = {
    form.slug: form
    for form in (
        WorkOrderSheet,
        AcceptanceSheet,
        MechanicSheet,
        RequisitionSheet,
        ActSheet,
        EstimateSheet,
        OrderSheet,
        InvoiceSheet,
        UpdSheet,
        ReceiptSheet,
        WarrantySheet,
    )
}


def of_kind(kind: str) -> list[type[Sheet]]:
    """The forms of documents of this kind, in the order of a client's visit."""
    own = [form for form in FORMS.values() if kind in form.kinds]
    # The form that is the document itself comes first.
    return sorted(own, key=lambda form: form.kinds != frozenset({kind}))
