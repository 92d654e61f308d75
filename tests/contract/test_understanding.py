"""The fields understand: one small shop, and how people type when they look for somebody in it."""

import pytest
from django.db import connection

from armclients.workstation import rebuild
from tests import make
from tests.contract import page

ZUBKOV, LYOD, SHCHUKIN, SMITH = "Зубков Алексей", "ООО «Лёд-Сервис»", "Щукин Пётр", "Smith John"


@pytest.fixture
def shop(db):
    """The seed's Зубков with his Corolla, a company, and people whose names are hard to type."""
    zubkov = make.zubkov()
    make.card(zubkov, "2900012345")
    make.contact(zubkov, "zubkov@mail.ru")
    lyod = make.client(LYOD, inn="7707083893")
    make.contact(lyod, "+7 (495) 111-22-33 доб. 12", is_primary=True)
    make.vehicle(lyod, plate="В456УР197", vin="XTA210990Y5550001")
    make.contact(make.client(SHCHUKIN), "+7 (916) 854-56-78", is_primary=True)
    make.vehicle(make.client(SMITH), body_number="NZE121-9988776", plate="v789rs77")
    return zubkov


def ask(htmx, **query: str) -> page.Element:
    return page.parse(htmx.get("/", query)).one(id="results")


def names(results: page.Element) -> list[str]:
    return [row.field("name") for row in results.all(data_customer=True)]


CLIENT = {
    "зубк": ZUBKOV,
    "ЗУБКОВ АЛЕКСЕЙ": ZUBKOV,
    "ЗуБкОв": ZUBKOV,
    "зубков а": ZUBKOV,
    "зуб ал": ZUBKOV,
    "  зубков,  алексей. ": ZUBKOV,
    "алексей зубков": ZUBKOV,
    "pe,rjd": ZUBKOV,
    "fktrctq pe,rjd": ZUBKOV,
    "PE<RJD": ZUBKOV,
    "Zubkov": ZUBKOV,
    "zubkov aleksey": ZUBKOV,
    "Alexey": ZUBKOV,
    "Aleksei Zubkov": ZUBKOV,
    "Зубкoв": ZUBKOV,
    "2900 0123 45": ZUBKOV,
    "2900012345": ZUBKOV,
    "00123": ZUBKOV,
    "лед": LYOD,
    "лёд сервис": LYOD,
    '"Лед-Сервис"': LYOD,
    "ООО Лёд-Сервис": LYOD,
    "сервис лёд ооо": LYOD,
    "ЗАО «Лёд-Сервис»": LYOD,
    "Общество с ограниченной ответственностью «Лёд-Сервис»": LYOD,
    "k`l-cthdbc": LYOD,
    "jjj ktl cthdbc": LYOD,
    "Led-Servis": LYOD,
    "ооо лед": LYOD,
    "ЛЁД-СЕРВИС": LYOD,
    "щукин петр": SHCHUKIN,
    "Пётр Щукин": SHCHUKIN,
    "щук пет": SHCHUKIN,
    "Shchukin": SHCHUKIN,
    "Schukin": SHCHUKIN,
    "SHCHUKIN PETR": SHCHUKIN,
    "oerby": SHCHUKIN,
    "Smith": SMITH,
    "john smith": SMITH,
    "smi jo": SMITH,
    "ыьшер": SMITH,
    "смит": SMITH,
}
PHONE = {
    "+79084944434": ZUBKOV,
    "79084944434": ZUBKOV,
    "89084944434": ZUBKOV,
    "9084944434": ZUBKOV,
    "+7 (908) 494-44-34": ZUBKOV,
    "8 908 494 44 34": ZUBKOV,
    "8(908)4944434": ZUBKOV,
    "8-908-494-44-34": ZUBKOV,
    "+7 8 908 494 44 34": ZUBKOV,
    "007 908 494 44 34": ZUBKOV,
    "тел. 8 908 494-44-34": ZUBKOV,
    "8 908 494-44-34 (Алексей)": ZUBKOV,
    "89O84944434": ZUBKOV,
    "8 9О8 494 44 34": ZUBKOV,
    "8 800 555-35-35, 8 908 494-44-34": ZUBKOV,
    "88005553535 89084944434": ZUBKOV,
    "+7908": ZUBKOV,
    "8 (908)": ZUBKOV,
    "908 494": ZUBKOV,
    "4944434": ZUBKOV,
    "494-44-34": ZUBKOV,
    "4434": ZUBKOV,
    "44-34": ZUBKOV,
    "zubkov@mail.ru": ZUBKOV,
    "Zubkov": ZUBKOV,
    "@mail": ZUBKOV,
    "ZUBKOV@MAIL.RU": ZUBKOV,
    "mail.ru": ZUBKOV,
    'ягилщм"ьфшд.кг': ZUBKOV,
    "ягилщм": ZUBKOV,
    "зубков": ZUBKOV,
    "+7 495 111-22-33 доб. 12": LYOD,
    "(495) 111-22-33": LYOD,
    "+7 (495)": LYOD,
    "1112233": LYOD,
    "2233": LYOD,
    "89168545678": SHCHUKIN,
    "854-56-78": SHCHUKIN,
    "8 495 111 22 33 доб 15": LYOD,
}
VEHICLE = {
    "n123ap": ZUBKOV,
    "N123AP": ZUBKOV,
    "н123ар": ZUBKOV,
    "Н 123 АР": ZUBKOV,
    "Н-123-АР": ZUBKOV,
    "н123ap": ZUBKOV,
    "h123ap": ZUBKOV,
    "n123ap77": ZUBKOV,
    "Н123АР 77 RUS": ZUBKOV,
    "т123фз": ZUBKOV,
    "123": ZUBKOV,
    "NMTBM28E80R058037": ZUBKOV,
    "nmtbm28e8or058037": ZUBKOV,
    "NMTBM28E8QR058037": ZUBKOV,
    "NМТВМ28Е80R058037": ZUBKOV,
    "058037": ZUBKOV,
    "8037": ZUBKOV,
    "тьеиь28у80к058037": ZUBKOV,
    "В456УР197": LYOD,
    "В 456 УР 197": LYOD,
    "456ур": LYOD,
    "5550001": LYOD,
    "990y555": LYOD,
    "b456yp197": LYOD,
    "B456УР": LYOD,
    "v456ur": LYOD,
    "v456ur197": LYOD,
    "d456eh": LYOD,
    "456": LYOD,
    "XTA2I099OY": LYOD,
    "чеф210990": LYOD,
    "ХТА210990": LYOD,
    "9988776": SMITH,
    "nze 121": SMITH,
    "789rs77": SMITH,
    "v789rs": SMITH,
    "В789РС": SMITH,
    "В789РС77": SMITH,
    "NZE121-9988776": SMITH,
    "nze1219988776": SMITH,
    "тяу121": SMITH,
}


