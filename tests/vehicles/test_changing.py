"""Vehicles made and changed on the screen; their history is kept."""

import pytest
from django.db import transaction

from armclients.kit.refusals import RefusedError
from tests import make
from tests.workstation.writers import at_once
from vehicles import doubts
from vehicles.actions import vehicles
from vehicles.models import Make, Vehicle, VehicleModel
from vehicles.vin import told_by

TODAY = f"{make.TODAY}"


class TestNew:
    def test_of_the_chosen_client(self, htmx):
        client = make.client()

        answer = htmx.post(
            f"/vehicles/new/?customer={client.pk}",
            {"model": "toyota corolla", "plate": "а123вс77", "year": "2008", "since": TODAY},
            target="dialog",
        )

        car = Vehicle.objects.get()
        assert answer["HX-Redirect"] == f"/?customer={client.pk}&car={car.pk}"
        assert car.ownerships.get().since == make.TODAY
        assert (car.plates.get().number, car.year) == ("а123вс77", 2008)

    def test_of_nobody(self, web):
        web.post("/vehicles/new/", {"vin": "NMTBM28E80R058037"})

        assert not Vehicle.objects.get().is_owned

    @pytest.mark.parametrize(
        "sent",
        [
            {"vin": ""},
            {"model": "Лада", "year": "1700"},
            {"model": "Лада", "year": "x"},
            {"model": "Лада", "since": "2099-01-01"},
            {"vin": "x" * 31},
        ],
    )
    def test_what_cannot_be_is_refused_and_nothing_is_made(self, htmx, sent):
        client = make.client()

        answer = htmx.post(f"/vehicles/new/?customer={client.pk}", sent, target="dialog")

        assert answer.status_code == 422
        assert not Vehicle.objects.exists()

    @pytest.mark.parametrize("key", ["x", "", "9" * 30, "-1"])
    def test_nonsense_for_a_client_is_nobody(self, web, key):
        assert web.get(f"/vehicles/new/?customer={key}").status_code == 200

    def test_of_a_client_who_is_gone_is_not_found(self, web):
        assert web.get("/vehicles/new/?customer=123456").status_code == 404


class TestModel:
    @pytest.mark.parametrize("typed", ["TOYOTA COROLLA", " toyota  corolla ", "тойота corolla"])
    def test_that_is_known_is_found(self, web, typed):
        known = make.model("TOYOTA", "COROLLA")

        web.post("/vehicles/new/", {"model": typed})

        assert Vehicle.objects.get().model.make == known.make
        assert Make.objects.count() == 1

    def test_that_is_new_is_of_the_known_make(self, web):
        make.model("GREAT WALL", "HOVER")

        web.post("/vehicles/new/", {"model": "great wall Poer"})

        assert str(Vehicle.objects.get().model) == "GREAT WALL Poer"

    def test_of_a_refused_form_is_not_made(self, web):
        web.post("/vehicles/new/", {"model": "Небывалая", "year": "1"})

        assert not VehicleModel.objects.exists()

    def test_is_offered_while_one_types(self, htmx):
        make.model("TOYOTA", "COROLLA")

        page = htmx.post("/vehicles/models/", {"model": "тойо"}, target="models").content.decode()
        nothing = htmx.post("/vehicles/models/", {"model": " "}, target="models").content.decode()

        assert 'value="TOYOTA COROLLA"' in page
        assert "<option" not in nothing

    def test_made_twice_at_once_is_there_once(self, web):
        web.post("/vehicles/new/", {"model": "Чери Тигго"})
        web.post("/vehicles/new/", {"model": "чери тигго"})

        assert VehicleModel.objects.count() == 1


class TestVin:
    def test_tells_make_and_years(self):
        assert told_by("XTA21099012345678", until=2030).make == "LADA"
        assert told_by("JT2AE92E5J3000001", until=2030).years == (2018, 1988)

    @pytest.mark.parametrize("vin", ["", "короткий", "O" * 17, "Я" * 17, "\0" * 17])
    def test_of_nonsense_tells_nothing(self, vin):
        assert told_by(vin, until=2030) is None

    def test_is_offered_to_be_taken(self, htmx):
        page = htmx.post("/vehicles/told/", {"vin": "JT2AE92E5J3000001"}, target="told")

        assert 'data-fill-model="TOYOTA" data-fill-year="2018"' in page.content.decode()

    @pytest.mark.parametrize(
        ("about", "good", "bad"),
        [
            (doubts.about_vin, "NMTBM28E80R058037", "NMTBM28E80R05803"),
            (doubts.about_vin, "1HGCM82633A004352", "1HGCM82633A004353"),
            (doubts.about_vin, "", "NMTBM28E8OR058037"),
            (doubts.about_vin, "", "ХТА21099012345678"),
            (doubts.about_plate, "а123вс 777", "n123ap"),
            (doubts.about_plate, "", "ABC"),
            (doubts.about_body, "NZE121-1234567", "7"),
        ],
    )
    def test_doubts_are_words_only(self, about, good, bad):
        assert about(good) == ""
        assert about(bad)

    def test_doubts_are_said_while_one_types(self, htmx):
        said = htmx.post("/vehicles/doubt/", {"vin": "123"}, trigger_name="vin").content.decode()

        assert "17 знаков" in said


