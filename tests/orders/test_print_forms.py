"""Documents on paper: as pages, as PDF read as text, and as they were signed."""

import io
import time
from decimal import Decimal

import pytest
from django.core.exceptions import SuspiciousFileOperation
from pypdf import PdfReader

from armclients.kit.refusals import RefusedError
from orders.actions import prints
from orders.models import Branch, PrintedForm
from orders.printing import forms, pdf
from orders.printing.sheet import filled_in
from tests import agreed, make

LONG = 60


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def shop(db):
    branch = make.branch()
    Branch.objects.filter(pk=branch.pk).update(
        organisation=agreed.organisation(),
        warranty_terms="Гарантия 30 дней",
        print_text="Ждём вас снова",
    )
    branch.refresh_from_db()
    return branch


@pytest.fixture
def order(shop):
    client = make.client("Зубков Алексей", full_name="Зубков Алексей Петрович")
    make.contact(client, "+7 (908) 4944434", is_primary=True)
    car = make.vehicle(client, plate="А123ВС77", vin="NMTBM28E80R058037")
    order = make.work_order(client, vehicle=car, branch=shop, number="ЦОА0000077")
    make.work(order, "Замена масла", price=1220, vat_percent=22)
    part = make.part("OC 90", manufacturer="KNECHT", name="Фильтр масляный", unit="шт")
    make.goods(order, part, price=610, vat_percent=22)
    return order


def address(document, form: str) -> str:
    return f"/documents/{document.pk}/print/{form}/"


def read(answer) -> PdfReader:
    assert answer.status_code == 200, answer.content[:300]
    assert answer["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.content))


def text_of(answer) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(answer).pages).split())


class TestForms:
    @pytest.mark.parametrize("slug", forms.FORMS)
    def test_every_form_is_a_page_and_a_pdf_that_say_the_same(self, web, shop, slug):
        kinds = forms.FORMS[slug].kinds
        maker = next(
            make_one
            for kind, make_one in (
                ("work_order", make.work_order),
                ("customer_order", make.customer_order),
                ("estimate", make.estimate),
            )
            if kind in kinds
        )
        document = maker(make.client("Иванов"), branch=shop, vehicle=make.vehicle())
        make.goods(document, make.part("OC 90", name="Фильтр масляный"), price=610)

        page = web.get(address(document, slug)).content.decode()
        text = text_of(web.get(address(document, slug), {"as": "pdf"}))

        assert document.number in page
        assert document.number in text
        if slug not in {"acceptance"}:
            assert "Фильтр масляный" in page
            assert "Фильтр масляный" in text

    def test_a_form_of_another_kind_is_not_there(self, web, order):
        assert web.get(address(order, "order")).status_code == 404
        assert web.get(address(order, "nonsense")).status_code == 404
        assert web.get("/documents/999999/print/act/").status_code == 404

    def test_a_document_without_client_car_and_lines_prints_all_the_same(self, web, db):
        bare = make.request(customer_text="Сосед")

        for form in forms.of_kind(bare.kind):
            assert web.get(address(bare, form.slug)).status_code == 200

    def test_a_document_speaks_russian_to_a_user_who_reads_english(self, web, anna, order):
        anna.language = "en"
        anna.save()

        assert "Заказ-наряд" in web.get(address(order, "work-order")).content.decode()


class TestWorkOrder:
    def test_says_who_what_how_much_and_on_which_terms(self, web, order):
        text = text_of(web.get(address(order, "work-order"), {"as": "pdf"}))

        for said in (
            *("Заказ-наряд № ЦОА0000077", "ООО «АРМ Сервис»", "7700999990"),
            *("Зубков Алексей Петрович", "+7 (908) 494-44-34", "NMTBM28E80R058037", "А123ВС77"),
            *("Замена масла", "OC 90", "KNECHT", "Фильтр масляный"),
            *("Одна тысяча восемьсот тридцать рублей 00 копеек", "330,00"),
            *("№ 780", "Гарантия 30 дней", "Ждём вас снова"),
        ):
            assert said in text
        assert "290" not in text

    def test_phones_are_for_those_who_may_see_them(self, client_of, gleb, order):
        page = client_of(gleb).get(address(order, "work-order")).content.decode()

        assert "494-44-34" not in page

    def test_sixty_lines_keep_heads_totals_and_page_numbers(self, web, order):
        for place in range(LONG):
            make.work(order, f"Работа {place}", price=100, vat_percent=22, position=place + 2)

        web.get(address(order, "work-order"), {"as": "pdf"})
        began = time.process_time()
        answer = web.get(address(order, "work-order"), {"as": "pdf"})
        took = time.process_time() - began

        pages = [" ".join(page.extract_text().split()) for page in read(answer).pages]
        assert len(pages) >= 2
        assert "Наименование работы" in pages[0]
        assert "Наименование работы" in pages[1]
        last_row = next(page for page in pages if f"Работа {LONG - 1}" in page)
        assert "Итого работ" in last_row
        assert f"2 / {len(pages)}" in pages[1]
        assert took < 2, took  # goal: one second; a busy machine counts its own work too


