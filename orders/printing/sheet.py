"""What all print forms say: who, to whom, about which vehicle, what it comes to."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import ClassVar

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from armclients.kit.money import in_words
from customers.models import Contact, Counterparty
from orders import totals
from orders.models import Document, Organisation, PartLine, WorkLine
from orders.printing import logo
from vehicles.models import Vehicle

REQUEST, ESTIMATE, ORDER, WORK_ORDER, SALE, INVOICE = (
    Document.Kind.REPAIR_REQUEST.value,
    Document.Kind.ESTIMATE.value,
    Document.Kind.CUSTOMER_ORDER.value,
    Document.Kind.WORK_ORDER.value,
    Document.Kind.SALE.value,
    Document.Kind.INVOICE.value,
)


@dataclass(frozen=True)
class Party:
    """A client as a document names one."""

    name: str
    inn: str
    kpp: str
    address: str
    phone: Contact | None
    is_company: bool

    @classmethod
    def of(cls, client: Counterparty) -> "Party":
        """Whose contacts were prefetched."""
        contacts = sorted(client.contacts.all(), key=lambda contact: not contact.is_primary)
        usable = [contact for contact in contacts if not contact.is_wrong]
        addresses = (contact.value for contact in usable if contact.kind == Contact.Kind.ADDRESS)
        return cls(
            name=client.full_name or client.name,
            inn=client.inn,
            kpp=client.kpp,
            address=next(addresses, ""),
            phone=next((contact for contact in usable if contact.is_phone), None),
            is_company=client.legal_form != Counterparty.LegalForm.PERSON,
        )


@dataclass(frozen=True)
class Sheet:
    """A form filled in. What it is, for which documents and how it is drawn, its class says."""

    slug: ClassVar[str]
    label: ClassVar[Promise]
    kinds: ClassVar[frozenset[str]]
    is_landscape: ClassVar[bool] = False
    # Templates list the classes themselves.
    do_not_call_in_templates: ClassVar[bool] = True

    document: Document
    made_at: datetime.datetime

    @property
    def template(self) -> str:
        return f"print/{self.slug.replace('-', '_')}.html"

    @property
    def title(self) -> str:
        """What the kept copy is called."""
        return f"{self.label} {self.document.number}"

    @property
    def organisation(self) -> Organisation | None:
        return self.document.organisation

    @property
    def seller(self) -> str:
        """The organisation, or the branch while nobody has entered one."""
        return self.organisation.printed_name if self.organisation else self.document.branch.name

    @cached_property
    def logo(self) -> str:
        return logo.data_uri(self.document.branch.logo)

    @cached_property
    def customer(self) -> Party | None:
        return Party.of(self.document.counterparty) if self.document.counterparty else None

    @cached_property
    def payer(self) -> Party | None:
        """Whoever pays: the customer, unless it is somebody else."""
        return Party.of(self.document.payer) if self.document.payer else self.customer

    @property
    def has_other_payer(self) -> bool:
        return self.document.payer_id not in (None, self.document.counterparty_id)

    @property
    def vehicle(self) -> Vehicle | None:
        return self.document.vehicle

    @property
    def mileage_km(self) -> int | None:
        return getattr(self.document.own, "mileage_km", None)

    @cached_property
    def works(self) -> list[WorkLine]:
        return list(self.document.works.all())

    @cached_property
    def goods(self) -> list[PartLine]:
        return list(self.document.goods.all())

    @property
    def lines(self) -> Sequence[WorkLine | PartLine]:
        return [*self.works, *self.goods]

    @cached_property
    def total(self) -> totals.Totals:
        return totals.of(self.lines)

    @cached_property
    def of_works(self) -> totals.Totals:
        return totals.of(self.works)

    @cached_property
    def of_goods(self) -> totals.Totals:
        return totals.of(self.goods)

    @property
    def has_discounts(self) -> bool:
        return any(line.discount_percent for line in self.lines)

    @property
    def sum(self) -> Decimal:
        """The sum that the form is about."""
        return self.total.amount

    @property
    def sum_in_words(self) -> str:
        return in_words(self.sum)

    @property
    def norm_hours(self) -> Decimal:
        return sum(
            (line.norm_hours * line.quantity for line in self.works if line.norm_hours), Decimal()
        )

    @property
    def qr(self) -> SafeString | str:
        return ""


def filled_in(documents_pk: int) -> Document:
    """A document with all that its forms print. Five statements at most.

    Raises Document.DoesNotExist.
    """
    contacts = Contact.objects.order_by("position", "pk")
    return (
        Document.objects.for_lists()
        .select_related(
            "branch__organisation",
            "contract__organisation",
            "representative",
            "author",
            "counterparty",
            "payer",
        )
        .prefetch_related(
            Prefetch("counterparty__contacts", contacts),
            Prefetch("payer__contacts", contacts),
            Prefetch(
                "works", WorkLine.objects.select_related("performer").order_by("position", "pk")
            ),
            Prefetch(
                "goods",
                PartLine.objects.select_related("part", "warehouse").order_by("position", "pk"),
            ),
        )
        .get(pk=documents_pk)
    )
