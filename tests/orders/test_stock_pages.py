"""What a parts clerk and an advisor do with goods on the screen."""

import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from orders.models import MarkingCode, Reserve, Stock, StockMovement
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    return make.stock(make.part("GDB3548"), 5)


@pytest.fixture
def line(shelf):
    return make.goods(make.customer_order(state="approved"), shelf.part, quantity=3)


@pytest.fixture
def vera(client_of):
    return client_of(make.user("vera", role="parts"))


def at(line, act: str) -> str:
    return f"/stock/lines/{line.pk}/{act}/"


def text(answer) -> str:
    return answer.content.decode()


class TestLine:
    def test_is_reserved_and_released_and_issued_without_scripts(self, vera, line):
        vera.post(at(line, "reserve"), {"quantity": "3"})
        assert Reserve.objects.get().quantity == 3
        vera.post(at(line, "release"), {"quantity": "1"})
        vera.post(at(line, "issue"), {"quantity": "2"})
        answer = vera.post(at(line, "return"), {"quantity": "1,5", "why": "Брак"}, follow=True)

        line.refresh_from_db()
        assert str(line.issued.normalize()) == "0.5"
        assert answer.status_code == 200

    def test_says_at_the_quantity_what_is_free(self, vera, line):
        Stock.objects.update(quantity=1)

        answer = vera.post(at(line, "reserve"), {"quantity": "3"})

        assert answer.status_code == 422
        assert "Основной — 1" in text(answer)
        assert 'value="3"' in text(answer)

    def test_is_expected_from_a_supplier(self, vera, line):
        vera.post(at(line, "expect"), {"ordered": "3", "expected_on": "2041-03-20"})

        line.refresh_from_db()
        assert (line.ordered, line.document.state) == (3, "in_supply")

    def test_has_its_codes(self, vera, line):
        code = "010460043993125621JgXJ5.T"

        vera.post(at(line, "codes"), {"codes": f"{code}\r\n\r\n"})
        answer = vera.post(at(line, "codes"), {"codes": f"{code}\nмусор"})

        assert MarkingCode.objects.get().code == code
        assert answer.status_code == 422
        assert "мусор" in text(answer)


class TestOrders:
    def test_show_each_line_with_what_can_be_done(self, vera, line, django_assert_max_num_queries):
        for _ in range(5):
            make.goods(line.document)
        with django_assert_max_num_queries(12):
            page = text(vera.get(f"/customers/{line.document.counterparty_id}/orders/"))

        assert at(line, "reserve") in page
        assert at(line, "issue") in page

    def test_offer_to_tell_the_client_when_everything_is_there(self, vera, line):
        vera.post(f"/documents/{line.document_id}/reserve/")

        page = text(vera.get(f"/customers/{line.document.counterparty_id}/orders/"))

        assert f"/write/?document={line.document_id}" in page

    def test_are_issued_at_once(self, vera, line):
        vera.post(f"/documents/{line.document_id}/reserve/")
        vera.post(f"/documents/{line.document_id}/issue/")

        line.document.refresh_from_db()
        assert line.document.state == "issued"

    def test_that_are_late_are_listed(self, vera, line):
        vera.post(at(line, "expect"), {"ordered": "3", "expected_on": make.day(-1).isoformat()})
        fine = make.goods(make.customer_order(state="approved"))

        page = text(vera.get("/stock/overdue/"))

        assert line.document.number in page
        assert fine.document.number not in page
        assert "просроч" in page

    def test_are_promised_for_another_day(self, vera, line):
        vera.post(f"/documents/{line.document_id}/expected/", {"expected_on": "2041-04-01"})

        line.document.customerorder.refresh_from_db()
        assert str(line.document.customerorder.expected_on) == "2041-04-01"


def test_a_document_shows_its_goods_and_movements(vera, line, django_assert_max_num_queries):
    vera.post(at(line, "issue"), {"quantity": "1"})

    with django_assert_max_num_queries(12):
        page = text(vera.get(f"/documents/{line.document_id}/stock/"))

    assert "GDB3548" in page
    assert at(line, "return") in page


