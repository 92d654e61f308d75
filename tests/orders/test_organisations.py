"""Our organisations: numbers that look wrong are told, and stored all the same."""

import pytest
from django.urls import reverse

from orders import doubts
from orders.models import Organisation
from tests import agreed


@pytest.mark.parametrize(
    ("account", "bic", "is_right"),
    [
        ("40702810600000000001", "044525999", True),
        ("40702810700000000001", "044525999", False),
        ("4070281060000000000", "044525999", False),
        ("", "044525999", True),
        ("40702810600000000001", "", True),
    ],
)
def test_an_account_belongs_to_the_bank_of_its_bic(account, bic, is_right):
    assert (doubts.about_account(account, bic) == "") is is_right


def test_the_banks_own_account_is_checked_too():
    assert not doubts.about_correspondent_account("30101810600000000999", "044525999")
    assert doubts.about_correspondent_account("30101810700000000999", "044525999")


def test_an_honest_organisation_has_no_doubts(db):
    assert agreed.organisation().doubtful == []


def test_what_looks_wrong_is_told_and_stored(client_of, egor):
    written = {
        "name": "Новая",
        "inn": "7700999991",
        "bic": "12",
        "account": "1",
        "tax_regimes-TOTAL_FORMS": 0,
        "tax_regimes-INITIAL_FORMS": 0,
    }

    answer = client_of(egor).post(reverse("admin:orders_organisation_add"), written, follow=True)

    assert Organisation.objects.get(name="Новая").account == "1"
    said = [str(message) for message in answer.context["messages"]]
    assert sum("контрольн" in each or "цифр" in each for each in said) >= 3
