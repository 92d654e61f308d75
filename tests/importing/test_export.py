"""The base goes out into files, and comes back from them as it was."""

import datetime
import logging
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from armclients import importing
from armclients.importing.export_files import FILES
from armclients.importing.files import CATALOGUE
from armclients.importing.reading import Table
from customers.models import Counterparty, Event
from orders.models import Document, Payment
from tests import make
from tests.importing import filled
from tests.importing.conftest import SHOP

FILES_MD = Path(importing.__file__).with_name("FILES.md")
# An export begins a transaction of its own, to see one moment of the base.
pytestmark = pytest.mark.django_db(transaction=True)


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(directory.iterdir())}


def rows(directory: Path, name: str) -> list[dict[str, str]]:
    table = Table(directory / f"{name}.csv")
    return [dict(zip(table.header, cells, strict=True)) for _number, cells in table.rows()]


def forget_everything() -> None:
    """The base is as migrations left it."""
    call_command("flush", interactive=False, verbosity=0)


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
            header = Table(path).header
            assert Table(out / path.name).header[: len(header)] == header
        assert Table(out / "payments.csv").header[:4] == ["document", "date", "amount", "method"]

    def test_are_told_with_every_column(self):
        told = {}
        for line in FILES_MD.read_text().splitlines():
            if line.startswith("| ") and line.count("|") == 4:
                names, columns = (cell.split(", ") for cell in line.split("|")[1:3])
                told |= {name.strip(): [c.strip() for c in columns] for name in names}

        for form in CATALOGUE:
            columns = {name for cell in told[form.name] for name in cell.split(" or ")}
            assert {column.name for column in form.columns} <= {c.strip("*") for c in columns}
            assert set(form.required) <= {c.strip("*") for c in columns if c.startswith("**")}

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
        filled.shop()
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

        assert named == {"А": "0007", "Б": "[1c]0007", "В": f"[]{own.source_id}"}
        assert by_1c == {"А": "[import]0007", "Б": "0007", "В": f"[]{own.source_id}"}

    def test_lead_back_to_rows_of_every_source(self, bring, files, send):
        bring(files(customers="id,name\n0007,Б"), source="1c")
        make.client("В")
        out = send()
        Counterparty.objects.update(comment="позже")
        changed = (out / "customers.csv").read_text().replace("Б,", "Борис,")
        (out / "customers.csv").write_text(changed)

        ran = bring(out)

        assert (ran["customers"]["new"], ran["customers"]["changed"]) == (0, 2)
        found = Counterparty.objects.order_by("pk").values_list("source", "name")
        assert list(found) == [("1c", "Борис"), ("", "В")]

    def test_that_name_no_row_are_refused(self, bring, files):
        ran = bring(files(customers=f"id,name\n[1c],А\n[{'x' * 41}]1,Б\n[1c]{'x' * 101},В"))

        assert ran["customers"]["rejected"] == 3

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
        assert sorted(paid) == [
            ("orders:b", "10.00"),
            ("orders:b", "5.00"),
            ("orders:c", "10.00"),
        ]


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

        with pytest.raises(CommandError, match=r"analogs\.csv"):
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
        make.payment(None, 10)
        make.goods(make.customer_order(), vat_percent=13)
        err = StringIO()

        call_command("export_data", tmp_path / "out", stdout=StringIO(), stderr=err)

        assert "orders.csv" in err.getvalue()
        assert "payments.csv" in err.getvalue()
        assert "НДС" in err.getvalue()
        assert len(rows(tmp_path / "out", "orders")) == 1

    def test_the_server_log_knows_who_took_the_base(self, send, caplog):
        with caplog.at_level(logging.WARNING):
            out = send()

        assert str(out) in caplog.text
