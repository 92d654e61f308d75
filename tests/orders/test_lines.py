"""The lines of a document are written on its page, and never after it is settled."""

from decimal import Decimal

import pytest

from armclients.kit.refusals import RefusedError
from orders import states
from orders.actions import lines, stock
from orders.models import Document, PartLine, WorkLine
from tests import make
from tests.contract import page
from tests.workstation.writers import one_during_the_other

pytestmark = pytest.mark.django_db
MAKE = {
    "work_order": make.work_order,
    "estimate": make.estimate,
    "customer_order": make.customer_order,
    "sale": make.sale,
    "invoice": make.invoice,
}
WRITABLE = {
    "work_order": "in_progress",
    "estimate": "draft",
    "customer_order": "new",
    "sale": "draft",
    "invoice": "draft",
}


def address(document, *rest):
    return f"/documents/{document.pk}/" + "".join(f"{part}/" for part in rest)


def put_in(client, document, typed, **given):
    return client.post(address(document, "lines"), {"typed": typed} | given)


def row_form(client, line, of):
    """What the open row of a line sends back when nothing was changed in it."""
    return sent_by(client.get(address(line.document, "lines", of, line.pk)))


def sent_by(answer):
    """The fields of the form in this answer, with what stands in them."""
    row = page.parse(answer)
    sent = {field["name"]: field["value"] for field in row.all("input", name=True)}
    for select in row.all("select"):
        chosen = select.all("option", selected=True)
        sent[select["name"]] = chosen[0]["value"] if chosen else ""
    return sent


@pytest.fixture
def order():
    return make.work_order(vehicle=make.vehicle(), date=make.TODAY)


class TestPutIn:
    def test_a_part_by_its_article_with_its_price_and_the_vat_of_the_day(self, htmx, order):
        make.part("OC-90", name="Фильтр масляный", price=640)

        answer = put_in(htmx, order, "OC-90")

        line = PartLine.objects.get(document=order)
        assert answer.status_code == 200
        assert "OC-90" in answer.content.decode()
        assert (line.price, line.vat_percent, line.quantity) == (Decimal(640), 22, 1)
        assert Document.objects.get(pk=order.pk).total == 640

    def test_a_labour_at_the_price_of_an_hour_less_the_clients_card(self, htmx, order):
        make.card(order.counterparty, percent_works=7)
        make.labor("Замена колодок", code="BR-01", norm_hours=Decimal("0.8"))
        make.hour_price(2500)

        put_in(htmx, order, "колодок замена")

        line = WorkLine.objects.get(document=order)
        assert (line.code, line.price, line.amount) == ("BR-01", 2000, 1860)
        assert (line.discount_percent, line.discount_source) == (7, "card")

    def test_how_many_is_said_before_what(self, htmx, order):
        make.part("SP-1", name="Свеча", price=300)

        put_in(htmx, order, "4*свеча")

        assert PartLine.objects.get(document=order).amount == 1200

    def test_what_was_picked_and_not_the_first(self, htmx, order):
        make.part("A-1", name="Фильтр салона", price=100)
        second = make.part("A-2", name="Фильтр воздушный", price=200)

        put_in(htmx, order, "фильтр", pick=f"part-{second.pk}")

        assert PartLine.objects.get(document=order).part == second

    def test_what_is_known_under_no_name_is_a_new_work(self, htmx, order):
        put_in(htmx, order, "  Найти   стук ")

        assert WorkLine.objects.get(document=order).name == "Найти стук"

    def test_lines_stand_in_the_order_in_which_they_came(self, htmx, order):
        for name in ("Раз", "Два", "Три"):
            put_in(htmx, order, name)

        names = WorkLine.objects.filter(document=order).order_by("position")
        assert [line.name for line in names] == ["Раз", "Два", "Три"]

    @pytest.mark.parametrize(
        ("typed", "pick"), [("", ""), ("5*", "new"), ("свеча", "part-0"), ("x", "package-9")]
    )
    def test_nonsense_is_answered_at_the_field(self, htmx, order, typed, pick):
        answer = put_in(htmx, order, typed, pick=pick)

        assert answer.status_code in {200, 422}
        assert not PartLine.objects.exists()

    def test_without_scripts_one_sees_what_was_found_and_is_back_at_the_document(self, web, order):
        make.part("OC-90", name="Фильтр масляный", price=640)

        found = web.get(address(order, "lines"), {"typed": "масляный"}).content.decode()
        answer = put_in(web, order, "масляный")

        assert "Фильтр масляный" in found
        assert 'name="pick"' in found
        assert answer["Location"] == address(order)

    @pytest.mark.parametrize("kind", MAKE)
    def test_into_every_kind_that_has_lines(self, htmx, kind):
        document = MAKE[kind](state=WRITABLE[kind])

        put_in(htmx, document, "Диагностика")

        assert document.works.count() == 1


