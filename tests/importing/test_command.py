"""`import_data` as its user meets it: all or nothing, rejects, dry run, report, one at a time."""

import csv
import threading

import psycopg
import pytest
from django.db import connection

from armclients.importing import runner
from customers.models import Contact, Counterparty
from vehicles.models import Vehicle

pytestmark = pytest.mark.django_db

CUSTOMERS = "id,name\n1,Зубков\n2,Иванов\n"
BAD_VIN = "id,model,vin\nv1,COROLLA,NMTBM28E80R058037\nv2,MARK II,ВИН №12345/67890 не читается\n"
CONTACTS = "customer;kind;value\n1;mobile;+7 908 4944434\n9;mobile;+7 908 0000000\n"


@pytest.fixture
def messy(files):
    """A bad VIN, an unknown client, and a file in cp1251 with semicolons."""
    directory = files(customers=CUSTOMERS, vehicles=BAD_VIN)
    return files(encoding="cp1251", contacts=CONTACTS) and directory


class TestAllOrNothing:
    def test_one_bad_row_keeps_everything_out(self, messy, bring):
        ran = bring(messy)

        assert ran.status == 1
        assert not Counterparty.objects.exists()
        assert not Vehicle.objects.exists()
        assert not (messy / "rejected").exists()

    def test_messages_name_file_row_column_and_value(self, messy, bring):
        lines = bring(messy).complained.splitlines()

        vin = next(line for line in lines if "vehicles.csv" in line)
        unknown = next(line for line in lines if "contacts.csv" in line)
        assert "3" in vin
        assert "vin" in vin
        assert "«ВИН №12345/67890 не читается»" in vin
        assert "3" in unknown
        assert "customer" in unknown
        assert "«9»" in unknown

    def test_all_errors_of_a_row_are_told(self, files, bring):
        ran = bring(files(customers="id,name,kind,manager,created_at\n1,,friend,nobody,soon"))

        assert len([line for line in ran.complained.splitlines() if "customers.csv" in line]) == 4

    def test_twenty_errors_a_file_and_how_many_more(self, files, bring):
        ran = bring(files(customers="id,name\n" + "".join(f"{i},\n" for i in range(50))))

        lines = [line for line in ran.complained.splitlines() if line.startswith("customers.csv")]
        assert len(lines) == 21
        assert "30" in lines[-1]
        assert ran["customers"] == {
            "read": 50,
            "new": 0,
            "changed": 0,
            "unchanged": 0,
            "rejected": 50,
        }

    def test_a_row_twice(self, files, bring):
        ran = bring(files(customers="id,name\n1,А\n2,Б\n1,В"))

        assert "customers.csv" in ran.complained
        assert ran["customers"]["rejected"] == 1


class TestSkipBad:
    def test_good_rows_land_and_bad_ones_are_put_aside(self, messy, bring):
        ran = bring(messy, skip_bad=True)

        assert ran.status == 1
        assert Counterparty.objects.count() == 2
        assert Vehicle.objects.get().source_id == "v1"
        assert Contact.objects.get().counterparty.name == "Зубков"
        assert ran["contacts"] == {"read": 2, "new": 1, "changed": 0, "unchanged": 0, "rejected": 1}

    def test_rejects_are_what_excel_opens(self, messy, bring):
        bring(messy, skip_bad=True)

        path = messy / "rejected" / "contacts.csv"
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, delimiter=";"))
        assert rows[0] == ["customer", "kind", "value", "row", "error"]
        assert rows[1][:4] == ["9", "mobile", "+7 908 0000000", "3"]
        assert rows[1][4].startswith("customer: ")
        assert not (messy / "rejected" / "customers.csv").exists()

    def test_mended_rejects_come_in(self, messy, bring):
        bring(messy, skip_bad=True)
        for name, wrong, right in (
            ("contacts", "9;", "2;"),
            ("vehicles", "ВИН №12345/67890 не читается", ""),
        ):
            path = messy / "rejected" / f"{name}.csv"
            path.write_text(path.read_text("utf-8-sig").replace(wrong, right, 1), "utf-8-sig")

        ran = bring(messy / "rejected")

        assert ran.status == 0, ran.complained
        assert Contact.objects.get(counterparty__name="Иванов").value == "+7 908 0000000"
        assert Vehicle.objects.count() == 2

    def test_rejects_of_an_earlier_run_go(self, messy, bring, files):
        bring(messy, skip_bad=True)

        files(contacts="customer,kind,value\n1,mobile,1", vehicles="id,model\nv1,COROLLA")
        ran = bring(messy, skip_bad=True)

        assert ran.status == 0
        assert not (messy / "rejected").exists()

    def test_what_refers_to_a_rejected_row_is_rejected(self, files, bring):
        directory = files(
            customers="id,name\n1,\n2,Б",
            contacts="customer,kind,value\n1,mobile,1\n2,mobile,2",
            orders="id,customer,date,state\no1,1,2024-01-01,new",
            order_lines="order,part,quantity\no1,p,1",
            parts="id,article,name\np,a,b",
        )

        ran = bring(directory, skip_bad=True)

        assert ran["contacts"]["new"] == 1
        assert ran["orders"]["rejected"] == 1
        assert ran["order_lines"]["rejected"] == 1

    def test_unless_the_database_has_it(self, files, bring):
        bring(files(customers=CUSTOMERS))

        ran = bring(
            files(customers="id,name\n1,\n", contacts="customer,kind,value\n1,mobile,1"),
            skip_bad=True,
        )

        assert ran["contacts"]["new"] == 1
        assert Counterparty.objects.get(source_id="1").name == "Зубков"

    def test_a_document_keeps_its_lines_together(self, files, bring):
        directory = files(
            customers=CUSTOMERS,
            parts="id,article,name,price\np,a,b,10",
            orders="id,customer,date,state\no1,1,2024-01-01,new\no2,2,2024-01-01,new",
            order_lines="order,part,quantity\no1,p,1\no1,p,много\no2,p,1",
        )

        ran = bring(directory, skip_bad=True)

        assert ran["orders"]["new"] == 2
        assert ran["order_lines"] == {
            "read": 3,
            "new": 1,
            "changed": 0,
            "unchanged": 0,
            "rejected": 2,
        }


