"""The three text fields: what each looks through, and how little one may type."""

import pytest

from tests import make
from tests.contract import page


def finds(htmx, **query: str) -> list[str]:
    """Names of the clients found."""
    rows = page.parse(htmx.get("/", query)).one(id="results").all(data_customer=True)
    return [row.field("name") for row in rows]


class TestClient:
    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("зубк", "Зубков Алексей"),
            ("ЗУБКОВ", "Зубков Алексей"),
            ("  алексей   зубков ", "Зубков Алексей"),
            ("лекс", "Зубков Алексей"),
            ("строганов", 'ИЧП "Строганов НИ"'),
            ("ичп строганов", 'ИЧП "Строганов НИ"'),
            ('"строг', 'ИЧП "Строганов НИ"'),
            ("елкин", "Ёлкин Семён"),
            ("ёлкин семен", "Ёлкин Семён"),
            ("лёд-сервис", 'ООО "Лёд-Сервис"'),
            ("лед сервис", 'ООО "Лёд-Сервис"'),
            ("2900012345", "Леонидов Петр Иванович"),
            ("00012", "Леонидов Петр Иванович"),
            ("леонидов 2900012345", "Леонидов Петр Иванович"),
            ("партс-холдинг", "М Партс"),
        ],
    )
    def test_finds_by_any_part_of_any_word(self, htmx, typed, name):
        make.zubkov()
        make.stroganov()
        make.client("Ёлкин Семён")
        make.client('ООО "Лёд-Сервис"')
        make.card(make.leonidov(), "2900012345")
        make.client("М Партс", full_name='АО "Партс-Холдинг"')

        assert finds(htmx, client=typed) == [name]

    @pytest.mark.parametrize("typed", ["зубков иван", "кув", "зубковы", "7712334545"])
    def test_finds_nobody_else(self, htmx, typed):
        make.zubkov()
        make.ivanov()

        assert finds(htmx, client=typed) == []

    def test_one_letter_is_the_start_of_the_name(self, htmx):
        make.seed()

        assert finds(htmx, client="и") == ["Иванов Иван", "ИКСОРА", 'ИЧП "Строганов НИ"']
        assert finds(htmx, client="П") == []

    def test_two_letters_start_a_word(self, htmx):
        make.seed()

        assert finds(htmx, client="ив") == ["Иванов Иван", "Леонидов Петр Иванович"]
        assert finds(htmx, client="па") == ["М Партс"]
        assert finds(htmx, client="ва") == []

    def test_three_letters_are_a_part_of_a_word(self, htmx):
        make.seed()

        assert finds(htmx, client="ван") == ["Иванов Иван", "Леонидов Петр Иванович"]


class TestPhone:
    @pytest.mark.parametrize(
        "typed",
        [
            "4944434",
            "4434",
            "+7 (908) 4944434",
            "+79084944434",
            "89084944434",
            "8 (908) 494-44-34",
            "79084944434",
            "9084944434",
            "908",
            "8908",
            "8 908 494",
            "+7 908",
        ],
    )
    def test_finds_a_number_in_any_notation(self, htmx, typed):
        make.seed()

        assert finds(htmx, phone=typed) == ["Зубков Алексей"]

    @pytest.mark.parametrize("stored", ["8-908-494-44-34", "+79084944434", "9084944434 (жена)"])
    def test_finds_a_number_stored_in_any_notation(self, htmx, stored):
        make.contact(make.client("Зубков Алексей"), stored)

        assert finds(htmx, phone="+7 908 494-44-34") == ["Зубков Алексей"]

    @pytest.mark.parametrize("typed", ["ivanov@mail.ru", "IVANOV", "@mail", "mail.ru"])
    def test_finds_an_e_mail(self, htmx, typed):
        make.seed()

        assert finds(htmx, phone=typed) == ["Иванов Иван"]

    def test_finds_any_other_contact(self, htmx):
        make.contact(make.client("Озеров"), "@ozeroff", kind="telegram")
        make.contact(make.client("Лужин"), "Москва, Лесная ул., 5", kind="address")

        assert finds(htmx, phone="ozer") == ["Озеров"]
        assert finds(htmx, phone="лесная ул") == ["Лужин"]

    def test_one_or_two_digits_start_a_number(self, htmx):
        make.seed()
        make.contact(make.client("Кац"), "+972 52 1234567")

        assert finds(htmx, phone="97") == ["Кац"]
        assert finds(htmx, phone="+9") == ["Кац"]
        assert finds(htmx, phone="34") == []

    def test_a_family_shares_its_phone(self, htmx):
        for name in ("Котова Инна", "Котов Олег"):
            make.contact(make.client(name), "+7 (916) 1112233")

        assert finds(htmx, phone="1112233") == ["Котов Олег", "Котова Инна"]