class TestChange:
    def test_in_its_row(self, htmx, order, gleb):
        line = make.work(order, price=1000)
        sent = row_form(htmx, line, "works")

        answer = htmx.post(
            address(order, "lines", "works", line.pk),
            sent | {"quantity": "1,5", "price": "1200.50", "performer": gleb.pk},
        )

        line.refresh_from_db()
        assert answer.status_code == 200
        assert answer["HX-Retarget"] == "#document"
        assert (line.quantity, line.price, line.performer) == (
            Decimal("1.5"),
            Decimal("1200.50"),
            gleb,
        )
        assert Document.objects.get(pk=order.pk).total == Decimal("1800.75")

    @pytest.mark.parametrize(
        "wrong",
        [
            {"quantity": "0"},
            {"quantity": ""},
            {"quantity": "много"},
            {"price": "-1"},
            {"price": "1e30"},
            {"discount_percent": "101"},
            {"vat_percent": "13"},
            {"quantity": "99999", "price": "99999999"},
            {"seen": "выдумано"},
        ],
    )
    def test_what_cannot_be_is_said_in_the_row_and_nothing_is_lost(self, htmx, order, wrong):
        line = make.goods(order, price=500)
        sent = row_form(htmx, line, "goods")

        answer = htmx.post(address(order, "lines", "goods", line.pk), sent | wrong)

        assert answer.status_code == 422
        line.refresh_from_db()
        assert (line.quantity, line.price) == (1, 500)

    def test_of_two_people_the_second_is_told_and_chooses(self, htmx, order, dina, client_of):
        line = make.work(order, price=1000)
        mine = row_form(htmx, line, "works")
        theirs = client_of(dina)
        theirs.post(
            address(order, "lines", "works", line.pk),
            row_form(theirs, line, "works") | {"price": "1100"},
        )

        told = htmx.post(address(order, "lines", "works", line.pk), mine | {"price": "1300"})
        again = sent_by(told) | {"take_price": "theirs"}
        htmx.post(address(order, "lines", "works", line.pk), again)

        line.refresh_from_db()
        assert told.status_code == 422
        assert "Гордеева Д. П." in told.content.decode()
        assert line.price == 1100

    def test_what_others_changed_elsewhere_in_the_line_stays(self, htmx, order, anna):
        line = make.work(order, price=1000)
        sent = row_form(htmx, line, "works")
        WorkLine.objects.filter(pk=line.pk).update(quantity=2)

        htmx.post(address(order, "lines", "works", line.pk), sent | {"price": "900"})

        line.refresh_from_db()
        assert (line.quantity, line.price) == (2, 900)

    def test_less_than_is_reserved_is_refused(self, htmx, order):
        line = make.goods(order, quantity=3)
        make.reserve(line, 3)
        sent = row_form(htmx, line, "goods")

        answer = htmx.post(address(order, "lines", "goods", line.pk), sent | {"quantity": "2"})

        assert answer.status_code == 422


class TestDiscount:
    def test_keeps_who_gave_it(self, htmx, order, anna):
        line = make.work(order, discount_percent=3, discount_source="card")
        sent = row_form(htmx, line, "works")

        htmx.post(address(order, "lines", "works", line.pk), sent | {"discount_percent": "7,5"})

        line.refresh_from_db()
        assert (line.discount_percent, line.discount_source) == (Decimal("7.5"), "hand")
        assert line.discount_by == anna

    def test_above_the_limit_of_the_role_takes_a_right(self, htmx, order, dina):
        line = make.work(order)
        sent = row_form(htmx, line, "works")

        answer = htmx.post(
            address(order, "lines", "works", line.pk), sent | {"discount_percent": "11"}
        )
        given = {"discount_percent": Decimal(11)}
        seen = {"discount_percent": Decimal(0)}
        lines.change(order.pk, line.pk, of="works", seen=seen, given=given, by=dina)

        line.refresh_from_db()
        assert answer.status_code == 422
        assert "10" in answer.content.decode()
        assert line.discount_percent == 11

    def test_that_was_given_by_somebody_who_may_does_not_hinder_the_rest(self, htmx, order):
        line = make.work(order, discount_percent=30)
        sent = row_form(htmx, line, "works")

        answer = htmx.post(address(order, "lines", "works", line.pk), sent | {"price": "800"})

        assert answer.status_code == 200


