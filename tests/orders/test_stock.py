"""Stock lives: nothing changes without a movement, and no movement is more than there is."""

import uuid
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection

from armclients.kit.refusals import RefusedError
from orders import marking
from orders.actions import reserves, states, stock
from orders.models import Document, Reserve, Stock, StockMovement, Warehouse
from tests import make

pytestmark = pytest.mark.django_db

CODE = "010460043993125621JgXJ5.T"


@pytest.fixture
def vera():
    return make.user("vera", role="parts")


@pytest.fixture
def shelf():
    return make.stock(quantity=5)


@pytest.fixture
def line(shelf):
    return make.goods(make.customer_order(state="approved"), shelf.part, quantity=4)


def moved() -> list[tuple[str, Decimal]]:
    return list(StockMovement.objects.order_by("pk").values_list("kind", "quantity"))


def balance() -> Decimal:
    return sum(quantity for _kind, quantity in moved())


def fresh(row):
    row.refresh_from_db()
    return row


class TestMovement:
    def test_changes_the_stock_and_tells_what_is_left(self, shelf):
        out = StockMovement.objects.create(stock=shelf, kind="write_off", quantity=-2)

        assert fresh(shelf).quantity == 3
        assert fresh(out).balance == 3

    def test_does_not_take_more_than_there_is(self, shelf):
        with pytest.raises(IntegrityError, match="stock_not_negative"):
            StockMovement.objects.create(stock=shelf, kind="write_off", quantity=-6)

    def test_does_not_take_what_is_reserved(self, shelf, line):
        make.reserve(line, 4, of=shelf)

        with pytest.raises(IntegrityError, match="stock_reserve_not_above_quantity"):
            StockMovement.objects.create(stock=shelf, kind="write_off", quantity=-2)

    def test_is_left_by_every_other_change(self, shelf):
        Stock.objects.update(quantity=7)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE orders_stock SET quantity = 3")
            cursor.execute("UPDATE orders_stock SET quantity = 3")

        assert moved() == [("count", 5), ("count", 2), ("count", -4)]
        assert balance() == fresh(shelf).quantity

    def test_of_a_count_is_written_by_nobody_else(self, shelf):
        with pytest.raises(IntegrityError, match="a count is the change"):
            StockMovement.objects.create(stock=shelf, kind="count", quantity=1)

    @pytest.mark.parametrize("spoil", [lambda m: m.delete(), lambda m: m.update(quantity=9)])
    def test_stays_as_it_is(self, shelf, spoil):
        with pytest.raises(IntegrityError, match="stays"):
            spoil(StockMovement.objects.filter(stock=shelf))


class TestReserve:
    def test_holds_what_is_free_of_what_the_line_lacks(self, vera, shelf, line):
        Stock.objects.update(quantity=3)

        held = reserves.reserve(line.pk, by=vera)

        assert held.quantity == 3
        assert fresh(shelf).free == 0

    def test_goes_on_where_it_began(self, vera, line):
        reserves.reserve(line.pk, quantity=Decimal(1), by=vera)
        reserves.reserve(line.pk, quantity=Decimal(2), by=vera)

        assert Reserve.objects.get().quantity == 3

    def test_says_how_much_is_free_and_where(self, vera, shelf, line):
        Stock.objects.update(quantity=2)
        make.stock(shelf.part, 1, warehouse="Второй")

        with pytest.raises(RefusedError, match=r"Второй — 1, Основной — 2"):
            reserves.reserve(line.pk, quantity=Decimal(4), stock=shelf.pk, by=vera)

    def test_is_no_more_than_the_line_lacks(self, vera, line):
        with pytest.raises(RefusedError):
            reserves.reserve(line.pk, quantity=Decimal(5), by=vera)

    def test_is_released_in_part_and_whole(self, vera, line):
        reserves.reserve(line.pk, by=vera)
        reserves.release(line.pk, quantity=Decimal(1), by=vera)
        assert Reserve.objects.get().quantity == 3
        reserves.release(line.pk, by=vera)

        assert not Reserve.objects.exists()

    def test_of_a_whole_document_takes_what_there_is(self, vera, line):
        nowhere = make.goods(line.document)

        assert reserves.reserve_all(line.document_id, by=vera) == 1
        assert not Reserve.objects.filter(line=nowhere).exists()