class TestVehicle:
    @pytest.mark.parametrize(
        "typed",
        [
            "n123ap",
            "N123",
            "123",
            "n 123 ap",
            "NMTBM28E80R058037",
            "nmtbm28e8or058037",
            "058037",
            "8037",
            "nm",
        ],
    )
    def test_finds_by_part_of_plate_or_vin(self, htmx, typed):
        make.seed()

        assert finds(htmx, vehicle=typed) == ["Зубков Алексей"]

    @pytest.mark.parametrize("typed", ["а123вс77", "A123BC77", "А 123 ВС 77", "123вс", "a123bc"])
    def test_finds_a_plate_in_either_alphabet(self, htmx, typed):
        make.vehicle(make.client("Озеров"), plate="А123ВС77")

        assert finds(htmx, vehicle=typed) == ["Озеров"]

    @pytest.mark.parametrize("typed", ["NZE121-1234567", "nze1211234567", "1234567"])
    def test_finds_a_body_number(self, htmx, typed):
        make.vehicle(make.client("Озеров"), body_number="NZE121-1234567")

        assert finds(htmx, vehicle=typed) == ["Озеров"]

    def test_one_or_two_characters_start_a_number(self, htmx):
        make.seed()

        assert finds(htmx, vehicle="n") == ["Зубков Алексей"]
        assert finds(htmx, vehicle="37") == []

    def test_only_the_vehicles_that_match_are_listed_and_marked(self, htmx):
        zubkov = make.zubkov()
        make.vehicle(zubkov, plate="В777ОР77")
        corolla = zubkov.ownerships.order_by("pk")[0].vehicle

        answer = htmx.get("/", {"vehicle": "n123"})

        results = page.parse(answer).one(id="results")
        assert results.one(data_vehicle=corolla.pk)["data-matched"] == "true"

    def test_a_former_plate_and_a_former_owner_are_found(self, htmx):
        seller, buyer = make.client("Продавцов"), make.client("Покупкин")
        car = make.vehicle(vin="XTA210990Y1234567")
        make.ownership(car, seller, until=make.day(-100))
        make.ownership(car, buyer, since=make.day(-100))
        make.plate_of(car, "К001АА77", until=make.day(-50))
        make.plate_of(car, "Е555КХ99", since=make.day(-50))

        assert finds(htmx, vehicle="к001аа") == ["Покупкин", "Продавцов"]
        row = page.parse(htmx.get("/", {"vehicle": "к001аа"})).one(data_vehicle=car.pk)
        assert (row["data-owner"], row.field("plate")) == (str(buyer.pk), "Е555КХ99")

    def test_a_vehicle_without_an_owner_is_listed_but_is_no_client(self, htmx):
        car = make.vehicle(vin="XTA210990Y1234567", plate="О999ОО99")

        for typed in ("xta210990y", "О999", "0999"):
            answer = htmx.get("/", {"vehicle": typed})

            assert page.vehicles(answer) == [(car.pk, "")]
            assert (page.found(answer), page.total(answer)) == ([], "0")
            assert page.parse(answer).one(data_vehicle=car.pk)["data-matched"] == "true"

    def test_a_vehicle_that_was_sold_out_of_the_shop_s_sight_is_still_found(self, htmx):
        seller = make.client("Продавцов")
        car = make.vehicle(vin="XTA210990Y1234567")
        make.ownership(car, seller, until=make.day(-100))

        answer = htmx.get("/", {"vehicle": "y1234567"})

        assert page.found(answer) == [seller.pk]
        assert page.vehicles(answer) == [(car.pk, "")]


class TestTogether:
    def test_fields_and_boxes_all_narrow(self, htmx, anna):
        zubkov, other = make.zubkov(), make.client("Зубков Борис")
        make.event(other, manager=anna)

        assert finds(htmx, client="зубков") == ["Зубков Алексей", "Зубков Борис"]
        assert finds(htmx, client="зубков", phone="4434") == [zubkov.name]
        assert finds(htmx, client="зубков", phone="4434", vehicle="n123") == [zubkov.name]
        assert finds(htmx, client="зубков", mine="on") == [other.name]
        assert finds(htmx, client="зубков", phone="4434", mine="on") == []