class TestTakeOut:
    def test_the_line_is_gone_and_the_sum_follows(self, htmx, order):
        line, _rest = make.work(order, price=1000), make.work(order, price=10)

        answer = htmx.post(address(order, "lines", "works", line.pk, "remove"))

        assert answer.status_code == 200
        assert Document.objects.get(pk=order.pk).total == 10

    def test_twice_is_told(self, htmx, order):
        line = make.work(order)
        htmx.post(address(order, "lines", "works", line.pk, "remove"))

        answer = htmx.post(address(order, "lines", "works", line.pk, "remove"))

        assert answer.status_code == 200
        assert 'id="line-refusal"' in answer.content.decode()

    def test_not_what_is_reserved(self, htmx, order):
        line = make.goods(order)
        make.reserve(line)

        answer = htmx.post(address(order, "lines", "goods", line.pk, "remove"))

        assert answer.status_code == 422
        assert PartLine.objects.filter(pk=line.pk).exists()

    def test_not_what_was_issued_even_when_it_came_back(self, htmx, order, anna, vera):
        shelf = make.stock(quantity=5)
        line = make.goods(order, shelf.part, quantity=2)
        stock.issue(line.pk, by=vera)
        stock.take_back(line.pk, by=vera)

        with pytest.raises(RefusedError, match="выданы"):
            lines.remove(order.pk, line.pk, of="goods", by=anna)

        assert order.goods.get() == line


class TestPage:
    def asks(self, web, statements, lines):
        order = make.work_order(vehicle=make.vehicle(), master=make.user())
        for _line in range(lines):
            make.work(order, performer=order.master)
            make.reserve(make.goods(order))
        with statements(at_most=11) as sql:
            web.get(address(order))
        return len(sql)

    def test_asks_as_often_for_fifty_lines_as_for_one(self, web, statements):
        assert self.asks(web, statements, 1) == self.asks(web, statements, 50)

    def test_a_look_up_asks_a_dozen_times(self, htmx, statements, order):
        for n in range(9):
            make.part(f"OC-9{n}", name=f"Фильтр {n}", price=100)
            make.labor(f"Замена фильтра {n}")

        with statements(at_most=12):
            htmx.get(address(order, "lines"), {"typed": "фильтр"}, target="line-found")


SETTLED = [
    (kind, state) for kind in MAKE for state in states.OF_KIND[kind] if state in states.SETTLED
]


class TestSettled:
    @pytest.mark.parametrize(("kind", "state"), SETTLED)
    def test_is_read_and_not_written(self, htmx, kind, state):
        document = MAKE[kind](state=state)
        line = make.work(document)

        shown = htmx.get(address(document)).content.decode()
        refused = put_in(htmx, document, "Мойка")
        removed = htmx.post(address(document, "lines", "works", line.pk, "remove"))

        assert "line-add" not in shown
        assert "data-remove" not in shown
        assert (refused.status_code, removed.status_code) == (422, 422)
        assert document.works.count() == 1

    def test_whoever_may_not_write_a_kind_reads_it(self, client_of, vera, boris, order):
        for reader in (vera, boris):
            shown = client_of(reader).get(address(order)).content.decode()
            assert "line-add" not in shown
            with pytest.raises(RefusedError):
                lines.add_work(order.pk, name="Мойка", by=reader, on=make.TODAY)


@pytest.mark.django_db(transaction=True)
def test_a_line_comes_or_the_order_is_closed_but_not_both():
    dina, order = make.user("dina", role="manager"), make.work_order(state="completed")
    told = []

    def close() -> None:
        Document.objects.filter(pk=order.pk).update(state="closed")

    def second() -> None:
        try:
            lines.add_work(order.pk, name="Мойка", by=dina, on=make.TODAY)
        except RefusedError as refusal:
            told.append(str(refusal))

    one_during_the_other(close, second)

    assert len(told) == 1
    assert not WorkLine.objects.exists()