class TestIssue:
    def test_uses_up_the_reserve(self, vera, shelf, line):
        reserves.reserve(line.pk, by=vera)

        stock.issue(line.pk, quantity=Decimal(3), by=vera)

        assert fresh(line).issued == 3
        assert (fresh(shelf).quantity, shelf.reserved) == (2, 1)

    def test_needs_no_reserve(self, vera, shelf, line):
        stock.issue(line.pk, by=vera)

        assert (fresh(line).issued, fresh(shelf).quantity) == (4, 1)

    def test_leaves_alone_what_others_hold(self, vera, shelf, line):
        other = make.goods(make.work_order(), shelf.part, quantity=3)
        reserves.reserve(other.pk, by=vera)

        with pytest.raises(RefusedError):
            stock.issue(line.pk, by=vera)

    def test_is_no_more_than_is_left(self, vera, line):
        with pytest.raises(RefusedError):
            stock.issue(line.pk, quantity=Decimal(5), by=vera)

    def test_takes_an_approved_order(self, vera, shelf):
        line = make.goods(make.customer_order(), shelf.part)

        with pytest.raises(RefusedError):
            stock.issue(line.pk, by=vera)

    def test_goes_over_the_counter(self, vera, shelf):
        sale = make.goods(make.sale(), shelf.part)

        stock.issue(sale.pk, by=vera)

        assert fresh(shelf).quantity == 4

    def test_is_of_the_order_and_not_of_its_paper(self, vera, shelf, line):
        paper = make.goods(make.sale(base=line.document), shelf.part)

        with pytest.raises(RefusedError):
            stock.issue(paper.pk, by=vera)

    def test_comes_back_to_where_it_was(self, vera, shelf, line):
        stock.issue(line.pk, by=vera)
        stock.take_back(line.pk, quantity=Decimal(1), why="Не подошло", by=vera)

        assert (fresh(line).issued, fresh(shelf).quantity) == (3, 2)
        assert moved()[1:] == [("issue", -4), ("return", 1)]

    def test_comes_back_no_more_than_went(self, vera, line):
        stock.issue(line.pk, quantity=Decimal(1), by=vera)

        with pytest.raises(RefusedError):
            stock.take_back(line.pk, quantity=Decimal(2), by=vera)

    def test_keeps_its_document_from_being_cancelled(self, vera, line):
        stock.issue(line.pk, quantity=Decimal(1), by=vera)
        seen = Document.objects.get().state

        with pytest.raises(RefusedError, match="Колодки"):
            states.change_state(line.document_id, seen=seen, to="cancelled", by=vera)


class TestMarking:
    @pytest.fixture
    def marked(self, shelf, line):
        shelf.part.is_marked = True
        shelf.part.save()
        return line

    def test_is_missing_before_the_issue(self, vera, marked):
        stock.mark(marked.pk, scanned=[marking.read(CODE)], by=vera)

        stock.issue(marked.pk, quantity=Decimal(1), by=vera)
        with pytest.raises(RefusedError):
            stock.issue(marked.pk, quantity=Decimal(1), by=vera)

    def test_is_of_one_line(self, vera, marked):
        stock.mark(marked.pk, scanned=[marking.read(CODE)], by=vera)
        other = make.goods(make.work_order(), marked.part)

        with pytest.raises(RefusedError, match="JgXJ5"):
            stock.mark(other.pk, scanned=[marking.read(CODE)], by=vera)

    @pytest.mark.parametrize(
        "scanned",
        [
            CODE,
            f"\x1d{CODE}",
            f"]d2{CODE}\x1d91EE06\x1d92SGVsbG8=",
            "(01)04600439931256(21)JgXJ5.T",
        ],
    )
    def test_is_read_as_scanners_give_it(self, scanned):
        assert marking.read(scanned).code == CODE

    @pytest.mark.parametrize("scanned", ["", "123", CODE.replace("56", "57", 1), CODE[:18]])
    def test_that_is_none_is_refused(self, scanned):
        with pytest.raises(marking.MarkingError):
            marking.read(scanned)


class TestWarehouse:
    def test_receives_once_what_is_sent_twice(self, vera, shelf):
        given = {
            "warehouse": shelf.warehouse,
            "lines": [(shelf.part, Decimal(2)), (make.part(), Decimal(7))],
            "key": uuid.uuid4(),
            "paper": "УПД 17",
        }

        for _ in range(2):
            stock.receive(**given, by=vera)

        assert sorted(Stock.objects.values_list("quantity", flat=True)) == [7, 7]

    def test_moves_to_another(self, vera, shelf):
        other = Warehouse.objects.create(name="Второй")

        stock.transfer(shelf.pk, to=other, quantity=Decimal(2), key=uuid.uuid4(), by=vera)

        assert sorted(Stock.objects.values_list("quantity", flat=True)) == [2, 3]
        assert moved()[1:] == [("transfer", -2), ("transfer", 2)]

    def test_writes_off_what_is_free(self, vera, shelf, line):
        reserves.reserve(line.pk, by=vera)

        with pytest.raises(RefusedError):
            stock.write_off(shelf.pk, quantity=Decimal(2), key=uuid.uuid4(), why="Бой", by=vera)
        stock.write_off(shelf.pk, quantity=Decimal(1), key=uuid.uuid4(), why="Бой", by=vera)

        assert fresh(shelf).free == 0

    def test_is_counted_by_somebody_for_a_reason(self, vera, shelf):
        stock.count(shelf.pk, seen=Decimal(5), quantity=Decimal(4), why="Пересчёт", by=vera)

        last = StockMovement.objects.latest("pk")
        assert (last.kind, last.quantity, last.by, last.why) == ("count", -1, vera, "Пересчёт")

    def test_is_not_counted_over_what_moved_meanwhile(self, vera, shelf):
        with pytest.raises(RefusedError):
            stock.count(shelf.pk, seen=Decimal(6), quantity=Decimal(4), by=vera)
