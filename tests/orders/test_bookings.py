"""Slots: a bay and a master are for one vehicle at a time."""

import pytest
from django.db import IntegrityError

from orders.models import RepairRequest, Slot
from tests import make

pytestmark = pytest.mark.django_db


def booked(hour: int, *, state: str = "confirmed", **on) -> RepairRequest:
    return make.request(make.client(), slot=make.at(hour), state=state, **on)


class TestBay:
    def test_is_not_booked_twice(self):
        booked(9, bay=make.bay(), end_at=make.at(11))

        with pytest.raises(IntegrityError, match="slot_no_overlap_on_bay"):
            booked(10, bay=make.bay())

    def test_is_free_again_when_the_other_leaves(self):
        booked(9, bay=make.bay(), end_at=make.at(10))
        booked(10, bay=make.bay())

        assert Slot.objects.filter(is_held=True).count() == 2

    def test_another_one_is_another_one(self):
        booked(9, bay=make.bay())
        booked(9, bay=make.bay("Пост 2"))
        booked(9)
        booked(9)

        assert Slot.objects.count() == 4

    @pytest.mark.parametrize("state", ["cancelled", "no_show"])
    def test_is_not_held_by_who_does_not_come(self, state):
        booked(9, bay=make.bay(), state=state)
        booked(9, bay=make.bay())

        assert Slot.objects.filter(is_held=True).count() == 1

    @pytest.mark.parametrize("state", ["cancelled", "no_show"])
    def test_is_freed_by_a_change_of_state_and_not_taken_back(self, state):
        first = booked(9, bay=make.bay())
        RepairRequest.objects.filter(pk=first.pk).update(state=state)
        booked(9, bay=make.bay())

        with pytest.raises(IntegrityError, match="slot_no_overlap_on_bay"):
            RepairRequest.objects.filter(pk=first.pk).update(state="confirmed")

    def test_is_held_until_after_the_beginning(self):
        with pytest.raises(IntegrityError, match="slot_ends_after_start"):
            booked(9, end_at=make.at(9))


class TestMaster:
    def test_is_not_at_two_bays_at_once(self, gleb):
        booked(9, bay=make.bay(), master=gleb)

        with pytest.raises(IntegrityError, match="slot_no_overlap_on_master"):
            booked(9, bay=make.bay("Пост 2"), master=gleb)
