"""A document as a page of its own, and how documents come into being."""

from decimal import Decimal

import pytest

from customers.models import AccessLogEntry
from orders.actions import documents
from orders.models import Document, PartLine, WorkLine
from tests import make
from tests.contract import page

pytestmark = pytest.mark.django_db


def shown(client, document):
    return page.of(client.get(f"/documents/{document.pk}/"))


class TestPage:
    def test_shows_whose_it_is_and_what_it_comes_to(self, web):
        order = make.work_order(
            make.client("Зубков Алексей"), vehicle=make.vehicle(plate="А123ВС77")
        )
        make.work(order, "Замена масла", price=1000, discount_percent=10)
        make.goods(order, make.part("OC-90", name="Фильтр"), price=500, quantity=2)

        text = web.get(f"/documents/{order.pk}/").content.decode()

        assert "Зубков Алексей" in text
        assert "Замена масла" in text
        assert "OC-90" in text
        assert "1 900" in text.replace("\u202f", " ").replace("\xa0", " ")

    def test_opens_the_clients_card_for_the_log(self, web, anna):
        order = make.work_order()

        web.get(f"/documents/{order.pk}/")

        assert AccessLogEntry.objects.filter(counterparty=order.counterparty, user=anna).exists()

    def test_leads_to_what_it_was_made_from_and_what_was_made_from_it(self, web):
        request = make.request(make.client())
        order = make.work_order(request.counterparty, base=request)

        of_request = web.get(f"/documents/{request.pk}/").content.decode()
        of_order = web.get(f"/documents/{order.pk}/").content.decode()

        assert f"/documents/{order.pk}/" in of_request
        assert f"/documents/{request.pk}/" in of_order

    def test_asks_as_often_for_fifty_lines_as_for_one(self, web, statements):
        order = make.work_order()
        for _line in range(50):
            make.work(order)
            make.goods(order)

        with statements(at_most=16):
            web.get(f"/documents/{order.pk}/")


class TestCreate:
    def create(self, kind, **facts):
        by = facts.pop("by", None) or make.user()
        given = {"branch": make.branch(), "customer": make.client(), "on": make.TODAY, "by": by}
        return documents.create(kind, **given | facts)

    @pytest.mark.parametrize("kind", Document.Kind.values)
    def test_begins_in_the_first_state_with_the_first_number(self, kind):
        document = self.create(kind)

        assert document.number == "ЦОА0000001"
        assert (
            document.state
            == {
                "repair_request": "new",
                "visit": "open",
                "estimate": "draft",
                "customer_order": "new",
                "work_order": "request",
                "sale": "draft",
                "invoice": "draft",
            }[kind]
        )

    def test_the_customer_pays_unless_somebody_else_is_named(self):
        payer = make.client()

        assert self.create("sale", payer=payer).payer == payer
        own = self.create("sale")
        assert own.payer == own.counterparty

    def test_lines_are_copied_with_their_prices_and_discounts_behind_the_own_ones(self):
        source, target = make.work_order(), make.work_order()
        make.work(source, "Диагностика", price=700, discount_percent=5, discount_source="card")
        make.work(target, "Мойка", position=1)
        make.goods(source, price=300, vat_percent=22)

        documents.copy_lines(target, works=source.works.all(), goods=source.goods.all())

        work = WorkLine.objects.get(document=target, name="Диагностика")
        part = PartLine.objects.get(document=target)
        assert (work.position, work.amount, work.discount_source) == (2, Decimal("665.00"), "card")
        assert (part.amount, part.vat_amount) == (Decimal("300.00"), Decimal("54.10"))
        assert Document.objects.get(pk=target.pk).total == Decimal("1965.00")

    def test_copies_are_of_goods_that_nobody_ordered_or_issued_yet(self):
        source, target = make.work_order(), make.estimate()
        line = make.goods(source, quantity=3)
        on_the_way = {"issued": 2, "ordered": 1, "expected_on": make.TODAY}
        PartLine.objects.filter(pk=line.pk).update(**on_the_way)

        documents.copy_lines(target, goods=source.goods.all())

        copy = PartLine.objects.get(document=target)
        assert (copy.quantity, copy.issued, copy.ordered, copy.expected_on) == (3, 0, 0, None)


class TestAmount:
    @pytest.mark.parametrize(
        ("line", "amount", "vat_amount"),
        [
            ({"price": "1000", "vat_percent": None}, "1000.00", "0.00"),
            (
                {"quantity": "3", "price": "33.33", "discount_percent": "10", "vat_percent": 22},
                "89.99",
                "16.23",
            ),
            ({"quantity": "0.333", "price": "99.99", "vat_percent": 20}, "33.30", "5.55"),
            ({"price": "0.01", "discount_percent": "50", "vat_percent": 20}, "0.01", "0.00"),
            ({"price": "100", "discount_percent": "100", "vat_percent": 22}, "0.00", "0.00"),
        ],
    )
    def test_is_rounded_once_per_line(self, line, amount, vat_amount):
        facts = {name: Decimal(value) if value else None for name, value in line.items()}

        made = make.goods(make.work_order(), **facts)

        made.refresh_from_db()
        assert (str(made.amount), str(made.vat_amount)) == (amount, vat_amount)