@pytest.mark.parametrize(
    ("field", "typed", "found"),
    [
        *(("client", typed, found) for typed, found in CLIENT.items()),
        *(("phone", typed, found) for typed, found in PHONE.items()),
        *(("vehicle", typed, found) for typed, found in VEHICLE.items()),
    ],
)
def test_is_found_however_it_is_typed(htmx, shop, field, typed, found):
    assert names(ask(htmx, **{field: typed})) == [found]


class TestSaysWhatItUnderstood:
    def test_when_it_is_not_what_was_typed(self, htmx, shop):
        note = ask(htmx, client="pe,rjd").one(id="understood")

        assert "«зубков»" in note.text
        assert names(page.parse(htmx.get(note.one("a")["href"]))) == [ZUBKOV]

    def test_by_the_plate_that_was_found_where_it_may_be_spelt_variously(self, htmx, shop):
        note = ask(htmx, vehicle="Н123АР").one(id="understood")

        assert "«n123ap»" in note.text
        assert names(page.parse(htmx.get(note.one("a")["href"]))) == [ZUBKOV]

    def test_not_when_the_text_was_found_as_typed(self, htmx, shop):
        for query in ({"client": "зубков"}, {"phone": "8 (908) 494-44-34"}, {"vehicle": "а"}, {}):
            assert not ask(htmx, **query).has(id="understood")

    def test_a_guess_never_joins_what_was_found_as_typed(self, htmx, shop):
        exact = make.client("Pe,rjd")

        results = ask(htmx, client="pe,rjd")

        assert names(results) == [exact.name]
        assert not results.has(id="understood")

    def test_a_vehicle_without_an_owner_is_found_exactly_before_a_guess(self, htmx, shop):
        car = make.vehicle(plate="Н123АР")

        answer = htmx.get("/", {"vehicle": "н123ар"})

        assert (page.found(answer), page.vehicles(answer)) == ([], [(car.pk, "")])

    def test_a_vehicle_without_an_owner_is_guessed_too(self, htmx, shop):
        car = make.vehicle(plate="А001АА77")

        answer = htmx.get("/", {"vehicle": "f001ff77"})

        assert page.vehicles(answer) == [(car.pk, "")]
        assert "«а001аа77»" in page.parse(answer).one(id="understood").text

    def test_fields_are_understood_together(self, htmx, shop):
        assert names(ask(htmx, client="pe,rjd", phone="4434")) == [ZUBKOV]
        assert names(ask(htmx, client="pe,rjd", vehicle="т123фз")) == [ZUBKOV]
        assert names(ask(htmx, client="pe,rjd", phone="5678")) == []

    def test_the_next_page_goes_on_with_the_same_understanding(self, htmx):
        for n in range(60):
            make.client(f"Сидоров {n:03}")

        answer = htmx.get("/", {"client": "cbljhjd"})
        further = htmx.get(page.next_page(answer))

        assert len(page.found(answer)) == 50
        assert len(page.found(further)) == 10
        assert not set(page.found(answer)) & set(page.found(further))
        assert "«сидоров»" in page.parse(further).one(id="understood").text


