"""The page on which a client pays by a code: without a log-in, and without a word about them."""

from dataclasses import replace

import pytest
from django.test import Client

from armclients.workstation.messages import values_for
from customers.models import MessageTemplate
from orders import links
from orders.models import Branch, Document, Organisation
from tests import agreed, make


@pytest.fixture
def order(db):
    branch = make.branch()
    Branch.objects.filter(pk=branch.pk).update(organisation=agreed.organisation())
    client = make.client("Зубков Алексей")
    car = make.vehicle(client, plate="А123ВС77", vin="NMTBM28E80R058037")
    order = make.work_order(client, vehicle=car, state="completed", branch=branch)
    make.work(order, price=1830)
    return Document.objects.get(pk=order.pk)


def path_of(document: Document) -> str:
    return "/" + links.to_pay(document).split("/", 3)[3]


def said_of(document: Document) -> dict[str, str]:
    about = {"document": document, "vehicle": None, "branch": None}
    return values_for(document.counterparty, **about)


class TestPage:
    def test_shows_sum_code_and_account_to_anybody_and_nothing_of_the_client(self, order):
        answer = Client().get(path_of(order))
        page = answer.content.decode()

        assert answer.status_code == 200
        for shown in ("830,00", "<svg", "40702810600000000001", order.number):
            assert shown in page
        for secret in ("Зубков", "А123ВС77", "NMTBM", "COROLLA"):
            assert secret not in page
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow"

    def test_says_so_when_all_is_paid(self, order):
        path = path_of(order)
        make.payment(order, 1830)

        page = Client().get(path).content.decode()

        assert "Всё оплачено" in page
        assert "40702810600000000001" not in page

    def test_a_cancelled_document_takes_no_money(self, order):
        path = path_of(order)
        Document.objects.filter(pk=order.pk).update(state="refused")

        assert "40702810600000000001" not in Client().get(path).content.decode()

    @pytest.mark.parametrize("change", [lambda p: p[:-2] + "/", lambda _: "/pay/1/", str.upper])
    def test_a_link_that_nobody_made_leads_nowhere(self, order, change):
        assert Client().get(change(path_of(order))).status_code == 404

    def test_a_link_ends(self, order, monkeypatch):
        path = path_of(order)
        monkeypatch.setattr(links, "PAYMENTS", replace(links.PAYMENTS, valid_for=-1))

        assert Client().get(path).status_code == 404

    def test_is_not_hammered(self, order):
        path = path_of(order)

        answers = [Client().get(path).status_code for _ in range(31)]

        assert answers == [200] * 30 + [429]


class TestInMessages:
    def test_the_link_and_the_sum_stand_in_a_message(self, order):
        said = said_of(order)

        assert said["to_pay"] == "К оплате 1830 руб."
        assert "/pay/" in said["qr"]

    def test_whoever_has_paid_is_not_asked_for_nothing(self, order):
        make.payment(order, 1830)
        order.refresh_from_db()

        said = said_of(order)

        assert said["to_pay"] == "Оплачено полностью."
        assert "qr" not in said

    def test_without_an_account_there_is_no_link(self, order):
        Organisation.objects.update(account="")

        assert "qr" not in said_of(Document.objects.get(pk=order.pk))

    def test_the_shipped_words_never_say_zero(self, db):
        texts = MessageTemplate.objects.values_list("text", flat=True)

        assert not any("К оплате {sum}" in text for text in texts)
        assert sum("{to_pay}" in text for text in texts) == 2
