"""Files of any usual make are read; what cannot be read is one sentence."""

import datetime
from pathlib import Path

import openpyxl
import pytest

from customers.models import Counterparty, DiscountCard
from orders.models import Part
from vehicles.models import OdometerReading

pytestmark = pytest.mark.django_db

TWO = "id,name,comment\n1,Ёлкин Пётр,Звонить\n2,Юрьев,\n"


class TestCsv:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
    def test_encodings(self, files, bring, encoding):
        ran = bring(files(encoding=encoding, customers=TWO))

        assert ran.status == 0
        assert Counterparty.objects.get(source_id="1").name == "Ёлкин Пётр"

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_delimiters(self, files, bring, delimiter):
        bring(files(customers=TWO.replace(",", delimiter)))

        assert Counterparty.objects.get(source_id="1").comment == "Звонить"

    def test_an_encoding_may_be_named(self, files, bring):
        bring(files(encoding="cp866", customers=TWO), encoding="cp866")

        assert Counterparty.objects.filter(name="Юрьев").exists()

    def test_quotes_lines_and_delimiters_in_cells(self, files, bring):
        bring(
            files(
                customers='name;id;comment\r\n"ООО ""Лёд; снег""";1;"Первая\nвторая"\r\n'
                "\r\nПлохов;2;\r\n"
            )
        )

        ice = Counterparty.objects.get(source_id="1")
        assert ice.name == 'ООО "Лёд; снег"'
        assert ice.comment == "Первая\nвторая"
        assert Counterparty.objects.count() == 2

    def test_column_names_in_any_order_and_case_with_blanks_around_cells(self, files, bring):
        bring(files(customers="Name , ID\n  Иванов  , 7 \n"))

        assert Counterparty.objects.get(source_id="7").name == "Иванов"

    def test_dates_money_and_booleans_as_people_write_them(self, files, bring):
        ran = bring(
            files(
                customers="id,name,created_at\n1,А,31.01.2024 9:05\n2,Б,2024-01-31T09:05:00Z",
                contacts="customer,kind,value,primary\n1,mobile,1,Да\n2,mobile,2,TRUE\n2,work,3,нет",
                cards='number,customer,percent,valid_from\n1,1,"7,50",01.02.2024\n2,2,3.5,2024-02-01',
                parts='id,article,name,price\n1,a,b,"12 345,60"\n2,a,b,1.49E+4\n3,a,b,0012',
            )
        )

        assert ran.status == 0, ran.complained
        first, second = Counterparty.objects.order_by("source_id")
        assert second.created_at - first.created_at == datetime.timedelta(hours=3)
        assert first.contacts.get().is_primary
        assert second.contacts.get(kind="mobile").is_primary
        assert DiscountCard.objects.get(number="1").valid_from == datetime.date(2024, 2, 1)
        prices = Part.objects.order_by("source_id").values_list("price", flat=True)
        assert [str(price) for price in prices] == ["12345.60", "14900.00", "12.00"]


class TestWorkbook:
    def write(self, directory: Path, name: str, rows: list[list[object]]) -> Path:
        directory.mkdir(exist_ok=True)
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(directory / f"{name}.xlsx")
        return directory

    def test_typed_cells(self, tmp_path, bring):
        directory = tmp_path / "excel"
        moment = datetime.datetime(2024, 1, 31, 9, 30)
        self.write(
            directory,
            "customers",
            [
                ["id", "name", "inn", "created_at"],
                [1.0, "Зубков", 7712334545, moment],
                ["007", 42, None, None],
            ],
        )
        self.write(
            directory,
            "vehicles",
            [["id", "model", "year", "vin"], [10, 3, 2005.0, "NMTBM28E80R058037"]],
        )
        self.write(
            directory,
            "odometer",
            [["vehicle", "taken_on", "km"], [10, datetime.datetime(2024, 1, 31), 1000.0]],
        )
        self.write(
            directory,
            "cards",
            [["number", "customer", "percent"], [1e15, "1", 0.1 + 0.2], ["000012", 1, 5]],
        )
        self.write(
            directory,
            "contacts",
            [["customer", "kind", "value", "primary"], [1, "mobile", 79084944434, True]],
        )

        ran = bring(directory)

        assert ran.status == 0, ran.complained
        assert Counterparty.objects.get(source_id="1").inn == "7712334545"
        assert Counterparty.objects.get(source_id="1").created_at.hour == 6
        assert Counterparty.objects.get(source_id="007").name == "42"
        assert OdometerReading.objects.get().taken_on == datetime.date(2024, 1, 31)
        assert sorted(DiscountCard.objects.values_list("number", flat=True)) == [
            "000012",
            "1000000000000000",
        ]
        assert str(DiscountCard.objects.get(number="1000000000000000").percent_goods) == "0.30"
        assert Counterparty.objects.get(source_id="1").contacts.get().value == "79084944434"

    def test_errors_name_the_workbook_and_its_row(self, tmp_path, bring):
        directory = self.write(
            tmp_path / "excel", "customers", [["id", "name"], [1, "А"], [None, None], [2, None]]
        )

        ran = bring(directory)

        assert "customers.xlsx" in ran.complained
        assert " 4" in ran.complained
        assert not Counterparty.objects.exists()