class TestFormerPlate:
    def test_is_named_where_it_was_what_matched(self, htmx, shop):
        car = make.vehicle(shop)
        make.plate_of(car, "К001АА77", until=make.day(-50))
        make.plate_of(car, "Е555КХ99", since=make.day(-50))

        for typed in ("к001аа", "r001ff"):
            row = ask(htmx, vehicle=typed).one(data_vehicle=car.pk)
            assert "К001АА77" in row.text
            assert row.field("plate") == "Е555КХ99"
        assert "К001АА77" not in ask(htmx, vehicle="е555").one(data_vehicle=car.pk).text


class TestCloseMatches:
    @pytest.mark.parametrize(
        ("query", "name"),
        [
            ({"client": "зупков"}, ZUBKOV),
            ({"client": "зубокв"}, ZUBKOV),
            ({"client": "зубкв алексей"}, ZUBKOV),
            ({"client": "алексеи зубкоф"}, ZUBKOV),
            ({"client": "зубкрв", "phone": "4434"}, ZUBKOV),
            ({"client": "pe,rlj"}, ZUBKOV),
            ({"client": "лёд сервиз"}, LYOD),
            ({"phone": "+7 908 494-44-35"}, ZUBKOV),
            ({"phone": "8 (908) 494-44-43"}, ZUBKOV),
            ({"phone": "9804944434"}, ZUBKOV),
            ({"phone": "4944534"}, ZUBKOV),
            ({"vehicle": "NMTBM28E80R058038"}, ZUBKOV),
            ({"vehicle": "NMTBM28E80R508037"}, ZUBKOV),
            ({"vehicle": "NMTBM2BE80R058037"}, ZUBKOV),
            ({"vehicle": "В465УР197"}, LYOD),
            ({"vehicle": "К456УР197"}, LYOD),
            ({"vehicle": "n124ap"}, ZUBKOV),
        ],
    )
    def test_are_offered_apart_when_nobody_was_found(self, htmx, shop, query, name):
        results = ask(htmx, **query)

        assert name in [match.text for match in results.all(data_close=True)]
        assert names(results) == []
        assert results["data-total"] == "0"

    def test_are_not_offered_when_somebody_was_found(self, htmx, shop):
        make.client("Зупков")

        assert not ask(htmx, client="зупков").has(data_close=True)

    def test_keep_to_the_ticked_boxes(self, htmx, shop, anna):
        assert not ask(htmx, client="зупков", mine="on").has(data_close=True)
        make.event(shop, manager=anna)
        assert ask(htmx, client="зупков", mine="on").has(data_close=str(shop.pk))

    def test_one_is_never_chosen_by_itself(self, web, shop):
        assert page.tabs(web.get("/", {"client": "зупков"})) == {}

    def test_nothing_is_close_to_nonsense(self, htmx, shop):
        for query in ({"client": "ъхщзъ"}, {"phone": "0000000"}, {"vehicle": "ZZZZZZZ9"}):
            assert not ask(htmx, **query).has(data_close=True)

    def test_know_every_name_that_was_written(self, shop):
        assert rebuild.differences() == []
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM armclients_nameword WHERE word = 'ЗУБКОВ'")
        assert rebuild.differences() == [shop.pk]


