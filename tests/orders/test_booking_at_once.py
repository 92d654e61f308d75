"""Forty people want one slot: one has it, thirty-nine are told who."""

import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from armclients.kit.refusals import RefusedError
from orders.actions import booking
from orders.models import RepairRequest, Slot
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
FORTY = 40


def test_one_of_forty_gets_the_slot_and_the_others_a_name(anna, gleb):
    branch, bay, client = make.branch(), make.bay(), make.client("Зубков Алексей")
    ready = Barrier(FORTY)

    def attempt(minute: int) -> str:
        try:
            ready.wait()
            booking.book(
                branch=branch,
                by=anna,
                at=make.NOW,
                start_at=make.at(14, minute),
                length=datetime.timedelta(hours=1),
                bay=bay,
                master=gleb if minute % 2 else None,
                customer=client,
            )
        except RefusedError as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(FORTY) as people:
        said = list(people.map(attempt, range(FORTY)))

    assert said.count("") == 1
    refusals = [sentence for sentence in said if sentence]
    assert len(refusals) == FORTY - 1
    assert all("Зубков Алексей" in sentence for sentence in refusals)
    assert Slot.objects.count() == RepairRequest.objects.count() == 1
    assert RepairRequest.objects.get().number == "ЦОА0000001"


def test_moves_onto_one_place_leave_one_there(anna):
    slots = [
        make.request(make.client(), slot=make.at(9), bay=make.bay(f"Пост {n}")).slots.get()
        for n in range(8)
    ]
    target = make.bay("Яма")
    ready = Barrier(len(slots))

    def attempt(slot: Slot) -> bool:
        try:
            ready.wait()
            booking.move(
                slot.pk, start_at=make.at(15), length=datetime.timedelta(hours=1), bay=target
            )
        except RefusedError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(slots)) as people:
        moved = list(people.map(attempt, slots))

    assert moved.count(True) == 1
    assert Slot.objects.filter(bay=target).count() == 1