class TestRefusals:
    """Each in one sentence, with exit status 1 and nothing imported."""

    def refused(self, ran, *words: str) -> None:
        assert ran.status == 1
        assert not ran.counts
        assert len(ran.complained.splitlines()) == 1
        for word in words:
            assert word in ran.complained
        assert not Counterparty.objects.exists()

    def test_no_such_directory(self, tmp_path, bring):
        self.refused(bring(tmp_path / "nowhere"), "nowhere")

    def test_a_file_instead_of_a_directory(self, shop, bring):
        self.refused(bring(shop / "users.csv"), "users.csv")

    def test_no_known_file(self, files, bring):
        self.refused(bring(files(clients="id\n1")), "customers.csv")

    def test_an_unknown_column(self, files, bring):
        self.refused(
            bring(files(customers="id,name,colour\n1,А,red")),
            "customers.csv",
            "colour",
            "full_name",
        )

    def test_a_column_twice(self, files, bring):
        self.refused(bring(files(customers="id,name,id\n1,А,2")), "customers.csv", "id")

    def test_a_missing_column(self, files, bring):
        self.refused(bring(files(customers="id,full_name\n1,А")), "customers.csv", "name")

    @pytest.mark.parametrize("text", ["", "\n\n", ",,\n"])
    def test_an_empty_file(self, files, bring, text):
        self.refused(bring(files(customers=text)), "customers.csv")

    def test_a_workbook_that_is_none(self, tmp_path, bring):
        (tmp_path / "customers.xlsx").write_bytes(b"id,name\n1,A\n")

        self.refused(bring(tmp_path), "customers.xlsx")

    def test_both_kinds_of_a_file(self, files, bring):
        directory = files(customers="id,name\n1,А")
        openpyxl.Workbook().save(directory / "customers.xlsx")

        self.refused(bring(directory), "customers.csv", "customers.xlsx")

    def test_a_quote_that_never_ends(self, files, bring):
        self.refused(bring(files(customers='id,name\n1,А\n2,"Б\n3,В')), "customers.csv", "3")

    def test_an_unknown_encoding(self, files, bring):
        self.refused(bring(files(customers=TWO), encoding="martian"), "martian")

    def test_a_source_without_a_name(self, files, bring):
        self.refused(bring(files(customers=TWO), source=""))

    def test_a_report_that_cannot_be_written(self, files, tmp_path):
        from django.core.management import CommandError, call_command

        with pytest.raises(CommandError, match="nowhere"):
            call_command(
                "import_data",
                files(customers=TWO),
                report=tmp_path / "nowhere" / "report.json",
                verbosity=0,
            )


class TestDamage:
    def test_bytes_that_are_not_utf8_name_their_row(self, tmp_path, bring):
        text = "id,name\n1,Алексей Зубков\n2,Иван Иванов\n".encode()
        (tmp_path / "customers.csv").write_bytes(text.replace("Ива".encode(), b"\xff\xfe", 1))

        ran = bring(tmp_path)

        assert ran.status == 1
        assert "customers.csv" in ran.complained
        assert "name" in ran.complained
        assert ran["customers"]["rejected"] == 1

    def test_bytes_that_are_not_cp1251_name_their_row(self, tmp_path, bring):
        text = "id;name\n1;Алексей\n2;Иван\n".encode("cp1251")
        (tmp_path / "customers.csv").write_bytes(
            text.replace("Ив".encode("cp1251"), b"\x98\xc8", 1)
        )

        ran = bring(tmp_path, skip_bad=True)

        assert ran.status == 1
        assert ran["customers"] == {
            "read": 2,
            "new": 1,
            "changed": 0,
            "unchanged": 0,
            "rejected": 1,
        }
        assert (tmp_path / "rejected" / "customers.csv").exists()

    @pytest.mark.parametrize("cell", ["А\0Б", "А" * 201, "А" * 5000])
    def test_cells_no_column_can_hold(self, files, bring, cell):
        ran = bring(files(customers=f"id,name\n1,{cell}\n2,Б"))

        assert ran.status == 1
        assert "customers.csv" in ran.complained
        assert "name" in ran.complained
        assert len(ran.complained) < 500

    def test_more_cells_than_columns(self, files, bring):
        ran = bring(files(customers="id,name\n1,А,,\n2,Б,лишнее"), skip_bad=True)

        assert ran["customers"]["rejected"] == 1
