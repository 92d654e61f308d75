"""«Что мы храним»: read aloud to a client, and given to them as a file."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from armclients.privacy.catalogue import CATALOGUE
from armclients.privacy.telling import SHOWN
from customers.models import AccessLogEntry, Event
from tests import make
from tests.privacy.somebody import somebody

# Statements: who asks, where they work, the client, the access log.
OF_ANY_PAGE = 6
pytestmark = pytest.mark.django_db


@pytest.fixture
def web(client_of, dina):
    return client_of(dina)


def told(web, client) -> dict[str, list[dict[str, str]]]:
    """What the page tells: by table, rows as columns with what stands in them."""
    sections = web.get(f"/customers/{client.pk}/held/").context["sections"]
    return {section.name: [dict(row) for row in section.rows] for section in sections}


class TestPage:
    def test_tells_of_every_table_by_a_statement_each(self, web, statements):
        client, told = somebody(), [held for held in CATALOGUE if held.is_told]

        with statements(at_most=len(told) + OF_ANY_PAGE):
            page = web.get(f"/customers/{client.pk}/held/")

        assert len(page.context["sections"]) == len(told)
        assert page.context["nothing"] == []
        assert AccessLogEntry.objects.latest("pk").why == "export"

    def test_says_in_words_what_the_base_keeps_in_codes(self, web):
        client = make.client("Иванов", source="1C", source_id="00042")
        make.contact(client, "+7 (900) 111-11-11", is_wrong=True)
        make.visit(client, state="closed", things=["spare", "jack"])
        make.event(client, occurred_at=make.at(10))

        tables = told(web, client)

        assert tables["Контакты"][0]["Неверный"] == "да"
        assert tables["Машинозаезды"][0]["Комплектность"] == "запасное колесо, домкрат"
        assert tables["События"][0]["Вид"] == "Исходящий звонок"
        assert tables["События"][0]["Когда"] == "12.03.2041 10:00"
        assert tables["Журнал доступа"][0]["Зачем"] == "Что мы храним"
        assert "00042" not in str(tables)

    def test_leaves_out_columns_that_say_nothing(self, web):
        client = make.client("Иванов")
        make.event(client)

        tables = told(web, client)

        assert "КПП" not in tables["Клиент"][0]
        assert "Клиент" not in tables["События"][0]

    def test_says_which_tables_are_empty(self, web):
        page = web.get(f"/customers/{make.client().pk}/held/")

        assert "Корзины" in page.context["nothing"]
        assert "Ничего не хранится" in page.content.decode()

    def test_tells_nothing_of_a_car_that_was_sold(self, web):
        client = make.client()
        car = make.vehicle(plate="А123ВС77", comment="Новый хозяин — Пётр")
        make.ownership(car, client, until=make.TODAY)
        make.ownership(car, make.client("Пётр"), since=make.TODAY)

        tables = told(web, client)

        assert len(tables["Владение автомобилями"]) == 1
        assert "Пётр" not in str(tables)
        assert "А123ВС77" not in str(tables)

    def test_of_thousands_shows_the_newest_and_says_how_many_more(self, web, statements):
        client = make.client()
        of_it = {"counterparty": client, "kind": "other", "text": "Слово " * 500}
        Event.objects.bulk_create(Event(occurred_at=make.NOW, **of_it) for _ in range(5000))

        with statements(at_most=len(CATALOGUE) + OF_ANY_PAGE):
            page = web.get(f"/customers/{client.pk}/held/").content.decode()

        assert page.count('<td data-column="Текст">') == SHOWN
        assert f"Ещё {5000 - SHOWN} — в файле" in page.replace("\xa0", "")
        assert len(page) < 100_000


class TestFile:
    def sheets(self, web, client) -> dict[str, list[tuple]]:
        answer = web.get(f"/customers/{client.pk}/held/file/")
        book = load_workbook(BytesIO(answer.content))
        return {sheet.title: list(sheet.values) for sheet in book}

    def test_has_all_rows_and_the_keys_of_other_bases(self, web):
        client = make.client("Иванов", source="1C", source_id="00042")
        of_it = {"counterparty": client, "kind": "other", "occurred_at": make.NOW}
        Event.objects.bulk_create(Event(text=str(number), **of_it) for number in range(SHOWN + 5))

        sheets = self.sheets(web, client)

        assert len(sheets["События"]) == 1 + SHOWN + 5
        assert "00042" in sheets["Клиент"][1]
        assert AccessLogEntry.objects.latest("pk").why == "export"

    def test_of_somebody_with_everything_opens(self, web):
        sheets = self.sheets(web, somebody())

        assert {"Ответы на калькуляции", "Печатные формы", "Подборы"} <= set(sheets)

    def test_words_are_no_formulas_and_no_control_characters_break_it(self, web):
        client = make.client("Иванов", comment='=HYPERLINK("http://x")\x07')

        sheets = self.sheets(web, client)

        assert 'HYPERLINK("http://x")' in sheets["Клиент"][1]

    def test_is_not_for_advisors(self, client_of, anna):
        client = make.client()

        assert client_of(anna).get(f"/customers/{client.pk}/held/file/").status_code == 403
