"""On which terms something is priced: for whom, by which contract, on which day."""

import datetime
from typing import NotRequired, TypedDict

from django.db.models import QuerySet

from customers.models import Counterparty
from orders.models import Contract, Document


class Terms(TypedDict):
    """What `prices` has to know besides the thing itself."""

    customer: Counterparty | None
    contract: NotRequired[Contract | None]
    on: datetime.date


def terms_of_document(document: Document, *, on: datetime.date) -> Terms:
    """By the contract that the document names; what names none is priced like a cart.

    One statement, and the client where they were not read with the document.
    """
    if document.contract_id is None:
        return terms_of_client(document.counterparty, on=on)
    contract = _with_price_types(Contract.objects.filter(pk=document.contract_id)).get()
    return Terms(customer=document.counterparty, contract=contract, on=on)


def terms_of_client(customer: Counterparty | None, *, on: datetime.date) -> Terms:
    """By the only contract that the client has on that day.

    A company that has agreed on prices expects them in the cart, in a selection, and in a document
    whose contract nobody has chosen yet. Of several contracts nobody can tell which one is meant:
    then the client's own price types hold until a document names its contract. What is made of a
    cart or a selection keeps its prices, and names a contract only when somebody chooses it: with
    it come the seller, the delay and the limit. One statement.
    """
    contract = None
    if customer:
        valid = _with_price_types(Contract.objects.filter(counterparty=customer).valid_on(on))
        found = list(valid.order_by("pk")[:2])
        contract = found[0] if len(found) == 1 else None
    return Terms(customer=customer, contract=contract, on=on)


def _with_price_types(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    return contracts.select_related("price_type_goods", "price_type_works")
