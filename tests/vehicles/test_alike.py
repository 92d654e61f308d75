"""A vehicle that is known already, noticed while it is entered; whoever is its owner no more."""

import pytest

from armclients.kit.limits import TooLongError
from armclients.kit.refusals import RefusedError
from armclients.workstation import alike as of_clients
from customers import finding
from tests import make
from tests.workstation.writers import one_during_the_other
from vehicles import alike
from vehicles.actions import vehicles
from vehicles.models import Vehicle, VehicleOwnership

TODAY = f"{make.TODAY}"
VIN = "NMTBM28E80R058037"


@pytest.fixture
def known(db):
    car = make.vehicle(vin=VIN, body_number="NZE121-1234567")
    make.plate_of(car, "А111АА77", until=make.TODAY)
    make.plate_of(car, "В222ВВ77", since=make.TODAY)
    make.ownership(car, make.client("Прежний хозяин"), since=make.day(-100))
    return car


class TestKnown:
    @pytest.mark.parametrize("is_owned", [True, False])
    @pytest.mark.parametrize(
        ("sent", "why"),
        [
            ({"vin": VIN.lower()}, "тот же VIN или номер кузова"),
            ({"body_number": "nze1211234567"}, "тот же VIN или номер кузова"),
            ({"vin": "NZE121-1234567"}, "тот же VIN или номер кузова"),
            ({"plate": "b222bb 77"}, "тот же гос. номер"),
            ({"plate": "а111аа77"}, "был этот гос. номер"),
        ],
    )
    def test_is_shown_while_one_types(self, htmx, known, is_owned, sent, why):
        if not is_owned:
            known.ownerships.all().delete()

        page = htmx.post("/vehicles/alike/", sent, target="alike").content.decode()

        assert f'data-alike="{known.pk}"' in page
        assert f'href="/?car={known.pk}"' in page
        assert why in page
        assert ("Прежний хозяин" if is_owned else "без владельца") in page

    @pytest.mark.parametrize(
        "sent", [{}, {"vin": "NMTB"}, {"plate": "\0%_%_%"}, {"vin": "x" * 500}]
    )
    def test_is_not_shown_of_too_little_or_nonsense(self, htmx, known, sent):
        page = htmx.post("/vehicles/alike/", sent, target="alike").content.decode()

        assert "data-alike" not in page

    def test_is_shown_before_anything_is_saved(self, web, known):
        client = make.client()
        address, sent = f"/vehicles/new/?customer={client.pk}", {"vin": VIN}

        first = web.post(address, sent)
        assert first.status_code == 422
        assert f'name="alike" value="{known.pk}"' in first.content.decode()
        assert Vehicle.objects.count() == 1

        web.post(address, sent | {"alike": known.pk})
        assert Vehicle.objects.count() == 2

    def test_is_taken_instead_of_a_double(self, web, known):
        client = make.client("Новый хозяин")
        page = web.post(f"/vehicles/new/?customer={client.pk}", {"vin": VIN}).content.decode()
        take = f"/vehicles/{known.pk}/take/?customer={client.pk}"
        assert f'href="{take}"' in page

        answer = web.post(take, {"on": TODAY})

        assert answer["Location"] == f"/?customer={client.pk}&car={known.pk}"
        assert known.ownerships.get(until=None).counterparty == client
        assert known.ownerships.get(until=make.TODAY).counterparty.name == "Прежний хозяин"

    def test_of_the_same_client_is_not_offered_to_be_taken(self, htmx, known):
        owner = known.ownerships.get().counterparty

        address = f"/vehicles/alike/?customer={owner.pk}"
        page = htmx.post(address, {"vin": VIN}, target="alike").content.decode()

        assert f'data-alike="{known.pk}"' in page
        assert "/take/" not in page

    @pytest.mark.parametrize("on", ["", "вчера", f"{make.day(1)}", f"{make.day(-101)}"])
    def test_is_not_taken_from_a_day_that_cannot_be(self, htmx, known, on):
        address = f"/vehicles/{known.pk}/take/?customer={make.client().pk}"

        answer = htmx.post(address, {"on": on}, target="dialog")

        assert answer.status_code == 422
        assert 'id="ask-on_error"' in answer.content.decode()

    def test_is_given_an_owner_by_hand_where_no_client_was_chosen(self, web, known):
        answer = web.get(f"/vehicles/{known.pk}/take/")

        assert answer["Location"] == f"/vehicles/{known.pk}/sell/"