class TestWithoutPrices:
    @pytest.mark.parametrize("form", ["mechanic", "requisition"])
    def test_the_workshop_sees_no_money_and_no_phone(self, web, order, form):
        text = text_of(web.get(address(order, form), {"as": "pdf"}))

        assert "Фильтр масляный" in text
        for secret in ("1 220", "1220", "610", "₽", "494-44-34"):
            assert secret not in text


class TestInvoice:
    def test_the_code_holds_the_payment(self, order):
        sheet = forms.FORMS["invoice"](filled_in(order.pk), make.NOW)

        facts = dict(fact.split("=", 1) for fact in sheet.qr_payload.split("|")[1:])

        assert sheet.qr_payload.startswith("ST00012|Name=ООО «АРМ Сервис»|PersonalAcc=")
        assert facts["PersonalAcc"] == "40702810600000000001"
        assert facts["BIC"] == "044525999"
        assert facts["CorrespAcc"] == "30101810600000000999"
        assert facts["PayeeINN"] == "7700999990"
        assert facts["Sum"] == "183000"
        assert "ЦОА0000077" in facts["Purpose"]
        assert len(facts["Purpose"]) <= 210

    def test_the_page_shows_account_and_code(self, web, order):
        page = web.get(address(order, "invoice")).content.decode()
        text = text_of(web.get(address(order, "invoice"), {"as": "pdf"}))

        assert "<svg" in page
        assert "40702810600000000001" in text

    def test_without_an_account_there_is_no_code(self, web, shop, order):
        type(shop.organisation).objects.update(account="")

        assert '<svg xmlns="http://www.w3.org/2000/svg" class="qr"' not in (
            web.get(address(order, "invoice")).content.decode()
        )


class TestUpd:
    def test_the_tax_stands_apart(self, web, order):
        text = text_of(web.get(address(order, "upd"), {"as": "pdf"}))

        for said in ("Статус: 1", "1 000,00", "220,00", "22%", "500,00", "796", "330,00"):
            assert said in text.replace("\u202f", " ")

    def test_without_vat_it_only_hands_over(self, web, order):
        order.works.update(vat_percent=None)
        order.goods.update(vat_percent=None)

        text = text_of(web.get(address(order, "upd"), {"as": "pdf"}))

        assert "Статус: 2" in text
        assert "без НДС" in text


class TestKeeping:
    def test_what_was_signed_stays_when_the_document_changes(self, web, anna, order):
        web.post(f"{address(order, 'act')}keep/")
        order.works.update(name="Другое")

        kept = PrintedForm.objects.get()
        text = text_of(web.get(f"/prints/{kept.pk}/"))

        assert "Замена масла" in text
        assert (kept.by, kept.form, len(kept.sha256)) == (anna, "act", 64)
        listed = web.get(f"/documents/{order.pk}/prints/").content.decode()
        assert f"/prints/{kept.pk}/" in listed

    def test_a_file_that_is_not_the_same_any_more_is_not_shown(self, web, order):
        web.post(f"{address(order, 'act')}keep/")
        kept = PrintedForm.objects.get()

        kept.place.write_bytes(b"%PDF-1.4 another")

        assert prints.content_of(kept) is None
        assert web.get(f"/prints/{kept.pk}/").status_code == 404

    def test_is_for_those_who_may(self, client_of, gleb, order):
        assert client_of(gleb).post(f"{address(order, 'act')}keep/").status_code == 403


class TestWithoutPango:
    @pytest.fixture(autouse=True)
    def missing(self, monkeypatch):
        def refuse():
            raise RefusedError(pdf.WITHOUT_PANGO)

        monkeypatch.setattr(pdf, "_loaded", refuse)
        monkeypatch.setattr(pdf, "is_possible", lambda: False)

    def test_the_page_prints_and_says_why_there_is_no_pdf(self, web, order):
        page = web.get(address(order, "act")).content.decode()

        assert "Pango" in page
        assert "?as=pdf" not in page
        assert web.get(address(order, "act"), {"as": "pdf"}).status_code == 503
        assert web.post(f"{address(order, 'act')}keep/").status_code == 503
        assert not PrintedForm.objects.exists()


def test_nothing_is_read_but_our_own_static_files():
    for strange in ("http://127.0.0.1/secret", "file:///etc/passwd", "/static/../settings.py"):
        with pytest.raises((ValueError, SuspiciousFileOperation)):
            pdf.static_file(strange)


def test_a_sheet_adds_up_as_the_document_does(order):
    sheet = forms.FORMS["act"](filled_in(order.pk), make.NOW)

    assert sheet.total.amount == Decimal(1830)
    assert sheet.of_works.amount + sheet.of_goods.amount == sheet.total.amount
