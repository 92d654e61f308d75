"""Documents, what they are made of, and their dictionaries, for the administrator."""

from armclients.kit.admin import register_histories
from customers.finding import clients
from orders.admin import (
    carts,
    dictionaries,
    documents,
    inspection,
    organisations,
    packages,
    prices,
    refusals,
    selections,
    stock,
    suppliers,
)

__all__ = [
    "carts",
    "dictionaries",
    "documents",
    "inspection",
    "organisations",
    "packages",
    "prices",
    "refusals",
    "selections",
    "stock",
    "suppliers",
]

register_histories(
    "orders",
    clients,
    {
        "DocumentHistory": "counterparty",
        "RepairRequestHistory": "pgh_obj__counterparty",
        "VisitHistory": "pgh_obj__counterparty",
        "DamageHistory": "visit__counterparty",
        "SlotHistory": "request__counterparty",
        "CustomerOrderHistory": "pgh_obj__counterparty",
        "WorkOrderHistory": "pgh_obj__counterparty",
        "EstimateHistory": "pgh_obj__counterparty",
        "InvoiceHistory": "pgh_obj__counterparty",
        "WorkLineHistory": "document__counterparty",
        "PartLineHistory": "document__counterparty",
        "PaymentHistory": "counterparty",
        "OpeningBalanceHistory": "counterparty",
        "ReserveHistory": "line__document__counterparty",
        "CartLineHistory": "cart__counterparty",
        "DeferredWorkHistory": "document__counterparty",
        "DefectHistory": "document__counterparty",
        "ApprovalHistory": "document__counterparty",
        "OwnMaterialHistory": "document__counterparty",
        "ContractHistory": "counterparty",
        "RepresentativeHistory": "counterparty",
        "SelectionLineHistory": "selection__counterparty",
    },
)
register_histories(
    "orders", prices.labour, {"LaborHistory": "pgh_obj", "HourPriceHistory": "labor"}
)
register_histories("orders", stock.parts, {"StockHistory": "part", "PartPriceHistory": "part"})
register_histories(
    "orders",
    organisations.named,
    {"OrganisationHistory": "pgh_obj", "TaxRegimeHistory": "organisation"},
)
register_histories("orders", suppliers.named, {"SupplierHistory": "pgh_obj"})
