"""What is done with sets of tires: each act, and what it refuses."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from armclients.kit.refusals import RefusedError
from tests import hotel, make
from tests.workstation.writers import at_once, one_during_the_other
from vehicles.actions import storage, tires
from vehicles.models import StorageCell, TireMovement, TireSet
from vehicles.tire_seasons import kept_until, next_change, rim_of, season_to_store


def taken(**facts) -> TireSet:
    given = {
        "depositor": facts.pop("depositor", None) or make.client(),
        "season": "summer",
        "size": "205/55 R16",
        "by": None,
        "at": make.NOW,
        "today": make.TODAY,
    }
    return tires.take_in(**given | facts)


def left(pk: int, **facts) -> TireSet:
    return tires.release(pk, **{"by": None, "at": make.NOW, "today": make.TODAY} | facts)


@pytest.mark.django_db
class TestTakeIn:
    def test_draws_numbers_without_gaps(self):
        first = taken()
        with transaction.atomic():
            taken()
            transaction.set_rollback(True)

        second = taken()

        assert (first.number, second.number) == ("T000001", "T000002")

    def test_fills_the_cell_and_remembers_it_as_text(self, anna):
        cell = hotel.cell("A-1-1-1")

        kept = taken(cell=cell, by=anna)
        StorageCell.objects.filter(pk=cell.pk).update(code="Б-9")

        cell.refresh_from_db()
        move = TireMovement.objects.get()
        assert (cell.held, cell.load) == (4, "full")
        assert (move.set, move.kind, move.to_cell, move.author) == (kept, "in", "A-1-1-1", anna)

    def test_is_refused_where_there_is_no_room(self):
        cell = hotel.cell("A-1", capacity=6)
        taken(cell=cell)

        with pytest.raises(RefusedError, match="A-1") as refusal:
            taken(cell=cell)

        assert refusal.value.field == "cell"
        assert TireSet.objects.count() == 1

    def test_without_a_cell_gets_the_one_that_suits_best(self):
        hotel.cell("any")
        hotel.cell("winter", season="winter")
        hotel.cell("small", season="summer", largest_rim=15)
        hotel.cell("huge", season="summer", largest_rim=20)
        hotel.cell("fits", season="summer", largest_rim=17)
        hotel.cell("old", season="summer", largest_rim=16, is_active=False)

        places = [taken().cell for _each in range(4)]

        assert [place and place.code for place in places] == ["fits", "huge", "any", None]


@pytest.mark.django_db
class TestCell:
    def test_is_never_over_capacity_whoever_writes(self):
        cell = hotel.cell()

        with pytest.raises(IntegrityError, match="storagecell_not_over_capacity"):
            hotel.tires(cell=cell, quantity=5)

    def test_two_sets_change_places_in_one_statement(self):
        one, other = hotel.cell(), hotel.cell()
        first, second = hotel.tires(cell=one), hotel.tires(cell=other)

        TireSet.objects.update(cell_id=one.pk + other.pk - F("cell_id"))

        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.cell, second.cell) == (other, one)
        assert set(StorageCell.objects.values_list("held", flat=True)) == {4}

    def test_is_free_when_the_set_is_deleted(self):
        kept = hotel.tires(cell=hotel.cell())

        kept.delete()

        assert StorageCell.objects.get().held == 0


@pytest.mark.django_db
class TestRelease:
    def test_frees_the_place_and_says_to_whom(self):
        kept = taken(cell=hotel.cell("A-7"))

        left(kept.pk, words="Жене")

        kept.refresh_from_db()
        move = TireMovement.objects.latest("pk")
        assert (kept.state, kept.cell, kept.left_on) == ("released", None, make.TODAY)
        assert (move.kind, move.from_cell, move.words) == ("out", "A-7", "Жене")
        assert StorageCell.objects.get().held == 0

    def test_happens_once(self):
        kept = taken()
        left(kept.pk)

        with pytest.raises(RefusedError):
            left(kept.pk)


@pytest.mark.django_db
class TestSwap:
    def test_puts_the_other_set_where_this_one_lay(self):
        cell, car = hotel.cell("A-1"), make.vehicle()
        winter = taken(cell=cell, vehicle=car, season="winter")

        summer = tires.swap(
            winter.pk, by=None, at=make.NOW, today=make.TODAY, season="summer", quantity=4
        )

        winter.refresh_from_db()
        assert (winter.state, summer.state) == ("released", "stored")
        assert (summer.cell, summer.vehicle) == (cell, car)
        assert summer.depositor == winter.depositor

    def test_changes_nothing_when_the_place_is_too_small(self):
        other = hotel.cell("B-1", capacity=2)
        winter = taken(cell=hotel.cell("A-1"))

        with pytest.raises(RefusedError):
            tires.swap(
                winter.pk, cell=other, by=None, at=make.NOW, today=make.TODAY, season="summer"
            )

        winter.refresh_from_db()
        assert winter.state == "stored"
        assert TireSet.objects.count() == 1


@pytest.mark.django_db
class TestRelocate:
    def test_moves_the_load(self):
        one, other = hotel.cell("A"), hotel.cell("B")
        kept = taken(cell=one)

        tires.relocate(kept.pk, cell=other, words="Ближе", by=None, at=make.NOW)

        move = TireMovement.objects.latest("pk")
        assert (move.from_cell, move.to_cell, move.words) == ("A", "B", "Ближе")
        assert dict(StorageCell.objects.values_list("code", "held")) == {"A": 0, "B": 4}

    def test_to_where_it_lies_is_refused(self):
        kept = taken(cell=hotel.cell("A"))

        with pytest.raises(RefusedError):
            tires.relocate(kept.pk, cell=kept.cell, by=None, at=make.NOW)


@pytest.mark.django_db
class TestRequest:
    def test_puts_the_set_on_the_pick_list_and_back(self):
        kept = taken()

        tires.request(kept.pk, needed_on=make.day(2), today=make.TODAY)
        kept.refresh_from_db()
        assert (kept.state, kept.needed_on) == ("requested", make.day(2))

        tires.recall(kept.pk)
        kept.refresh_from_db()
        assert (kept.state, kept.needed_on) == ("stored", None)

    def test_for_yesterday_is_refused(self):
        kept = taken()

        with pytest.raises(RefusedError):
            tires.request(kept.pk, needed_on=make.day(-1), today=make.TODAY)


@pytest.mark.django_db
class TestDispose:
    def test_only_when_overdue_and_after_a_notice(self):
        kept = hotel.tires(until=make.day(10))
        act = {"words": "Акт 1", "by": None, "at": make.NOW}

        with pytest.raises(RefusedError):
            tires.dispose(kept.pk, today=make.TODAY, **act)
        with pytest.raises(RefusedError):
            tires.dispose(kept.pk, today=make.day(11), **act)
        tires.give_notice(kept.pk, on=make.day(11), notice="Письмо", today=make.day(11))
        tires.dispose(kept.pk, today=make.day(11), **act)

        kept.refresh_from_db()
        assert (kept.state, kept.notice) == ("disposed", "Письмо")

    def test_the_database_wants_a_notice_too(self):
        with pytest.raises(IntegrityError, match="tireset_disposed_after_notice"):
            hotel.tires(state="disposed", noticed_on=None)


@pytest.mark.django_db
def test_a_second_measurement_of_a_day_corrects_the_first():
    kept = hotel.tires()
    day = {"on": make.TODAY, "by": None, "today": make.TODAY}

    tires.measure(kept.pk, wheels={"fl": (Decimal("6.5"), None, "")}, **day)
    tires.measure(kept.pk, wheels={"fl": (Decimal("5.5"), Decimal("2.2"), "Латка")}, **day)

    measured = kept.measurements.get()
    assert (measured.tread_mm, measured.condition) == (Decimal("5.5"), "Латка")


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Real connections: the database decides."""

    def test_a_cell_takes_one_of_forty(self):
        cell, client = hotel.cell(), make.client()

        def take() -> None:
            try:
                taken(depositor=client, cell=cell)
            except RefusedError:
                refused.append(1)

        refused: list[int] = []
        for _wave in range(5):
            at_once(*[take] * 8)

        assert len(refused) == 39
        assert TireSet.objects.get().cell == cell
        assert StorageCell.objects.get().held == 4

    def test_takers_without_a_cell_get_one_each_and_numbers_without_gaps(self):
        client = make.client()
        for _each in range(8):
            hotel.cell()

        refusals = at_once(*[lambda: taken(depositor=client)] * 8)

        assert refusals == [None] * 8
        assert set(StorageCell.objects.values_list("held", flat=True)) == {4}
        numbers = sorted(TireSet.objects.values_list("number", flat=True))
        assert numbers == [f"T{n:06}" for n in range(1, 9)]

    def test_past_the_actions_the_second_is_refused_by_the_database(self):
        cell, client = hotel.cell(), make.client()

        _first, second = one_during_the_other(
            lambda: hotel.tires(client, cell=cell), lambda: hotel.tires(client, cell=cell)
        )

        assert isinstance(second, IntegrityError)
        assert TireSet.objects.count() == 1

    def test_two_sets_go_to_each_others_cells(self):
        one, other = hotel.cell(capacity=8), hotel.cell(capacity=8)
        first, second = hotel.tires(cell=one), hotel.tires(cell=other)

        refusals = at_once(
            lambda: tires.relocate(first.pk, cell=other, by=None, at=make.NOW),
            lambda: tires.relocate(second.pk, cell=one, by=None, at=make.NOW),
        )

        assert refusals == [None, None]
        assert set(StorageCell.objects.values_list("held", flat=True)) == {4}


