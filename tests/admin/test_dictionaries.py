"""Dictionaries leave for a table program and come back."""

import datetime
import html
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from armclients.kit.dictionaries import admin as exchange
from armclients.kit.dictionaries import formats
from customers.models import PriceType
from orders.models import Bay, Branch, Part, RepairKind, VatRate, Warehouse
from tests import make
from tests.admin.test_pages import page
from vehicles.models import Make, VehicleModel

CSV, XLSX = 0, 1
ALL = [Bay, Branch, Make, Part, PriceType, RepairKind, VatRate, VehicleModel, Warehouse]


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "dictionaries"


@pytest.fixture
def full(db):
    """A dictionary of each kind has an entry."""
    make.bay()
    make.model()
    make.part("45022-S9A", manufacturer="HONDA", price="310.50")
    make.price_type()
    make.repair_kind()
    make.stock()


def exported(browser, model, form=CSV):
    answer = browser.post(page(model, "export"), {"format": form, "resource": "0"})
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return answer.content


def tried(browser, model, content, form=CSV):
    content = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile("table.xlsx" if form else "table.csv", content)
    return browser.post(
        page(model, "import"), {"import_file": file, "format": form, "resource": "0"}
    )


def imported(browser, model, content, form=CSV):
    """Tried, and confirmed as the page offers it."""
    shown = tried(browser, model, content, form)
    confirm = shown.context["confirm_form"]
    return browser.post(page(model, "process_import"), confirm.initial)


def kinds(shown):
    return [row.import_type for row in shown.context["result"].rows]


@pytest.mark.parametrize("form", [CSV, XLSX])
@pytest.mark.parametrize("model", ALL)
def test_what_went_out_comes_back_unchanged(admin_client, full, model, form):
    shown = tried(admin_client, model, exported(admin_client, model, form), form)

    assert shown.status_code == 200
    assert set(kinds(shown)) == {"skip"}
    assert shown.context["confirm_form"]


def test_headings_are_those_of_the_screen(admin_client, full):
    headings, *rows = exported(admin_client, Part).decode("utf-8-sig").splitlines()

    names = [Part._meta.get_field(name).verbose_name for name in ("article", "manufacturer")]
    assert headings.casefold().split(";")[:2] == [name.casefold() for name in names]
    assert any(row.startswith("45022-S9A;HONDA;") for row in rows)


def test_a_workbook_has_a_sheet_of_them(admin_client, full):
    sheet = load_workbook(io.BytesIO(exported(admin_client, Make, XLSX))).active

    assert [[cell.value for cell in row] for row in sheet.rows][1:] == [["TOYOTA"]]


def test_nothing_is_written_before_the_confirmation(admin_client, db):
    shown = tried(admin_client, RepairKind, "name\nСлесарный ремонт\n")

    assert kinds(shown) == ["new"]
    assert not RepairKind.objects.exists()


def test_confirmed_it_is_written(admin_client, db, shelf):
    answer = imported(admin_client, RepairKind, "name\nСлесарный ремонт\nКузовной ремонт\n")

    assert answer.status_code == 302
    assert RepairKind.objects.count() == 2
    assert list(shelf.iterdir()) == []


def test_a_row_is_found_again_without_regard_to_case(admin_client, db):
    part = make.part("45022-s9a", manufacturer="Honda", price=100)

    imported(
        admin_client, Part, "article;manufacturer;name;price\n45022-S9A;HONDA;Колодки;1 310,50\n"
    )

    part.refresh_from_db()
    assert (str(part.price), part.name) == ("1310.50", "Колодки")
    assert Part.objects.count() == 1


def test_cp1251_is_read_too(admin_client, db):
    imported(admin_client, Make, "name\nВАЗ\n".encode("cp1251"))

    assert Make.objects.get().name == "ВАЗ"


def test_what_a_table_program_makes_of_cells(admin_client, db):
    book = Workbook()
    book.active.append(["percent", "valid_from", "is_standard", None])
    book.active.append([25.0, datetime.datetime(2042, 1, 1), "да", None])
    book.active.append([None, None, None, None])
    file = io.BytesIO()
    book.save(file)

    imported(admin_client, VatRate, file.getvalue(), XLSX)

    rate = VatRate.objects.get(percent=25)
    assert (rate.valid_from, rate.is_standard) == (datetime.date(2042, 1, 1), True)


def test_labels_and_names_of_others_are_understood(admin_client, full):
    imported(admin_client, PriceType, f"scope,name\n{PriceType.Scope.WORKS.label},Оптовая\n")
    imported(admin_client, VehicleModel, "make,name\ntoyota,CAMRY\n")

    assert PriceType.objects.get(name="Оптовая").scope == "works"
    assert VehicleModel.objects.get(name="CAMRY").make.name == "TOYOTA"