class TestDryRun:
    def test_says_what_would_happen_and_changes_nothing(self, shop, bring, versions):
        before = versions()

        ran = bring(shop, dry_run=True)

        assert ran.status == 0
        assert ran["customers"]["new"] == 6
        assert versions() == before

    def test_leaves_no_rejects(self, messy, bring):
        ran = bring(messy, dry_run=True, skip_bad=True)

        assert ran.status == 1
        assert ran["contacts"]["new"] == 1
        assert not Counterparty.objects.exists()
        assert not (messy / "rejected").exists()


class TestQuiet:
    def test_says_nothing_when_asked_to(self, shop, bring):
        ran = bring(shop, verbosity=0)

        assert (ran.said, ran.complained) == ("", "")

    def test_no_progress_bar_where_nobody_looks(self, shop, bring, capsys):
        ran = bring(shop)

        assert len(ran.said.splitlines()) == 18
        assert capsys.readouterr() == ("", "")


class TestWarnings:
    def test_a_doubtful_vin_is_kept_with_a_word_about_it(self, files, bring):
        ran = bring(files(vehicles="id,vin\n1,XTA2109\n2,XTA210930O1234567\n3,NMTBM28E80R058037"))

        assert ran.status == 0
        assert Vehicle.objects.count() == 3
        assert "«XTA2109»" in ran.complained
        assert "«XTA210930O1234567»" in ran.complained
        assert "NMTBM" not in ran.complained


class TestAmongOthers:
    @pytest.mark.django_db(transaction=True)
    def test_two_imports_do_not_run_at_once(self, files, bring):
        with psycopg.connect(**connection_arguments()) as other:
            other.execute("SELECT pg_advisory_xact_lock(%s)", [runner.IMPORT_LOCK])

            ran = bring(files(customers=CUSTOMERS))

        assert ran.status == 1
        assert len(ran.complained.splitlines()) == 1
        assert not Counterparty.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_readers_are_never_stopped(self, files, bring, shop, monkeypatch):
        seen = []
        derive = runner.derive

        def look(params):
            derive(params)
            with psycopg.connect(**connection_arguments()) as other:
                other.execute("SET lock_timeout = '2s'")
                tables = ("customers_counterparty", "orders_document", "armclients_searchcard")
                seen.extend(
                    other.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables
                )

        monkeypatch.setattr(runner, "derive", look)

        assert bring(shop).status == 0
        assert seen == [0, 0, 0]

    @pytest.mark.django_db(transaction=True)
    def test_a_promise_broken_by_somebody_else_is_one_sentence(self, files, bring, monkeypatch):
        directory = files(
            customers=CUSTOMERS,
            cards="number,customer\n77,1",
            contacts="customer,kind,value\n1,fax,1",
        )
        bring(files(folder="before", customers=CUSTOMERS))
        merge = runner.merge

        def too_late(form, params):
            if form.name == "cards":
                intruder = threading.Thread(target=take_the_number)
                intruder.start()
                intruder.join()
            merge(form, params)

        monkeypatch.setattr(runner, "merge", too_late)

        ran = bring(directory)

        assert ran.status == 1
        assert len(ran.complained.splitlines()) == 1
        assert "cards.csv" in ran.complained
        assert "number" in ran.complained
        assert not Contact.objects.exists()


def take_the_number() -> None:
    with psycopg.connect(**connection_arguments()) as other:
        other.execute(
            "INSERT INTO customers_discountcard (number, holder_id, percent_goods, percent_works)"
            " SELECT '77', id, 1, 1 FROM customers_counterparty LIMIT 1"
        )


def connection_arguments() -> dict[str, object]:
    arguments = connection.get_connection_params()
    return {key: arguments[key] for key in ("dbname", "user", "host", "port") if key in arguments}


class TestScale:
    def test_twenty_thousand_clients_in_seconds_by_as_many_statements_as_ten(
        self, tmp_path, bring, statements
    ):
        counted = []
        for size in (10, 20_000):
            directory = tmp_path / str(size)
            directory.mkdir()
            (directory / "customers.csv").write_text(
                "id,name\n" + "".join(f"{i},Клиент {i}\n" for i in range(size))
            )
            (directory / "contacts.csv").write_text(
                "customer,kind,value\n"
                + "".join(f"{i},mobile,+7 900 {i:07}\n" for i in range(size))
            )
            with statements() as sql:
                ran = bring(directory, source=str(size))
            assert ran["contacts"]["new"] == size
            # Small imports leave the planner's knowledge as it is.
            counted.append(len([statement for statement in sql if "ANALYZE" not in statement]))

        assert counted[1] <= counted[0] + 1  # the first run's tables are dropped
