"""Запись на ремонт: made, moved, refused by name, linked, and turned into work."""

import datetime
from decimal import Decimal

import pytest

from armclients.kit.refusals import RefusedError
from orders.actions import booking
from orders.models import DayOff, RepairRequest, Slot, WorkingHours, WorkOrder
from tests import make

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


def book(anna, *, hour: float = 14, length: float = 1, **facts) -> RepairRequest:
    start = make.at(int(hour), round(hour % 1 * 60))
    given = {"start_at": start, "length": length * HOUR, "customer_text": "Пётр"} | facts
    return booking.book(branch=make.branch(), by=anna, at=make.NOW, **given)


class TestBook:
    def test_takes_the_time_and_a_number(self, anna):
        booked = book(anna, bay=make.bay(), customer=make.client("Зубков"))

        assert (booked.state, booked.number, booked.author) == ("new", "ЦОА0000001", anna)
        slot = booked.slots.get()
        assert (slot.start_at, slot.end_at, slot.bay) == (make.at(14), make.at(15), make.bay())

    def test_of_a_stranger_needs_a_name_or_a_phone(self, anna):
        with pytest.raises(RefusedError, match="имя или телефон"):
            book(anna, customer_text="")

        assert book(anna, customer_text="", contact_phone="+7 900").contact_phone == "+7 900"

    def test_without_a_time_waits(self, anna):
        booked = book(anna, start_at=None)

        assert not booked.slots.exists()

    def test_is_refused_with_the_name_of_the_other(self, anna):
        book(anna, hour=14, bay=make.bay(), customer=make.client("Зубков Алексей"))

        with pytest.raises(RefusedError, match=r"Пост 1.*14:00–15:00.*Зубков Алексей.*ЦОА0000001"):
            book(anna, hour=14.5, bay=make.bay())

        assert RepairRequest.objects.count() == 1
        assert book(anna, hour=16, bay=make.bay()).number == "ЦОА0000002"

    def test_is_refused_where_the_master_is_busy(self, anna, gleb):
        book(anna, bay=make.bay(), master=gleb)

        with pytest.raises(RefusedError, match="Котов"):
            book(anna, bay=make.bay("Пост 2"), master=gleb)

    def test_is_refused_in_the_past(self, anna):
        with pytest.raises(RefusedError, match=r"прошло|прошёл"):
            book(anna, hour=9, bay=make.bay())

    def test_outside_working_hours_has_to_be_meant(self, anna):
        with pytest.raises(RefusedError, match="не работает"):
            book(anna, hour=21, bay=make.bay())

        assert book(anna, hour=21, bay=make.bay(), anyway=True).slots.exists()

    def test_plans_what_its_base_plans(self, anna):
        estimate = make.estimate()
        make.work(estimate, "Замена ГРМ", norm_hours=Decimal("3.5"))

        booked = book(anna, base=estimate)

        assert booked.works.get().name == "Замена ГРМ"


class TestMove:
    def test_goes_where_it_is_put_and_remembers_where_it_was(self, anna):
        slot = book(anna, bay=make.bay()).slots.get()

        booking.move(slot.pk, start_at=make.at(16), length=2 * HOUR, bay=make.bay("Пост 2"))

        slot.refresh_from_db()
        assert (slot.start_at, slot.end_at, slot.bay.name) == (make.at(16), make.at(18), "Пост 2")
        was = slot.slot_history.get()
        assert (was.start_at, was.bay.name) == (make.at(14), "Пост 1")

    def test_over_itself_is_no_overlap(self, anna):
        slot = book(anna, bay=make.bay()).slots.get()

        booking.move(slot.pk, start_at=make.at(14, 30), length=HOUR, bay=make.bay())

        assert Slot.objects.get().start_at == make.at(14, 30)

    def test_onto_another_names_it_and_stays(self, anna):
        book(anna, hour=16, bay=make.bay(), customer=make.client("Иванов"))
        slot = book(anna, hour=14, bay=make.bay()).slots.get()

        with pytest.raises(RefusedError, match="Иванов"):
            booking.move(slot.pk, start_at=make.at(15, 30), length=HOUR, bay=make.bay())

        assert Slot.objects.get(pk=slot.pk).start_at == make.at(14)

    def test_of_one_that_was_moved_meanwhile_is_refused(self, anna):
        slot = book(anna, bay=make.bay()).slots.get()
        seen = booking.place_of(slot)
        booking.move(slot.pk, start_at=make.at(16), length=HOUR, bay=make.bay(), seen=seen)

        with pytest.raises(RefusedError, match=r"12\.03 16:00"):
            booking.move(slot.pk, start_at=make.at(18), length=HOUR, bay=make.bay(), seen=seen)

    def test_of_a_cancelled_one_is_refused(self, anna):
        booked = book(anna, bay=make.bay())
        RepairRequest.objects.filter(pk=booked.pk).update(state="cancelled")

        with pytest.raises(RefusedError, match="Отмен"):
            booking.move(booked.slots.get().pk, start_at=make.at(16), length=HOUR)