class TestWrongField:
    @pytest.mark.parametrize(
        ("field", "typed", "right"),
        [
            ("client", "+7 999 111-22-33", "phone"),
            ("client", "89991112233", "phone"),
            ("client", "nobody@mail.ru", "phone"),
            ("client", "WDD2120471A000001", "vehicle"),
            ("client", "а001аа77", "vehicle"),
            ("phone", "а001аа77", "vehicle"),
            ("phone", "Кржижановский", "client"),
            ("phone", "2900099999999", "client"),
            ("vehicle", "Кржижановский", "client"),
            ("vehicle", "+7 999 111-22-33", "phone"),
        ],
    )
    def test_offers_the_right_one(self, web, shop, field, typed, right):
        offer = page.parse(web.get("/", {field: typed, "mine": "on"})).all(data_instead=field)[0]

        form = page.parse(web.get(offer["href"])).one("form", id="search")
        assert offer["data-text"] == typed
        assert form.one("input", name=right)["value"] == typed
        assert form.one("input", name=field)["value"] == ""
        assert "checked" in form.one("input", name="mine")

    def test_offers_an_inn_where_inns_are_looked_for(self, web, shop):
        offers = page.parse(web.get("/", {"client": "7707083893"})).all(data_instead="client")

        assert any("7707083893" in offer["href"] and "inn" in offer["href"] for offer in offers)

    @pytest.mark.parametrize("phone", ["9161234567", "4951234503", "8005553535"])
    def test_offers_no_inn_for_a_phone_beside_a_name(self, web, shop, phone):
        found = page.parse(web.get("/", {"client": "Небывалов", "phone": phone}))

        assert found.all(data_instead="phone") == []
        assert "btn-go" in found.one(id="nobody-new")["class"]

    @pytest.mark.parametrize("typed", ["Небывалов 8 916 123-45-67", "9161234567 Небывалов"])
    def test_offers_to_part_a_name_from_a_phone(self, web, shop, typed):
        first, *_others = page.parse(web.get("/", {"client": typed})).all(data_instead="client")

        assert "client=%D0%9D%D0%B5%D0%B1%D1%8B%D0%B2%D0%B0%D0%BB%D0%BE%D0%B2" in first["href"]
        assert "phone=" in first["href"]

    def test_offers_nothing_when_the_text_was_found(self, web, shop):
        assert not page.parse(web.get("/", {"client": "2900012345"})).has(data_instead=True)


class TestOpenAnything:
    @pytest.mark.parametrize(
        "typed",
        [
            *("+7 908 494-44-34", "89084944434", "zubkov@mail.ru"),
            *("n123ap", "nmtbm28e80r058037", "2900012345", "7712334545"),
        ],
    )
    def test_one_exact_hit_opens_the_client(self, web, shop, typed):
        assert f"customer={shop.pk}" in web.get("/open/", {"q": typed}).url

    def test_otherwise_the_likeliest_field_is_filled(self, web, shop):
        assert web.get("/open/", {"q": "+7 999"}).url == "/?phone=%2B7+999"
        assert web.get("/open/", {"q": "Smith"}).url == "/?client=Smith"
        assert web.get("/open/", {"q": "12"}).url == "/?client=12"


@pytest.mark.parametrize(
    "query",
    [
        {"client": "pe,rjd"},
        {"client": "зупков"},
        {"client": "зупков", "phone": "0000"},
        {"phone": "+7 908 494-44-35"},
        {"vehicle": "т123фз"},
        {"vehicle": "f001ff77"},
        {"vehicle": "NMTBM28E80R508037"},
    ],
)
def test_understanding_stays_within_the_budget(htmx, shop, statements, query):
    make.vehicle(plate="А001АА77")

    with statements(at_most=6):
        htmx.get("/", query, target="results")
