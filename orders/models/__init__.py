from orders.models.booking import Bay, RepairRequest, Slot
from orders.models.branch import Branch, DocumentCounter
from orders.models.cart import Cart, CartLine
from orders.models.catalog import Analog, Labor, Part, RepairKind, VatRate
from orders.models.customer_order import CustomerOrder
from orders.models.document import Document
from orders.models.hours import DayOff, WorkingHours
from orders.models.line import PartLine, WorkLine
from orders.models.marking import MarkingCode
from orders.models.movement import StockMovement
from orders.models.papers import Estimate, Invoice, Sale
from orders.models.price import HourPrice, PartPrice
from orders.models.settlement import OpeningBalance, Payment
from orders.models.state_change import StateChange
from orders.models.stock import Reserve, Stock, Warehouse
from orders.models.work_order import WorkOrder

__all__ = [
    "Analog",
    "Bay",
    "Branch",
    "Cart",
    "CartLine",
    "CustomerOrder",
    "DayOff",
    "Document",
    "DocumentCounter",
    "Estimate",
    "HourPrice",
    "Invoice",
    "Labor",
    "MarkingCode",
    "OpeningBalance",
    "Part",
    "PartLine",
    "PartPrice",
    "Payment",
    "RepairKind",
    "RepairRequest",
    "Reserve",
    "Sale",
    "Slot",
    "StateChange",
    "Stock",
    "StockMovement",
    "VatRate",
    "Warehouse",
    "WorkLine",
    "WorkOrder",
    "WorkingHours",
]