@pytest.mark.django_db
class TestLayOut:
    FACTS = {"racks": 2, "shelves": 3, "positions": 4, "capacity": 4}

    def test_makes_each_cell_once(self):
        made = storage.lay_out(store="Отель", zone="A", first_rack=1, **self.FACTS)
        more = storage.lay_out(store="отель", zone="A", first_rack=2, **self.FACTS)

        assert (made, more) == (24, 12)
        assert StorageCell.objects.filter(code="A-3-3-4").exists()

    def test_says_so_when_they_are_there(self):
        storage.lay_out(store="Отель", zone="A", first_rack=1, **self.FACTS)

        with pytest.raises(RefusedError):
            storage.lay_out(store="Отель", zone="A", first_rack=1, **self.FACTS)

    def test_is_no_city(self):
        with pytest.raises(RefusedError):
            storage.lay_out(
                store="Отель",
                zone="A",
                first_rack=1,
                racks=100,
                shelves=20,
                positions=100,
                capacity=4,
            )


class TestSeasons:
    @pytest.mark.parametrize(
        ("size", "rim"),
        [
            ("205/55 R16", 16),
            ("205/55R16 91H", 16),
            ("31x10.5 R15LT", 15),
            ("195/65ZR15", 15),
            ("205/55", None),
            ("", None),
        ],
    )
    def test_diameter(self, size, rim):
        assert rim_of(size) == rim

    def test_next_change(self):
        spring = datetime.date(2026, 4, 10)

        assert next_change("winter", spring) == datetime.date(2026, 10, 15)
        assert next_change("summer", spring) == datetime.date(2027, 4, 1)
        assert next_change("all", spring) is None
        assert kept_until("winter", spring) == datetime.date(2026, 11, 14)

    def test_what_is_brought(self):
        assert season_to_store(datetime.date(2026, 4, 10)) == "winter"
        assert season_to_store(datetime.date(2026, 11, 3)) == "summer"
