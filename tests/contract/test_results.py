"""`#results` of `GET /`: what is listed, in which order, and what each row says."""

import pytest

from customers.models import Counterparty
from tests import make
from tests.contract import page


def by_name(web, query: dict[str, str]) -> list[str]:
    """The names listed, in order."""
    rows = page.parse(web.get("/", query)).one(id="results").all(data_customer=True)
    return [row.field("name") for row in rows]


class TestHooks:
    def test_without_parameters_everyone_is_listed_by_name(self, web):
        make.seed()

        answer = web.get("/")

        assert page.total(answer) == "6"
        assert by_name(web, {}) == [
            "Зубков Алексей",
            "Иванов Иван",
            "ИКСОРА",
            'ИЧП "Строганов НИ"',
            "Леонидов Петр Иванович",
            "М Партс",
        ]

    def test_the_form_keeps_what_was_asked(self, web):
        query = {"client": "зуб", "phone": "908", "vehicle": "n12", "mine": "on"}

        form = page.parse(web.get("/", query)).one("form", id="search")

        assert {
            name: form.one("input", name=name)["value"] for name in query if name != "mine"
        } == {
            "client": "зуб",
            "phone": "908",
            "vehicle": "n12",
        }
        assert "checked" in form.one("input", name="mine")

    def test_the_form_has_the_three_fields_and_the_seven_boxes(self, web):
        form = page.parse(web.get("/")).one("form", id="search")

        further = form.one(id="further").all("input")
        names = [field["name"] for field in form.all("input") if field not in further]
        assert names == [
            *("client", "phone", "vehicle"),
            *("mine", "new_events", "open_orders", "reserved"),
            *("booked_today", "in_service", "awaiting_pickup"),
        ]
        assert not any("checked" in field for field in form.all("input"))

    def test_a_client_says_name_kind_inn_and_phone(self, web):
        zubkov = make.zubkov()

        row = page.parse(web.get("/")).one(data_customer=zubkov.pk)

        assert row.field("name") == "Зубков Алексей"
        assert row.field("kind")
        assert row.field("inn") == "7712334545"
        assert row.field("phone") == "+7 (908) 494-44-34"

    def test_a_vehicle_says_name_plate_as_typed_and_vin(self, web):
        zubkov = make.zubkov()
        car = zubkov.ownerships.get().vehicle

        row = page.parse(web.get("/")).one(data_vehicle=car.pk)

        assert row["data-owner"] == str(zubkov.pk)
        assert "data-matched" not in row
        assert row.field("name") == "TOYOTA COROLLA седан (_E12J_,_E12T_)"
        assert row.field("plate") == "n123ap"
        assert row.field("vin") == "NMTBM28E80R058037"

    def test_what_looks_like_html_is_text(self, web):
        client = make.client('<b>Рога</b> & "Копыта"', inn="<i>1</i>")
        make.contact(client, "<u>7@mail.ru</u>", kind="email")
        make.vehicle(client, plate="<s>1</s>", vin="<em>VIN</em>", model=make.model("<h1>", "<h2>"))

        answer = web.get("/", {"client": "рога"})

        row = page.parse(answer).one(data_customer=client.pk)
        assert row.field("name") == '<b>Рога</b> & "Копыта"'
        assert not any(
            tag in answer.content for tag in (b"<i>1", b"<u>", b"<s>", b"<em>", b"<h2>T")
        )


class TestOrder:
    def test_names_that_start_with_the_input_come_first(self, htmx):
        for name in ("Яков Петров", "Петрова Анна", "Алексеев Петр", "Петр Яковлев"):
            make.client(name)

        assert by_name(htmx, {"client": "петр"}) == [
            "Петр Яковлев",
            "Петрова Анна",
            "Алексеев Петр",
            "Яков Петров",
        ]

    def test_yo_is_sorted_as_ye(self, htmx):
        for name in ("Ёлкин", "Жуков", "Евсеев"):
            make.client(name)

        assert by_name(htmx, {}) == ["Евсеев", "Ёлкин", "Жуков"]

    def test_namesakes_stand_in_the_order_of_entry(self, htmx):
        first, second = make.client("Иванов"), make.client("ИВАНОВ")

        assert page.found(htmx.get("/")) == [first.pk, second.pk]


class TestPaging:
    @pytest.fixture
    def crowd(self) -> list[int]:
        """Sixty of one name, thirty of another that has it inside."""
        made = Counterparty.objects.bulk_create(
            [Counterparty(name=f"Сидоров {number:03}") for number in range(60)]
            + [Counterparty(name=f"Абрам Сидоров {number:03}") for number in range(45)]
        )
        return [client.pk for client in made]

    def test_pages_follow_each_other_without_gaps(self, htmx, crowd):
        url, seen, pages = "/?client=сидоров", [], 0
        while url:
            answer = htmx.get(url)
            seen += page.found(answer)
            url = page.next_page(answer)
            more = page.parse(answer).one(id="results")["data-more"]
            assert more == ("true" if url else "false")
            assert page.total(answer) == "105"
            pages += 1

        assert seen == crowd
        assert pages == 3

    def test_the_next_page_keeps_the_search(self, htmx, anna):
        crowd = Counterparty.objects.bulk_create(
            [Counterparty(name=f"Сидоров {number:03}") for number in range(60)]
        )
        for client in crowd:
            make.event(client, author=anna)
        make.client("Сидоров 999")

        first = htmx.get("/", {"client": "сидоров", "mine": "on"})
        second = htmx.get(page.next_page(first))

        assert len(page.found(first)) == 50
        assert page.found(second) == [client.pk for client in crowd[50:]]

    def test_a_next_page_to_htmx_has_the_results_too(self, htmx, crowd):
        url = page.next_page(htmx.get("/"))

        assert len(page.found(htmx.get(url))) == 50
        assert len(page.found(htmx.get(url, target="more"))) == 50

    @pytest.mark.usefixtures("db")
    def test_a_large_total_is_capped(self, htmx):
        Counterparty.objects.bulk_create([Counterparty(name=f"Ю{n}") for n in range(1001)])

        assert page.total(htmx.get("/")) == "1000+"
        assert page.total(htmx.get("/", {"client": "ю"})) == "1000+"
        Counterparty.objects.order_by("pk")[0].delete()
        assert page.total(htmx.get("/")) == "1000"