class TestPlan:
    def test_has_several_times_on_several_bays(self, anna):
        plan = book(anna, bay=make.bay(), operation="plan")

        booking.add_slot(
            plan.pk, start_at=make.at(15), length=HOUR, bay=make.bay("Пост 2"), at=make.NOW
        )

        assert [slot.bay.name for slot in plan.slots.order_by("start_at")] == ["Пост 1", "Пост 2"]

    def test_waits_again_when_its_time_is_freed(self, anna):
        booked = book(anna, bay=make.bay())

        booking.remove_slot(booked.slots.get().pk)

        assert not booked.slots.exists()
        assert book(anna, bay=make.bay()).slots.exists()


class TestLink:
    def test_gives_the_booking_to_a_client_and_keeps_what_was_told(self, anna):
        booked = book(anna, vehicle_text="Солярис")
        zubkov = make.client("Зубков")

        booking.link(booked.pk, customer=zubkov)

        booked.refresh_from_db()
        assert (booked.counterparty, booked.payer) == (zubkov, zubkov)
        assert (booked.customer_text, booked.what) == ("Пётр", "Солярис")


class TestArrival:
    def test_becomes_a_work_order_with_all_that_was_agreed(self, anna, gleb):
        zubkov = make.client("Зубков")
        car = make.vehicle(zubkov)
        kind = make.repair_kind()
        booked = book(
            anna,
            bay=make.bay(),
            master=gleb,
            customer=zubkov,
            vehicle=car,
            repair_kind=kind,
            reason="Стук",
        )
        make.work(booked, "Диагностика")

        order = booking.to_work_order(booked.pk, by=anna, on=make.TODAY)

        booked.refresh_from_db()
        assert (booked.state, order.base_id, order.state) == ("arrived", booked.pk, "request")
        assert (order.counterparty, order.vehicle, order.master) == (zubkov, car, gleb)
        assert (order.repair_kind, order.planned_handover_at) == (kind, make.at(15))
        assert order.works.get().name == "Диагностика"

    def test_is_one_work_order_however_often_it_is_asked(self, anna):
        booked = book(anna, customer=make.client())

        orders = {booking.to_work_order(booked.pk, by=anna, on=make.TODAY).pk for _ in range(2)}

        assert len(orders) == WorkOrder.objects.count() == 1

    def test_needs_a_card(self, anna):
        with pytest.raises(RefusedError, match="карточка"):
            booking.to_work_order(book(anna).pk, by=anna, on=make.TODAY)


class TestHours:
    """14:00 on a Tuesday."""

    def test_of_a_bay_come_before_those_of_the_branch(self, anna):
        branch = make.branch()
        hours = {"opens": datetime.time(8), "closes": datetime.time(18), "weekday": 2}
        WorkingHours.objects.create(branch=branch, **hours)
        WorkingHours.objects.create(
            branch=branch, bay=make.bay("Мойка"), **hours | {"opens": datetime.time(15)}
        )

        book(anna, bay=make.bay())
        with pytest.raises(RefusedError, match="Мойка"):
            book(anna, bay=make.bay("Мойка"))

    @pytest.mark.parametrize("of", ["branch", "bay", "master"])
    def test_there_are_none_on_a_day_off(self, anna, gleb, of):
        scope = {"bay": {"bay": make.bay()}, "master": {"master": gleb}, "branch": {}}[of]
        DayOff.objects.create(branch=make.branch(), since=make.day(-1), until=make.day(1), **scope)

        with pytest.raises(RefusedError, match="не работает"):
            book(anna, bay=make.bay(), master=gleb)