@pytest.mark.parametrize(
    ("model", "text"),
    [
        (VehicleModel, "make,name\nMARS,ROVER\n"),
        (VehicleModel, "make,name\n,ROVER\n"),
        (PriceType, "scope,name\nmoon,Оптовая\n"),
        (Part, "article,manufacturer,name,price\n1,A,Болт,-5\n"),
        (Part, "article,manufacturer,name,price\n1,A,Болт,дорого\n"),
        (Part, "article,manufacturer,name,price\n1,A,Болт,nan\n"),
        (Part, "article,manufacturer,name,price\n1,A,Болт,99999999999999\n"),
        (Branch, "name,timezone\nСевер,Moon/Base\n"),
        (RepairKind, f"name\n{'х' * 101}\n"),
        (VatRate, "percent,valid_from,is_standard\n5,tomorrow,maybe\n"),
        (VatRate, "percent,valid_from\n5.5,2042-01-01\n"),
    ],
)
def test_a_bad_row_is_named_and_stops_the_import(admin_client, db, model, text):
    before = model.objects.count()
    shown = tried(admin_client, model, text)

    assert shown.status_code == 200
    assert "confirm_form" not in shown.context
    [(number, sentences)] = shown.context["problems"]
    assert number == 2
    assert all(sentences)
    assert sentences[0] in html.unescape(shown.content.decode())
    assert model.objects.count() == before


def test_a_key_that_is_there_twice_is_not_guessed(admin_client, db):
    for source in ("a", "b"):
        make.part("45022", manufacturer="HONDA", source=source, source_id="1")

    shown = tried(admin_client, Part, "article,manufacturer,name\n45022,Honda,Болт\n")

    assert shown.context["result"].has_validation_errors()


@pytest.mark.parametrize("text", ["name,colour\nПост,red\n", "title\nПост\n", "name,name\n1,2\n"])
def test_unknown_and_missing_columns(admin_client, db, text):
    shown = tried(admin_client, RepairKind, text)

    assert shown.context["result"].base_errors
    assert "confirm_form" not in shown.context
    assert "Traceback" not in shown.content.decode()


@pytest.mark.parametrize(
    ("content", "form"), [(b"\x98\xff\x00", CSV), (b"no workbook", XLSX), (b"name\n", CSV)]
)
def test_what_is_no_table_is_a_message_at_the_field(admin_client, db, content, form):
    shown = tried(admin_client, RepairKind, content, form)

    assert shown.status_code == 200
    assert "confirm_form" not in shown.context


def test_too_many_rows(admin_client, full, monkeypatch):
    monkeypatch.setattr(formats, "MOST_ROWS", 1)
    monkeypatch.setattr(exchange, "MOST_ROWS", 0)

    shown = tried(admin_client, RepairKind, "name\n1\n2\n")
    assert shown.context["form"].errors["import_file"]
    answer = admin_client.post(page(Make, "export"), {"format": CSV, "resource": "0"})
    assert "Content-Disposition" not in answer


def test_too_large_a_file(admin_client, db, monkeypatch):
    monkeypatch.setattr(exchange, "LARGEST_FILE", 3)

    assert tried(admin_client, RepairKind, "name\n1\n").context["form"].errors["import_file"]


@pytest.mark.parametrize("typed", [{"import_file_name": "gone"}, {"format": "7"}, {"format": "x"}])
def test_a_confirmation_of_nothing(admin_client, db, typed):
    confirm = tried(admin_client, RepairKind, "name\n1\n").context["confirm_form"].initial

    answer = admin_client.post(page(RepairKind, "process_import"), confirm | typed)

    assert answer.status_code == 302
    assert not RepairKind.objects.exists()


def test_what_nobody_confirmed_is_gone_after_a_day(admin_client, db, shelf):
    now = datetime.datetime.now(datetime.UTC)
    tried(admin_client, RepairKind, "name\n1\n")
    exchange.sweep(now + datetime.timedelta(hours=23))
    assert len(list(shelf.iterdir())) == 1

    exchange.sweep(now + datetime.timedelta(hours=25))

    assert list(shelf.iterdir()) == []


def test_names_of_kept_files_lead_nowhere_else(admin_client, db, shelf, tmp_path):
    (tmp_path / "secret").write_text("name\nx\n")
    confirm = tried(admin_client, RepairKind, "name\n1\n").context["confirm_form"].initial

    admin_client.post(
        page(RepairKind, "process_import"), confirm | {"import_file_name": "../secret"}
    )

    assert (tmp_path / "secret").exists()
    assert not RepairKind.objects.exists()


def test_only_who_may_change_imports(client_of, db):
    clerk = make.user(role="parts", is_staff=True)
    browser = client_of(clerk)

    assert browser.get(page(RepairKind, "import")).status_code == 403
    assert browser.get(page(RepairKind, "export")).status_code == 403