class TestEdit:
    def shown(self, web, car) -> dict:
        form = web.get(f"/vehicles/{car.pk}/edit/").context["form"]
        values = {name: form[name].value() for name in form.fields}
        return {name: "" if value is None else value for name, value in values.items()}

    def test_changes_its_facts(self, web):
        car = make.vehicle(colour="синий", year=2008)

        web.post(f"/vehicles/{car.pk}/edit/", self.shown(web, car) | {"colour": "красный"})

        car.refresh_from_db()
        assert (car.colour, car.year, str(car.model)) == ("красный", 2008, str(make.model()))

    def test_two_people_choose(self, web):
        car = make.vehicle(colour="синий")
        sent = self.shown(web, car) | {"colour": "красный"}
        Vehicle.objects.filter(pk=car.pk).update(colour="чёрный", engine="1.6")

        answer = web.post(f"/vehicles/{car.pk}/edit/", sent)

        car.refresh_from_db()
        assert answer.status_code == 422
        assert 'data-clash="colour"' in answer.content.decode()
        assert (car.colour, car.engine) == ("чёрный", "1.6")


class TestSell:
    @pytest.fixture
    def car(self, db):
        car = make.vehicle()
        make.ownership(car, make.client("Продавец"), since=make.day(-100))
        return car

    def test_to_another_client_keeps_the_former_owner(self, htmx, car):
        buyer = make.client("Покупатель")

        answer = htmx.post(
            f"/vehicles/{car.pk}/sell/", {"client": "покуп", "on": TODAY}, target="dialog"
        )

        assert answer.status_code == 204
        assert "vehicle-changed" in answer["HX-Trigger"]
        owners = list(car.ownerships.order_by("since").values_list("counterparty__name", "until"))
        assert owners == [("Продавец", make.TODAY), ("Покупатель", None)]
        assert car.ownerships.get(until=None).counterparty == buyer

    def test_moves_no_document(self, web, car):
        seller = car.ownerships.get().counterparty
        job = make.work_order(seller, vehicle=car)
        make.client("Покупатель")

        web.post(f"/vehicles/{car.pk}/sell/", {"client": "покуп", "on": TODAY})

        job.refresh_from_db()
        assert job.counterparty == seller

    def test_one_of_several_is_chosen(self, web, car):
        first, second = make.client("Иванов Иван"), make.client("Иванов Олег")

        asked = web.post(f"/vehicles/{car.pk}/sell/", {"client": "иванов", "on": TODAY})
        chosen = {"client": "иванов", "client_key": second.pk, "on": TODAY}
        web.post(f"/vehicles/{car.pk}/sell/", chosen)

        page = asked.content.decode()
        assert asked.status_code == 422
        assert f'value="{first.pk}"' in page
        assert car.ownerships.get(until=None).counterparty == second

    def test_nobody_knows_to_whom(self, web, car):
        web.post(f"/vehicles/{car.pk}/sell/", {"unknown": "on", "on": TODAY})

        car.refresh_from_db()
        assert not car.is_owned

    def test_one_without_an_owner_gets_one(self, web):
        car, owner = make.vehicle(), make.client("Хозяин")

        page = web.get(f"/?car={car.pk}").content.decode()
        web.post(f"/vehicles/{car.pk}/sell/", {"client": "хозяин", "on": TODAY})

        assert "Указать владельца" in page
        assert car.ownerships.get().counterparty == owner

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"on": TODAY}, "client"),
            ({"client": "нет такого", "on": TODAY}, "client"),
            ({"client": "Продавец", "on": TODAY}, "client"),
            ({"client": "Покупатель", "unknown": "on", "on": TODAY}, "client"),
            ({"client": "Покупатель", "on": ""}, "on"),
            ({"client": "Покупатель", "on": f"{make.day(1)}"}, "on"),
            ({"client": "Покупатель", "on": f"{make.day(-101)}"}, "on"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_field(self, htmx, car, sent, field):
        make.client("Покупатель")

        answer = htmx.post(f"/vehicles/{car.pk}/sell/", sent, target="dialog")

        assert answer.status_code == 422
        assert f'id="ask-{field}_error"' in answer.content.decode()
        assert car.ownerships.get().until is None

    def test_on_one_day_there_and_back(self, car):
        seller, buyer = car.ownerships.get().counterparty, make.client("Покупатель")
        for to in (buyer, seller, buyer):
            vehicles.sell(car.pk, to=to, on=make.TODAY, today=make.TODAY)

        assert car.ownerships.get(until=None).counterparty == buyer

    def test_into_the_time_of_a_former_owner_is_refused(self, web):
        car = make.vehicle()
        make.ownership(car, make.client("Прежний"), since=make.day(-50), until=make.day(-5))
        make.client("Хозяин")

        sent = {"client": "хозяин", "on": f"{make.day(-10)}"}
        answer = web.post(f"/vehicles/{car.pk}/sell/", sent)

        assert answer.status_code == 422
        assert "Прежний" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_vehicle_is_sold_to_one_of_two_at_once():
    car, seller = make.vehicle(), make.client("Продавец")
    make.ownership(car, seller, since=make.day(-100))
    buyers, refused = [make.client("Один"), make.client("Два")], []

    def sell(to) -> None:
        try:
            with transaction.atomic():
                vehicles.sell(car.pk, to=to, on=make.TODAY, today=make.TODAY)
        except RefusedError as refusal:
            refused.append(refusal)

    refusals = at_once(*(lambda to=to: sell(to) for to in buyers))

    assert refusals == [None, None]
    assert car.ownerships.filter(until=None).count() == 1


class TestPlate:
    def test_the_old_one_stays_as_a_former_one(self, web):
        car = make.vehicle(make.client("Зубков"), plate="А111АА77")

        web.post(f"/vehicles/{car.pk}/plate/", {"number": "В222ВВ77", "on": TODAY})

        assert car.plates.get(until=None).number == "В222ВВ77"
        found = web.get("/?vehicle=а111аа77").content.decode()
        assert f'data-vehicle="{car.pk}"' in found
        assert "был А111АА77" in found

    def test_of_the_same_day_is_corrected(self, web):
        car = make.vehicle()
        for number in ("А111АА77", "А111АВ77"):
            web.post(f"/vehicles/{car.pk}/plate/", {"number": number, "on": TODAY})

        assert car.plates.get().number == "А111АВ77"

    def test_may_be_taken_off(self, web):
        car = make.vehicle(plate="А111АА77")

        web.post(f"/vehicles/{car.pk}/plate/", {"number": "", "on": TODAY})

        assert car.plates.get().until == make.TODAY

    @pytest.mark.parametrize(
        "sent",
        [{"number": "", "on": TODAY}, {"number": "x", "on": f"{make.day(1)}"}, {"number": "x"}],
    )
    def test_what_cannot_be_is_refused(self, web, sent):
        car = make.vehicle()

        assert web.post(f"/vehicles/{car.pk}/plate/", sent).status_code == 422
        assert not car.plates.exists()


class TestOdometer:
    def test_is_written_down_with_its_author(self, web, anna):
        car = make.vehicle()

        web.post(f"/vehicles/{car.pk}/odometer/", {"km": "90000", "on": TODAY})

        reading = car.odometer.get()
        assert (reading.km, reading.author) == (90_000, anna)

    def test_less_than_last_time_is_asked_about(self, htmx):
        car = make.vehicle()
        make.odometer(car, 90_000, taken_on=make.day(-5))

        sent = {"km": "9000", "on": TODAY}
        asked = htmx.post(f"/vehicles/{car.pk}/odometer/", sent, target="dialog")
        assert asked.status_code == 422
        assert "было 90000 км" in asked.content.decode()
        assert 'type="checkbox" name="is_sure"' in asked.content.decode()

        sure = htmx.post(f"/vehicles/{car.pk}/odometer/", sent | {"is_sure": "on"}, target="dialog")
        assert sure.status_code == 204
        assert car.odometer.count() == 2

    @pytest.mark.parametrize("km", ["", "-1", "много", "99999999999", "1.5"])
    def test_nonsense_is_refused_at_its_field(self, htmx, km):
        car = make.vehicle()

        answer = htmx.post(
            f"/vehicles/{car.pk}/odometer/", {"km": km, "on": TODAY}, target="dialog"
        )

        assert answer.status_code == 422
        assert 'id="ask-km_error"' in answer.content.decode()


class TestRole:
    def test_a_driver_is_added(self, web):
        owner, son = make.client("Отец"), make.client("Сын")
        car = make.vehicle(owner)

        sent = {"client": "сын", "role": "driver", "since": TODAY}
        web.post(f"/vehicles/{car.pk}/role/", sent)

        assert car.ownerships.get(role="driver").counterparty == son
        assert web.post(f"/vehicles/{car.pk}/role/", sent).status_code == 422

    def test_an_owner_is_not(self, web):
        car = make.vehicle(make.client("Отец"))

        sent = {"client": "отец", "role": "owner", "since": TODAY}

        assert web.post(f"/vehicles/{car.pk}/role/", sent).status_code == 422


def test_clients_are_found_while_one_types(htmx):
    client = make.client("Зубков Алексей")
    make.contact(client, "+7 (908) 4944434")

    by_phone = htmx.post("/customers/find/", {"client": "4434"}, target="found").content.decode()
    too_short = htmx.post("/customers/find/", {"client": "зу"}, target="found").content.decode()

    assert f'value="{client.pk}" checked' in by_phone
    assert "client_key" not in too_short


def test_clients_whose_name_begins_so_come_first(htmx):
    make.client("Алексеев Иван Иванович")
    make.client("Иванов Пётр")

    page = htmx.post("/customers/find/", {"client": "иванов"}, target="found").content.decode()

    assert page.index("Иванов Пётр") < page.index("Алексеев")
