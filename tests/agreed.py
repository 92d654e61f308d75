"""Organisations, contracts and signed papers, with honest defaults."""

from itertools import count
from typing import Any

from customers.models import Counterparty
from orders.models import Contract, Document, Organisation, PrintedForm
from tests import make

_numbers = count(1)


def organisation(name: str = "АРМ Сервис", **facts: Any) -> Organisation:
    """One whose numbers are right, with an account in no real bank."""
    own = {
        "full_name": "ООО «АРМ Сервис»",
        "inn": "7700999990",
        "kpp": "770001001",
        "ogrn": "1147700999995",
        "address": "115280, г. Москва, ул. Примерная, д. 1",
        "bank_name": "АО «Примербанк», г. Москва",
        "bic": "044525999",
        "account": "40702810600000000001",
        "correspondent_account": "30101810600000000999",
        "head": "Мещерякова Дина Алексеевна",
    }
    return Organisation.objects.create(**{"name": name} | own | facts)


def contract(counterparty: Counterparty, **facts: Any) -> Contract:
    """Valid since last year, without a delay."""
    agreed = {"number": f"{next(_numbers)}", "date": make.day(-365)}
    facts.setdefault("organisation", organisation(f"Организация {next(_numbers)}"))
    return Contract.objects.create(counterparty=counterparty, **agreed | facts)


def printed_form(document: Document, **facts: Any) -> PrintedForm:
    """One whose file is not there."""
    named = {"form": "act", "title": "Акт", "path": f"prints/{next(_numbers)}.pdf", "sha256": "0"}
    return PrintedForm.objects.create(document=document, **named | facts)
