from customers.models.call import Call
from customers.models.card import DiscountCard, PriceType
from customers.models.contact import Contact
from customers.models.contact_result import ContactResult
from customers.models.counterparty import Counterparty
from customers.models.event import Event
from customers.models.merge import CustomerMerge
from customers.models.message import MessageTemplate, OutgoingMessage
from customers.models.privacy import AccessLogEntry, Consent

__all__ = [
    "AccessLogEntry",
    "Call",
    "Consent",
    "Contact",
    "ContactResult",
    "Counterparty",
    "CustomerMerge",
    "DiscountCard",
    "Event",
    "MessageTemplate",
    "OutgoingMessage",
    "PriceType",
]
