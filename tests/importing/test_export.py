"""The base goes out into files, and comes back from them as it was."""

import datetime
import logging
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from armclients.demo import shop
from armclients.importing.export_files import FILES
from armclients.importing.files import CATALOGUE
from armclients.importing.reading import Table
from customers.models import Counterparty, Event
from orders.models import Document, OpeningBalance, Payment, StateChange
from orders.queries import settlements
from tests import make
from vehicles.models import OdometerReading

# An export begins a transaction of its own, to see one moment of the base.
pytestmark = pytest.mark.django_db(transaction=True)

SHOP = Path(__file__).parent.parent / "samples" / "shop"
OMSK = ZoneInfo("Asia/Omsk")


@pytest.fixture
def send(tmp_path):
    """Runs `export_data` as from the shell; gives the directory."""

    def run(folder: str = "out", **options) -> Path:
        call_command("export_data", tmp_path / folder, stdout=StringIO(), **options)
        return tmp_path / folder

    return run


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(directory.iterdir())}


def rows(directory: Path, name: str) -> list[dict[str, str]]:
    table = Table(directory / f"{name}.csv")
    return [dict(zip(table.header, cells, strict=True)) for _number, cells in table.rows()]


def read(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def forget_everything() -> None:
    """The base is as migrations left it."""
    call_command("flush", interactive=False, verbosity=0)


def seen() -> dict[str, list]:
    """What the screens are made of, without keys: search rows, money, stock, states, vehicles."""
    names = dict(read("SELECT id, username FROM armclients_user"))
    money = Counterparty.objects.annotate(
        debt=settlements.debt_on_open_work_orders(),
        owed=settlements.receivable(),
        ahead=settlements.advance(),
    )
    return {
        "search": [
            (*row, sorted(str(names.get(tag, tag)) for tag in tags))
            for *row, tags in read(
                "SELECT name_key, names, contacts, vehicles, tags FROM armclients_searchcard"
                " ORDER BY name_key, customer_id"
            )
        ],
        "money": list(
            money.order_by("pk").values_list("name", "debt", "owed", "ahead", "attention")
        ),
        "stock": read(
            """SELECT p.article, w.name, s.quantity, s.reserved FROM orders_stock s
                 JOIN orders_part p ON p.id = s.part_id
                 JOIN orders_warehouse w ON w.id = s.warehouse_id ORDER BY s.id"""
        ),
        "documents": read(
            """SELECT kind, number, date, state, total, paid, due, is_open FROM orders_document
                ORDER BY kind, id"""
        ),
        "slots": read(
            """SELECT d.number, date_trunc('second', s.start_at), s.is_held, b.name
                 FROM orders_slot s JOIN orders_document d ON d.id = s.request_id
                 LEFT JOIN orders_bay b ON b.id = s.bay_id ORDER BY s.id"""
        ),
        "vehicles": read(
            """SELECT v.vin, v.lookup, v.is_owned, p.number, p.since, p.until
                 FROM vehicles_vehicle v LEFT JOIN vehicles_vehicleplate p ON p.vehicle_id = v.id
                ORDER BY v.id, p.id"""
        ),
        "owners": read(
            """SELECT v.lookup, c.name, o.role, o.since, o.until FROM vehicles_vehicleownership o
                 JOIN vehicles_vehicle v ON v.id = o.vehicle_id
                 JOIN customers_counterparty c ON c.id = o.counterparty_id ORDER BY o.id"""
        ),
        "mileage": read(
            """SELECT v.lookup, r.taken_on, r.km, d.number FROM vehicles_odometerreading r
                 JOIN vehicles_vehicle v ON v.id = r.vehicle_id
                 LEFT JOIN orders_document d ON d.id = r.document_id ORDER BY 1, 2"""
        ),
    }


def own_rows() -> None:
    """One of everything that the shop may have entered by hand, and some that are odd."""
    anna = make.user("mira", role="advisor", full_name='Мира "Мышь"', phone_line="17")
    omsk = make.branch("Омск", prefix="О-", timezone="Asia/Omsk")
    client = make.client(
        "Петров, «Пётр»",
        full_name='ООО "Две\r\nстроки"',
        manager=anna,
        comment="раз;\nдва",
        attention="warning",
        price_type_goods=make.price_type("Особая"),
    )
    firm = make.client("Плательщик", legal_form="company")
    make.contact(client, is_primary=True)
    make.contact(client, kind="telegram", value="@petrov", person="сын")
    make.card(client, percent_goods=5, percent_works=5)
    make.event(client, manager=anna, subject="Позвонить", processed_at=None)
    car = make.vehicle(client, vin="XTA21099012345678")
    make.plate_of(car, "Р111РР55", until=make.day(-10))
    make.plate_of(car, "Р222РР55", since=make.day(-10))
    make.ownership(car, firm, role="payer")
    make.odometer(car, 1000, taken_on=make.day(-5))
    nameless = make.vehicle(model=None)
    make.event(vehicle=nameless)
    # A clock that was put back shows this hour twice.
    twice = datetime.datetime(2014, 10, 25, 19, 30, tzinfo=datetime.UTC)
    request = make.request(
        client,
        payer=client,
        slot=twice,
        bay=make.bay("Яма", branch=omsk),
        branch=omsk,
        vehicle=car,
        number="О-9",
    )
    make.request(customer_text="Сосед", state="", operation="plan", branch=omsk)
    make.payment(request, 50)
    pads = make.part("КОЛ-1", price=None)
    shelf = make.stock(pads, 9)
    order = make.customer_order(
        client, payer=client, branch=omsk, date=datetime.date(2018, 5, 1), state="arrived"
    )
    make.reserve(
        make.goods(order, pads, quantity=3, vat_percent=18, warehouse=shelf.warehouse), 2, of=shelf
    )
    job = make.work_order(
        client,
        payer=firm,
        branch=omsk,
        vehicle=car,
        request=request,
        state="completed",
        master=anna,
        mileage_km=1200,
        planned_handover_at=datetime.datetime(2041, 3, 12, 18, tzinfo=OMSK),
    )
    OdometerReading.objects.create(vehicle=car, taken_on=make.TODAY, km=1200, document=job)
    make.work(job, performer=anna, vat_percent=None)
    make.goods(job, pads, position=2, warehouse=shelf.warehouse)
    for amount, facts in ((900, {"method": "card"}), (900, {"method": "card"}), (100, {})):
        make.payment(job, amount, counterparty=firm, **facts)
    make.payment(job, 300, counterparty=firm, direction="out")
    make.payment(make.work_order(client, branch=omsk, total=700, state="closed"), 10)
    make.payment(None, 444, counterparty=firm)
    OpeningBalance.objects.create(counterparty=client, amount=5000)


class TestThereAndBack:
    def test_the_sample_shop_and_own_rows_are_the_same_base(self, bring, send):
        assert bring(SHOP).status == 0
        with transaction.atomic():
            own_rows()
        # The day of a payment made by hand on a document that has one from the column `paid`.
        make.payment(Document.objects.get(source_id="order-2"), 30)
        before, first = seen(), send("first")

        forget_everything()
        ran = bring(first)
        assert ran.status == 0, ran.complained
        after, second = seen(), send("second")

        assert after == before
        assert contents(second) == contents(first)
        assert not StateChange.objects.exists()

        ran = bring(second)
        assert all(count["unchanged"] == count["read"] for count in ran.counts.values())

    @pytest.mark.slow
    def test_the_demo_shop_is_the_same_base(self, bring, send, tmp_path):
        for write in (shop.write, shop.write_day):
            write(tmp_path / write.__name__, today=make.TODAY)
            assert bring(tmp_path / write.__name__, source="demo").status == 0
        before, first = seen(), send("first")

        forget_everything()
        ran = bring(first)

        assert ran.status == 0, ran.complained
        assert seen() == before
        assert contents(send("second")) == contents(first)


class TestOddRows:
    def test_what_is_no_vin_comes_back_as_a_body_number(self, bring, send):
        make.vehicle(vin="№ 12-34", model=None)
        make.vehicle(vin="JZX100-6012345678901", body_number="17", model=None)
        first = send("first")

        assert [(row["vin"], row["body_number"]) for row in rows(first, "vehicles")] == [
            ("", "№ 12-34"),
            ("", "17"),
        ]
        forget_everything()
        assert bring(first).status == 0


class TestFiles:
    def test_have_the_columns_of_those_that_come_in(self):
        for form, select in zip(CATALOGUE, FILES, strict=True):
            assert form.name == select.name
            assert {column.name for column in form.columns} == set(select.cells), form.name

    def test_are_headed_as_the_shop_writes_them(self, send):
        out = send()

        for path in SHOP.iterdir():
            assert Table(out / path.name).header == Table(path).header
        assert Table(out / "payments.csv").header == ["document", "date", "amount", "method"]

    def test_end_their_lines_as_the_standard_wants(self, send):
        make.client("Две\nстроки, «и запятая»")

        text = (send() / "customers.csv").read_bytes()

        assert text.count(b"\r\n") == 2
        assert '"Две\nстроки, «и запятая»"'.encode() in text

    def test_are_for_nobody_else(self, send):
        out = send()

        assert out.stat().st_mode & 0o777 == 0o700
        assert (out / "customers.csv").stat().st_mode & 0o777 == 0o600

    def test_hold_what_they_require(self, bring, send):
        bring(SHOP)
        own_rows()
        make.part(name="", article="")
        out = send()

        for form in CATALOGUE:
            for row in rows(out, form.name):
                assert all(row[name] for name in form.required), (form.name, row)


class TestIdentifiers:
    def test_are_those_of_the_source_and_our_own_elsewhere(self, bring, files, send):
        bring(files(customers="id,name\n0007,А"))
        bring(files(customers="id,name\n0007,Б"), source="1c")
        own = make.client("В")

        named = {row["name"]: row["id"] for row in rows(send(), "customers")}
        by_1c = {row["name"]: row["id"] for row in rows(send("1c", source="1c"), "customers")}

        first, second = Counterparty.objects.filter(source_id="0007").order_by("pk")
        assert named == {"А": "0007", "Б": f"arm-{second.pk}", "В": f"arm-{own.pk}"}
        assert by_1c == {"А": f"arm-{first.pk}", "Б": "0007", "В": f"arm-{own.pk}"}

    def test_never_meet_those_that_another_base_exported(self, files, bring, send):
        own = make.client("Свой")
        bring(files(customers=f"id,name\narm-{own.pk},Чужой"))

        named = {row["name"]: row["id"] for row in rows(send(), "customers")}

        assert named == {"Свой": f"arm2-{own.pk}", "Чужой": f"arm-{own.pk}"}

    def test_two_documents_called_the_same_keep_their_payments(self, files, bring, send):
        head = "id,customer,date,state,paid\n"
        bring(
            files(
                customers="id,name\n1,А",
                orders=f"{head}7,1,2024-01-01,new,",
                work_orders=f"{head}7,1,2024-01-01,closed,100",
                payments="document,date,amount\norders:7,2024-01-02,50",
            )
        )

        out = send()

        assert rows(out, "work_orders")[0]["paid"] == "100.00"
        assert [row["document"] for row in rows(out, "payments")] == ["orders:7"]


class TestMoney:
    def test_the_column_paid_is_for_its_own_payment_alone(self, files, bring, send):
        bring(
            files(
                customers="id,name\n1,А",
                orders="id,customer,date,state,paid\na,1,2024-01-01,new,10\nb,1,2024-01-01,new,10\n"
                "c,1,2024-01-01,new,10\n",
            )
        )
        make.payment(Document.objects.get(source_id="b"), 5)
        Payment.objects.filter(document__source_id="c").update(method="card")

        out = send()

        assert [row["paid"] for row in rows(out, "orders")] == ["10.00", "", ""]
        paid = [(row["document"], row["amount"]) for row in rows(out, "payments")]
        assert sorted(paid) == [("b", "10.00"), ("b", "5.00"), ("c", "10.00")]


class TestMoments:
    def test_are_those_of_the_branch_or_say_their_offset(self, send):
        make.branch(timezone="Europe/Moscow")
        make.event(occurred_at=datetime.datetime(2024, 5, 1, 6, 30, 5, tzinfo=datetime.UTC))
        omsk = make.branch("Омск", timezone="Asia/Omsk")
        make.request(make.client(), branch=omsk, slot=make.at(11))

        out = send()

        assert rows(out, "events")[0]["occurred_at"] == "2024-05-01 09:30:05+03:00"
        assert rows(out, "requests")[0]["start"] == f"{make.TODAY} 14:00:00"
        assert Event.objects.count() == 1


class TestRefusals:
    def test_files_that_are_there_stay_unless_told(self, send, tmp_path):
        out = send()
        (out / "customers.csv").write_text("мои")
        (out / "stock.xlsx").write_text("мои")

        with pytest.raises(CommandError, match=r"balances\.csv"):
            send()
        assert (out / "customers.csv").read_text() == "мои"

        send(overwrite=True)
        assert (out / "customers.csv").read_text().startswith("id,")
        assert not (out / "stock.xlsx").exists()

    def test_a_place_that_cannot_be_written_is_a_sentence(self, tmp_path):
        (tmp_path / "taken").write_text("")

        with pytest.raises(CommandError, match="taken"):
            call_command("export_data", tmp_path / "taken")

    def test_an_export_that_fails_leaves_what_was_there(self, send, monkeypatch):
        out = send()
        before = contents(out)
        make.client()

        def full(*_args):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("armclients.importing.exporting.left_out", full)
        with pytest.raises(CommandError, match="No space left"):
            send(overwrite=True)

        assert contents(out) == before


class TestWhatIsSaid:
    def test_rows_without_a_place_are_told(self, tmp_path):
        order = make.customer_order(make.client())
        Document.objects.filter(pk=order.pk).update(counterparty=None)
        make.work(make.customer_order(make.client()))
        err = StringIO()

        call_command("export_data", tmp_path / "out", stdout=StringIO(), stderr=err)

        assert "orders.csv" in err.getvalue()
        assert "order_lines.csv" in err.getvalue()
        assert len(rows(tmp_path / "out", "orders")) == 1

    def test_the_server_log_knows_who_took_the_base(self, send, caplog):
        with caplog.at_level(logging.WARNING):
            out = send()

        assert str(out) in caplog.text
