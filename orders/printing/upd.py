"""УПД: invoice for VAT and act of transfer in one [law: ПП 1137, ФНС ММВ-20-3/96@]."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from armclients.kit.money import rounded
from orders.models import PartLine, WorkLine
from orders.printing.sheet import ORDER, SALE, WORK_ORDER, Party, Sheet

NONE = "—"
# [law: ОКЕИ] what units of goods are called in the shop, and their codes.
UNIT_CODES = {
    "шт": "796",
    "компл": "839",
    "к-т": "839",
    "л": "112",
    "кг": "166",
    "м": "006",
    "упак": "778",
    "пара": "715",
}
COLUMNS = ("А", "1", "1а", "1б", "2", "2а", "3", "4", "5", "6", "7", "8", "9", "10", "10а", "11")


@dataclass(frozen=True)
class UpdRow:
    """A line: its price and cost without VAT, and the tax apart."""

    line: WorkLine | PartLine

    @property
    def code(self) -> str:
        return self.line.part.article if isinstance(self.line, PartLine) else self.line.code

    @property
    def name(self) -> str:
        if isinstance(self.line, WorkLine):
            return self.line.name
        return f"{self.line.part.name}, {self.line.part.manufacturer}".rstrip(", ")

    @property
    def unit(self) -> str:
        return (self.line.part.unit or _("pc")) if isinstance(self.line, PartLine) else NONE

    @property
    def unit_code(self) -> str:
        return UNIT_CODES.get(self.unit.rstrip(".").lower(), NONE)

    @property
    def without_vat(self) -> Decimal:
        return self.line.amount - self.line.vat_amount

    @property
    def price(self) -> Decimal:
        return rounded(self.without_vat / self.line.quantity)

    @property
    def rate(self) -> str:
        percent = self.line.vat_percent
        return _("without VAT") if percent is None else f"{percent}%"


class UpdSheet(Sheet):
    """Status 1 carries an invoice for VAT, status 2 only hands over."""

    slug = "upd"
    label = pgettext_lazy("print form", "UPD")
    kinds = frozenset({WORK_ORDER, SALE, ORDER})
    is_landscape = True
    columns = COLUMNS

    @property
    def status(self) -> int:
        return 1 if self.total.taxed else 2

    @cached_property
    def rows(self) -> list[UpdRow]:
        return [UpdRow(line) for line in self.lines]

    @property
    def facts(self) -> list[tuple[str, str, str]]:
        """The numbered lines of the head: what it is, what it says, its number."""
        own, buyer = self.organisation, self.payer
        shipment = _("lines 1–%(count)s, № %(number)s of %(date)s") % {
            "count": len(self.lines),
            "number": self.document.number,
            "date": f"{self.document.date:%d.%m.%Y}",
        }
        return [
            (_("Correction"), NONE, "1а"),
            (pgettext("print form", "Seller"), self.seller, "2"),
            (_("Address"), own.address if own else "", "2а"),
            (_("INN/KPP of the seller"), _both(own.inn, own.kpp) if own else "", "2б"),
            (_("Consignor and address"), _("the same") if self.goods else NONE, "3"),
            (_("Consignee and address"), _addressed(self.customer) if self.goods else NONE, "4"),
            (_("To payment document"), NONE, "5"),
            (_("Document of shipment"), shipment, "5а"),
            (pgettext("print form", "Buyer"), buyer.name if buyer else "", "6"),
            (_("Address"), buyer.address if buyer else "", "6а"),
            (_("INN/KPP of the buyer"), _both(buyer.inn, buyer.kpp) if buyer else "", "6б"),
            (_("Currency: name, code"), _("Russian rouble, 643"), "7"),
            (_("Identifier of the state contract"), NONE, "8"),
        ]


def _both(inn: str, kpp: str) -> str:
    return "/".join(filter(None, (inn, kpp)))


def _addressed(party: Party | None) -> str:
    return ", ".join(filter(None, (party.name, party.address))) if party else NONE
