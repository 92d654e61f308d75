"""Documents on paper: as pages, as PDF read as text, and as they were signed."""

import io
import time
from decimal import Decimal

import pytest
from django.core.exceptions import SuspiciousFileOperation
from pypdf import PdfReader

from armclients.kit.refusals import RefusedError
from orders.actions import prints
from orders.models import Branch, DeferredWork, PrintedForm, WorkOrder
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


class TestWhatIsKnown:
    @pytest.fixture
    def told(self, order):
        """The order with all that was agreed upon, brought and found."""
        WorkOrder.objects.filter(pk=order.pk).update(
            extra_work_policy="within", extra_work_limit=4321, handed_over_at=make.at(18)
        )
        order.own_materials.create(name="Масло Zic X7", quantity=4, unit="л", has_receipt=True)
        order.approvals.create(
            who="Зубкова Мария", at=make.at(11), what="Ещё и колодки", amount=2222, is_firm=True
        )
        order.defects.create(text="Течёт сальник", severity="dangerous", noted_at=make.at(12))
        DeferredWork.objects.create(
            vehicle=order.vehicle,
            name="Замена ремня",
            price=3333,
            document=order,
            noted_at=make.at(12),
            due_km=95_000,
        )
        return order

    def test_the_work_order_says_it_instead_of_blank_rows(self, web, told):
        page = web.get(address(told, "work-order")).content.decode()
        text = text_of(web.get(address(told, "work-order"), {"as": "pdf"}))

        for said in (
            *("Масло Zic X7", "4 л", "сертификат не предъявлен, чек предъявлен"),
            *("Зубкова Мария", "по телефону", "Ещё и колодки", "2 222,00", "твёрдая"),
            *("Течёт сальник", "опасно", "Рекомендации", "Замена ремня", "3 333,00", "95 000 км"),
            *("не более чем на 4 321,00 руб.", "№ 780"),
        ):
            assert said in text
        assert text.count("×") == 1
        assert 'class="empty"' not in page

    def test_the_act_says_it_too(self, web, told):
        text = text_of(web.get(address(told, "act"), {"as": "pdf"}))

        for said in ("Зубкова Мария", "Течёт сальник", "Замена ремня", "18:00"):
            assert said in text

    def test_when_the_work_is_over_later_recommendations_are_not_of_it(self, web, told):
        WorkOrder.objects.filter(pk=told.pk).update(state="closed")
        DeferredWork.objects.create(
            vehicle=told.vehicle, name="Чужой совет", noted_at=make.at(12, days=40)
        )

        page = web.get(address(told, "act")).content.decode()

        assert "Замена ремня" in page
        assert "Чужой совет" not in page

    def test_where_nothing_is_recorded_rows_stay_blank(self, web, order):
        page = web.get(address(order, "work-order")).content.decode()

        assert page.count('class="empty"') == 2
        assert "____" in page
        assert "×" not in page
        assert "Согласования" not in page

    @pytest.mark.parametrize(("form", "most"), [("work-order", 11), ("act", 10)])
    def test_costs_a_statement_for_each(self, web, told, statements, form, most):
        for place in range(5):
            told.approvals.create(who=f"{place}", at=make.at(13), what="Да", amount=1)
            told.defects.create(text=f"Дефект {place}", noted_at=make.at(13))

        with statements(at_most=most):
            web.get(address(told, form))


class TestAcceptance:
    @pytest.fixture
    def visit(self, order):
        visit = make.visit(
            order.counterparty,
            vehicle=order.vehicle,
            branch=order.branch,
            mileage_km=84_200,
            fuel=3,
            keys=2,
            things=["spare", "jack"],
            lights=["engine"],
            brought_by="Жена, Мария",
            belongings="Коляска в багажнике",
            reasons="Стучит спереди",
        )
        visit.damages.create(kind="dent", x=110, y=160, note="с кулак")
        visit.damages.create(kind="chip", x=160, y=110, note="у стойки")
        return visit

    def test_says_what_the_check_in_recorded(self, web, order, visit, statements):
        WorkOrder.objects.filter(pk=order.pk).update(base=visit, handed_over_to="Сын, Пётр")
        order.own_materials.create(name="Свои свечи", has_certificate=True)

        with statements(at_most=10):
            page = web.get(address(order, "acceptance")).content.decode()
        text = text_of(web.get(address(order, "acceptance"), {"as": "pdf"}))

        for said in (
            *("84 200", "3/8", "Жена, Мария", "Коляска в багажнике", "Стучит спереди", "10:00"),
            *(
                "Сын, Пётр",
                "В наличии",
                "запасное колесо, домкрат",
                "Отсутствует",
                "аптечка",
                "Check Engine",
            ),
            *("капот вмятина с кулак", "скол у стойки", "Свои свечи", "сертификат предъявлен"),
        ):
            assert said.lower() in text.lower(), said
        assert 'class="empty"' not in page
        assert 'class="rule"' not in page

    def test_knows_the_check_in_of_the_request_it_was_made_from(self, web, order, visit):
        request = make.request(order.counterparty, vehicle=order.vehicle, branch=order.branch)
        WorkOrder.objects.filter(pk=order.pk).update(base=request)
        type(visit).objects.filter(pk=visit.pk).update(base=request)

        for document in (order, request):
            assert (
                "Коляска в багажнике" in web.get(address(document, "acceptance")).content.decode()
            )

    def test_without_a_check_in_it_is_filled_in_by_hand(self, web, order, visit):
        page = web.get(address(order, "acceptance")).content.decode()

        assert "Коляска" not in page
        assert page.count('class="empty"') == 6
        assert "домкрат" in page


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
