"""Messages that send themselves: once each, by day, and only where the shop has said so."""

import datetime

import pytest

from armclients.workstation.reminders import remind
from customers.models import OutgoingMessage
from orders.models import StateChange
from tests import hotel, make


@pytest.fixture
def client(db):
    return make.zubkov()


def complete(client, **facts):
    """A work order of the client's that has just become completed."""
    car = client.ownerships.get().vehicle
    order = make.work_order(client, state="in_progress", vehicle=car, **facts)
    order.state = "completed"
    order.save()
    StateChange.objects.filter(document=order).update(at=make.NOW)
    return order


def texts():
    return list(OutgoingMessage.objects.order_by("pk").values_list("text", flat=True))


class TestCompleted:
    def test_the_client_is_told_once(self, client):
        make.template("{document} готов", occasion="completed")
        order = complete(client)

        assert [remind(at=make.NOW), remind(at=make.NOW)] == [1, 0]

        order.refresh_from_db()
        assert texts() == [f"{order.number} готов"]
        assert order.notified_at == make.NOW

    def test_nobody_is_told_unless_it_is_switched_on(self, client):
        make.template("{document} готов")
        make.template("{document} готов", occasion="completed", is_active=False)
        complete(client)

        assert remind(at=make.NOW) == 0

    def test_who_was_told_by_a_person_is_not_told_again(self, client):
        make.template("{document} готов", occasion="completed")
        complete(client, notified_at=make.NOW)

        assert remind(at=make.NOW) == 0

    def test_nobody_is_woken_up(self, client):
        make.template("{document} готов", occasion="completed")
        complete(client, branch=make.branch("Омск", timezone="Asia/Omsk"))

        assert remind(at=make.at(18)) == 0  # nine in the evening in Omsk
        assert remind(at=make.at(6, days=1)) == 1

    def test_what_cannot_be_filled_in_is_not_sent(self, client):
        make.template("Готов к {ready}", occasion="completed")
        complete(client)

        assert remind(at=make.NOW) == 0
        assert texts() == []

    def test_advertising_asks_for_a_consent_here_too(self, client):
        make.template("Скидка", occasion="completed", purpose="advertising")
        complete(client)

        assert remind(at=make.NOW) == 0


class TestBooking:
    @pytest.fixture(autouse=True)
    def switched_on(self, db):
        make.template("Ждём {ready}", occasion="booking")

    def test_it_is_told_the_day_before_on_the_clock_of_the_branch(self, client):
        omsk = make.branch("Омск", timezone="Asia/Omsk")
        make.request(client, slot=make.at(7, days=1), branch=omsk)
        make.request(client, slot=make.at(22), branch=omsk)  # one in the night of tomorrow there
        make.request(client, slot=make.at(22, days=1), branch=omsk)  # the day after
        make.request(client, slot=make.at(23), branch=make.branch())  # today in Moscow

        remind(at=make.NOW)

        assert texts() == ["Ждём 13.03 01:00", "Ждём 13.03 10:00"]

    def test_once_and_again_when_it_is_moved(self, client):
        request = make.request(client, slot=make.at(10, days=1))
        remind(at=make.NOW)
        remind(at=make.NOW + datetime.timedelta(hours=1))
        slot = request.slots.get()
        slot.start_at, slot.end_at = make.at(15, days=1), make.at(16, days=1)
        slot.save()

        remind(at=make.NOW + datetime.timedelta(hours=2))

        assert texts() == ["Ждём 13.03 10:00", "Ждём 13.03 15:00"]

    @pytest.mark.parametrize("state", ["cancelled", "no_show", "arrived"])
    def test_only_who_is_expected_is_told(self, client, state):
        make.request(client, slot=make.at(10, days=1), state=state)

        assert remind(at=make.NOW) == 0


class TestSeasonOfTires:
    AUTUMN = datetime.datetime(2041, 10, 5, 9, 0, tzinfo=datetime.UTC)

    @pytest.fixture(autouse=True)
    def switched_on(self, client):
        make.branch()
        make.template("{client}, пора: {car}. {branch}", occasion="storage")

    def test_the_depositor_is_told_once_a_season(self, client):
        car = client.ownerships.get().vehicle
        hotel.tires(client, season="winter", vehicle=car)
        hotel.tires(client, season="summer")
        hotel.tires(client, season="winter", state="released")

        told = [remind(at=self.AUTUMN + datetime.timedelta(days=days)) for days in (0, 3, 365)]

        assert told == [1, 0, 1]
        assert texts()[0] == "Зубков Алексей, пора: TOYOTA COROLLA седан. Центральный офис"

    def test_nobody_is_told_in_the_wrong_season(self, client):
        hotel.tires(client, season="summer", vehicle=client.ownerships.get().vehicle)

        assert remind(at=self.AUTUMN) == 0


class TestBooked:
    def test_a_booking_is_confirmed_once_and_again_when_it_is_moved(self, client):
        make.template("Вы записаны на {ready}", occasion="booked")
        booked = make.request(client, slot=make.at(14, days=3), created_at=make.NOW)

        assert [remind(at=make.NOW), remind(at=make.NOW)] == [1, 0]
        booked.slots.update(start_at=make.at(16, days=3), end_at=make.at(17, days=3))
        assert [remind(at=make.NOW), remind(at=make.NOW)] == [1, 0]

        assert texts() == ["Вы записаны на 15.03 14:00", "Вы записаны на 15.03 16:00"]

    @pytest.mark.parametrize("days", [0, 3])
    def test_of_long_ago_or_at_hand_is_not(self, client, days):
        make.template("Вы записаны на {ready}", occasion="booked")
        made = make.NOW - datetime.timedelta(days=days)
        make.request(client, slot=make.NOW + datetime.timedelta(minutes=30), created_at=made)

        assert remind(at=make.NOW) == 0