class TestWarehouse:
    def test_finds_by_article_and_name(self, vera, shelf):
        make.stock(warehouse="Второй")

        page = text(vera.get("/stock/", {"q": "gdb35"}))

        assert "GDB3548" in page
        assert "Второй</td>" not in page

    def test_survives_nonsense(self, vera, shelf):
        assert vera.get("/stock/", {"q": "%", "warehouse": "x"}).status_code == 200

    def test_shows_what_moved(self, vera, line, shelf):
        vera.post(at(line, "issue"), {"quantity": "2"})

        page = text(vera.get(f"/stock/parts/{shelf.part_id}/"))

        assert line.document.number in page
        assert "-2" in page

    def test_counts_moves_and_writes_off(self, vera, shelf):
        key, other = uuid.uuid4(), make.stock(shelf.part, 0, warehouse="Второй")

        vera.post(f"/stock/{shelf.pk}/count/", {"seen": "5", "quantity": "4"})
        moved = {"to": other.warehouse_id, "quantity": "1", "key": key}
        for _ in range(2):
            vera.post(f"/stock/{shelf.pk}/transfer/", moved)
        gone = {"quantity": "1", "why": "Бой", "key": uuid.uuid4()}
        vera.post(f"/stock/{shelf.pk}/write-off/", gone)

        assert [s.quantity for s in Stock.objects.order_by("pk")] == [2, 1]


class TestReceipt:
    def given(self, shelf, **facts):
        paper = {"warehouse": shelf.warehouse_id, "paper": "УПД 17", "key": str(uuid.uuid4())}
        return paper | facts

    def test_is_typed_and_offered_to_who_waits(self, vera, shelf, line):
        Stock.objects.update(quantity=0)
        given = self.given(shelf, lines="gdb-35 48; 2")

        answer = vera.post("/stock/receipt/", given, follow=True)
        assert line.document.number in text(answer)
        vera.post(answer.request["PATH_INFO"], {"lines": [line.pk]})

        assert StockMovement.objects.latest("pk").paper == "УПД 17"
        assert Reserve.objects.get().quantity == 2

    def test_sent_twice_is_one(self, vera, shelf):
        given = self.given(shelf, lines="GDB3548;2")

        for _ in range(2):
            vera.post("/stock/receipt/", given)

        assert Stock.objects.get().quantity == 7

    @pytest.mark.parametrize("table", ["csv", "xlsx"])
    def test_is_read_from_a_file(self, vera, shelf, table):
        if table == "csv":
            data = "Артикул;Количество\nGDB3548;1,5\n".encode("cp1251")
        else:
            book, packed = Workbook(), io.BytesIO()
            book.active.append(["Артикул", "Количество"])
            book.active.append(["GDB3548", 1.5])
            book.save(packed)
            data = packed.getvalue()
        file = SimpleUploadedFile(f"in.{table}", data)

        vera.post("/stock/receipt/", self.given(shelf, file=file))

        assert str(Stock.objects.get().quantity.normalize()) == "6.5"

    @pytest.mark.parametrize(
        ("lines", "said"),
        [
            ("", "хотя бы"),
            ("НЕТ;1", "НЕТ"),
            ("GDB3548;много", "GDB3548"),
            ("GDB3548;-1", "GDB3548"),
        ],
    )
    def test_says_which_row_is_wrong_and_loses_nothing(self, vera, shelf, lines, said):
        answer = vera.post("/stock/receipt/", self.given(shelf, lines=lines))

        assert answer.status_code == 422
        assert said in text(answer)
        assert "УПД 17" in text(answer)
        assert Stock.objects.get().quantity == 5

    def test_of_a_broken_file_is_refused(self, vera, shelf):
        for name in ("in.xlsx", "in.csv"):
            file = SimpleUploadedFile(name, b"\x00\xff\x98nonsense")
            answer = vera.post("/stock/receipt/", self.given(shelf, file=file))
            assert answer.status_code == 422
