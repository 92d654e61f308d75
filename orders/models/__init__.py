from orders.models.answer import EstimateAnswer, LineAnswer
from orders.models.approval import Approval, OwnMaterial
from orders.models.booking import Bay, RepairRequest, Slot
from orders.models.branch import Branch, DocumentCounter
from orders.models.cart import Cart, CartLine
from orders.models.catalog import Analog, Labor, Part, RepairKind, VatRate
from orders.models.customer_order import CustomerOrder
from orders.models.defect import Defect, DefectPhoto
from orders.models.deferred import DeferredWork
from orders.models.document import Document
from orders.models.hours import DayOff, WorkingHours
from orders.models.line import PartLine, WorkLine
from orders.models.marking import MarkingCode
from orders.models.movement import StockMovement
from orders.models.organisation import Contract, Organisation, Representative, TaxRegime
from orders.models.package import DiscountLimit, PackagePart, PackageWork, WorkPackage
from orders.models.papers import Estimate, Invoice, Sale
from orders.models.price import HourPrice, PartPrice
from orders.models.printed_form import PrintedForm
from orders.models.selection import LostDemand, Selection, SelectionLine
from orders.models.settlement import OpeningBalance, Payment
from orders.models.state_change import StateChange
from orders.models.stock import Reserve, Stock, Warehouse
from orders.models.supplier import Supplier, SupplierOffer
from orders.models.visit import Damage, Visit, VisitPhoto
from orders.models.work_order import WorkOrder

__all__ = [
    "Analog",
    "Approval",
    "Bay",
    "Branch",
    "Cart",
    "CartLine",
    "Contract",
    "CustomerOrder",
    "Damage",
    "DayOff",
    "Defect",
    "DefectPhoto",
    "DeferredWork",
    "DiscountLimit",
    "Document",
    "DocumentCounter",
    "Estimate",
    "EstimateAnswer",
    "HourPrice",
    "Invoice",
    "Labor",
    "LineAnswer",
    "LostDemand",
    "MarkingCode",
    "OpeningBalance",
    "Organisation",
    "OwnMaterial",
    "PackagePart",
    "PackageWork",
    "Part",
    "PartLine",
    "PartPrice",
    "Payment",
    "PrintedForm",
    "RepairKind",
    "RepairRequest",
    "Representative",
    "Reserve",
    "Sale",
    "Selection",
    "SelectionLine",
    "Slot",
    "StateChange",
    "Stock",
    "StockMovement",
    "Supplier",
    "SupplierOffer",
    "TaxRegime",
    "VatRate",
    "Visit",
    "VisitPhoto",
    "Warehouse",
    "WorkLine",
    "WorkOrder",
    "WorkPackage",
    "WorkingHours",
]
