from orders.models.booking import Bay, RepairRequest, Slot
from orders.models.branch import Branch, DocumentCounter
from orders.models.cart import Cart, CartLine
from orders.models.catalog import Part, RepairKind, VatRate
from orders.models.customer_order import CustomerOrder
from orders.models.document import Document, PartLine, WorkLine
from orders.models.settlement import OpeningBalance, Payment
from orders.models.state_change import StateChange
from orders.models.stock import Reserve, Stock, Warehouse
from orders.models.work_order import WorkOrder

__all__ = [
    "Bay",
    "Branch",
    "Cart",
    "CartLine",
    "CustomerOrder",
    "Document",
    "DocumentCounter",
    "OpeningBalance",
    "Part",
    "PartLine",
    "Payment",
    "RepairKind",
    "RepairRequest",
    "Reserve",
    "Slot",
    "StateChange",
    "Stock",
    "VatRate",
    "Warehouse",
    "WorkLine",
    "WorkOrder",
]