@pytest.mark.django_db(transaction=True)
class TestLooking:
    """Where looking takes too long, it is cut, and the window says so."""

    @pytest.fixture(autouse=True)
    def slow(self, monkeypatch):
        def cut(*_args, **_kwargs):
            raise TooLongError

        monkeypatch.setattr(alike, "keys_in_time", cut)
        monkeypatch.setattr(of_clients, "rows_in_time", cut)
        monkeypatch.setattr("customers.queries.keys_in_time", cut)

    @pytest.mark.parametrize(
        ("address", "sent"),
        [
            ("/vehicles/alike/", {"vin": VIN}),
            ("/customers/new/alike/", {"phone": "+7 908 4944434"}),
        ],
    )
    def test_for_the_same_says_that_it_was_cut(self, htmx, address, sent):
        page = htmx.post(address, sent, target="alike").content.decode()

        assert "не удалось проверить" in page.lower()

    def test_for_a_client_says_that_it_was_cut(self, htmx):
        page = htmx.post("/customers/find/", {"client": "иванов"}, target="found").content.decode()
        car = make.vehicle(make.client())
        sale = htmx.post(f"/vehicles/{car.pk}/sell/", {"client": "иванов", "on": TODAY})

        assert "слишком много" in page.lower()
        assert sale.status_code == 422
        assert "слишком много" in sale.content.decode().lower()


class TestEndOfARole:
    @pytest.fixture
    def car(self, db):
        return make.vehicle(make.client("Отец"))

    def test_stands_beside_each_on_the_card(self, web, car):
        son = make.ownership(car, make.client("Сын"), role="driver")
        firm = make.ownership(car, make.client("Фирма"), role="payer")
        gone = make.ownership(car, make.client("Бывший"), role="driver", until=make.TODAY)

        page = web.get(f"/?car={car.pk}").content.decode()

        for role in (son, firm, car.ownerships.get(role="owner")):
            assert f'href="/vehicles/roles/{role.pk}/end/"' in page
        assert f"/vehicles/roles/{gone.pk}/end/" not in page

    @pytest.mark.parametrize("role", ["owner", "driver", "payer"])
    def test_keeps_the_past(self, htmx, role):
        car = make.vehicle()
        held = make.ownership(car, make.client("Кто-то"), role=role, since=make.day(-9))

        answer = htmx.post(f"/vehicles/roles/{held.pk}/end/", {"on": TODAY}, target="dialog")

        held.refresh_from_db()
        car.refresh_from_db()
        assert answer.status_code == 204
        assert "vehicle-changed" in answer["HX-Trigger"]
        assert held.until == make.TODAY
        assert not car.is_owned

    def test_leaves_a_vehicle_that_is_found_and_asks_for_an_owner(self, web, car):
        make.plate_of(car, "В222ВВ77")

        web.post(f"/vehicles/roles/{car.ownerships.get().pk}/end/", {"on": TODAY})

        page = web.get(f"/?vehicle=в222вв77&car={car.pk}").content.decode()
        assert f'data-vehicle="{car.pk}" data-owner=""' in page
        assert 'id="name-owner"' in page

    @pytest.mark.parametrize("on", ["", "нет", f"{make.day(1)}", f"{make.day(-10)}"])
    def test_on_a_day_that_cannot_be_is_refused_at_its_field(self, htmx, car, on):
        held = make.ownership(car, make.client(), role="driver", since=make.day(-9))

        answer = htmx.post(f"/vehicles/roles/{held.pk}/end/", {"on": on}, target="dialog")

        held.refresh_from_db()
        assert answer.status_code == 422
        assert 'id="ask-on_error"' in answer.content.decode()
        assert held.until is None

    def test_twice_is_refused(self, htmx, car):
        address = f"/vehicles/roles/{car.ownerships.get().pk}/end/"

        answers = [htmx.post(address, {"on": TODAY}, target="dialog") for _time in range(2)]

        assert [answer.status_code for answer in answers] == [204, 422]

    def test_of_nothing_is_not_found(self, web, db):
        assert web.get("/vehicles/roles/123456/end/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_role_is_ended_by_one_of_two_at_once():
    car, refused = make.vehicle(make.client("Отец")), []
    role = VehicleOwnership.objects.get(vehicle=car)

    def late() -> None:
        try:
            vehicles.end_role(role.pk, on=make.TODAY, today=make.TODAY)
        except RefusedError as refusal:
            refused.append(refusal)

    one_during_the_other(
        lambda: vehicles.end_role(role.pk, on=make.day(-1), today=make.TODAY), late
    )

    role.refresh_from_db()
    assert role.until == make.day(-1)
    assert len(refused) == 1


@pytest.mark.django_db
def test_those_whose_name_begins_so_are_enough(htmx, monkeypatch):
    """Nobody looks through the middle of names, or through phones, when the list is full."""
    for number in range(9):
        make.client(f"Иванов {number}")
    monkeypatch.setattr(finding, "people", None)

    page = htmx.post("/customers/find/", {"client": "иван"}, target="found").content.decode()

    assert page.count("client_key") == 8
