"""The screens of the tire hotel: found, taken in, swapped, counted, printed."""

from decimal import Decimal

import pytest

from tests import hotel, make
from vehicles.actions import storage, tires
from vehicles.models import TireScan, TireSet, VehicleOwnership

TIRES = "/tires/"


@pytest.fixture
def owner(db):
    return make.client("Зубков Алексей")


@pytest.fixture
def car(owner):
    return make.vehicle(owner, plate="А123ВС77", vin="NMTBM28E80R058037")


def numbers(answer) -> list[str]:
    return [each.number for each in answer.context["page"].rows]


def facts(**changed) -> dict[str, str]:
    """What is typed into the form of a set."""
    typed = {"season": "winter", "quantity": "4", "size": "205/55 R16", "brand": "Nokian"}
    return typed | changed


class TestList:
    @pytest.mark.parametrize(
        "typed",
        [
            *("T000123", "t000123", "Е000123", "000123", "123"),  # typed, and scanned in Russian
            *("зубк", "pe,r", "А123ВС77", "a123bc", "058037"),
            *("A-1-2", "ф-1-2", "195/65"),
        ],
    )
    def test_finds_a_set(self, web, owner, car, typed):
        make.contact(owner, "+7 (908) 4944434")
        hotel.tires(
            owner,
            number="T000123",
            vehicle=car,
            size="195/65 R15",
            cell=hotel.cell("A-1-2"),
        )
        hotel.tires(make.client("Иванов"), number="T000777", size="205/55 R17")

        answer = web.get(TIRES, {"q": typed})

        assert numbers(answer) == ["T000123"]

    def test_of_a_client_and_leads_back_to_them(self, web, owner, car):
        mine = hotel.tires(owner, vehicle=car)
        hotel.tires()

        answer = web.get(TIRES, {"customer": owner.pk, "car": car.pk})

        assert numbers(answer) == [mine.number]
        assert f'href="/?customer={owner.pk}&amp;car={car.pk}' in answer.content.decode()

    def test_parts_by_state(self, web, owner):
        hotel.tires(owner, number="here")
        hotel.tires(owner, number="asked", state="requested", needed_on=make.day(1))
        hotel.tires(owner, number="late", until=make.day(-1))
        hotel.tires(owner, number="out", state="released")

        shown = {show: numbers(web.get(TIRES, {"show": show})) for show in ("requested", "overdue")}
        gone = numbers(web.get(TIRES, {"show": "left"}))
        tabs = web.get(TIRES).context["tabs"]

        assert shown == {"requested": ["asked"], "overdue": ["late"]}
        assert gone == ["out"]
        assert [count for _slug, _label, count in tabs] == [3, 1, 1, 1]

    @pytest.mark.parametrize(
        "query", [{"customer": "x"}, {"show": "\0"}, {"q": "\0'%"}, {"after": "?"}]
    )
    def test_bears_nonsense(self, web, owner, query):
        assert web.get(TIRES, query).status_code == 200

    @pytest.mark.parametrize("sets", [1, 50])
    def test_costs_the_same_for_one_and_for_fifty(self, htmx, owner, car, statements, sets):
        for _each in range(sets):
            hotel.tires(owner, vehicle=car, cell=hotel.cell())

        with statements(at_most=2):
            htmx.get(TIRES, target="tires")

    def test_turns_pages(self, web, owner):
        for _each in range(51):
            hotel.tires(owner)

        first = web.get(TIRES)
        rest = web.get(TIRES, {"after": first.context["page"].after})

        assert (len(numbers(first)), len(numbers(rest))) == (50, 1)


class TestTakeIn:
    def test_puts_the_set_where_it_suits_and_shows_it(self, web, owner, car):
        hotel.cell("A-1", season="winter")
        address = f"{TIRES}new/?customer={owner.pk}&car={car.pk}"

        answer = web.post(address, facts(vehicle=car.pk, price="3500"), follow=True)

        kept = TireSet.objects.get()
        assert (kept.depositor, kept.vehicle, kept.cell.code) == (owner, car, "A-1")
        assert (kept.price, kept.until) == (Decimal(3500), make.TODAY.replace(month=11, day=14))
        assert answer.redirect_chain[-1][0] == kept.url
        assert "A-1" in answer.content.decode()

    def test_of_a_client_who_is_looked_for(self, web, owner):
        web.post(f"{TIRES}new/", facts(client="Зубков"))

        assert TireSet.objects.get().depositor == owner

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"season": "spring"}, "season"),
            ({"quantity": "0"}, "quantity"),
            ({"quantity": "13"}, "quantity"),
            ({"cell": "X-9"}, "cell"),
            ({"cell": "full"}, "cell"),
            ({"until": "2001-01-01"}, "until"),
            ({"price": "-1"}, "price"),
            ({"price": "many"}, "price"),
        ],
    )
    def test_keeps_what_was_typed_and_says_what_is_wrong(self, web, owner, wrong, field):
        hotel.tires(cell=hotel.cell("full"))

        answer = web.post(f"{TIRES}new/?customer={owner.pk}", facts(**wrong))

        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        assert "205/55 R16" in answer.content.decode()
        assert TireSet.objects.count() == 1

    def test_offers_cells(self, htmx):
        hotel.cell("A-1", largest_rim=15)
        hotel.cell("B-1", largest_rim=17)

        answer = htmx.post(f"{TIRES}racks/offered/", facts(), target="offered")

        assert "B-1" in answer.content.decode()
        assert "A-1" not in answer.content.decode()


class TestSet:
    def test_shows_where_it_was_though_the_cell_is_gone(self, web, owner):
        cell = hotel.cell("A-1-1-1")
        given = {"by": None, "at": make.NOW}
        kept = tires.take_in(depositor=owner, season="summer", cell=cell, today=make.TODAY, **given)
        tires.relocate(kept.pk, cell=None, **given)
        cell.delete()

        page = web.get(kept.url).content.decode()

        assert "A-1-1-1" in page

    def test_draws_its_treads(self, htmx, owner, statements):
        kept = hotel.tires(owner)
        for ago, tread in ((400, "8"), (200, "6.5"), (0, "1.2")):
            wheels = {"fl": (Decimal(tread), Decimal("2.2"), ""), "rr": (Decimal(tread), None, "")}
            day = make.day(-ago)
            tires.measure(kept.pk, on=day, wheels=wheels, by=None, today=make.TODAY)

        with statements(at_most=6):
            page = htmx.get(kept.url, target="tire-set").content.decode()

        assert page.count("<polyline") == 2
        assert 'class="worn"' in page

    def test_is_measured_wheel_by_wheel(self, web, owner):
        kept = hotel.tires(owner)
        typed = {
            "on": "2041-03-12",
            "fl_tread": "6,5",
            "fl_pressure": "2.2",
            "fl_condition": "Латка",
            "rr_tread": "7",
        }

        answer = web.post(f"{kept.url}measure/", typed)

        assert answer.status_code == 302
        assert {m.wheel: m.tread_mm for m in kept.measurements.all()} == {
            "fl": Decimal("6.5"),
            "rr": Decimal(7),
        }

    @pytest.mark.parametrize(
        "typed", [{}, {"fl_tread": "99"}, {"fl_tread": "x"}, {"fl_tread": "5", "on": "2041-03-13"}]
    )
    def test_bears_wrong_measurements(self, web, owner, typed):
        kept = hotel.tires(owner)

        answer = web.post(f"{kept.url}measure/", {"on": "2041-03-12"} | typed)

        assert answer.status_code == 422
        assert not kept.measurements.exists()

    def test_goes_through_its_life(self, client_of, dina, owner):
        web, kept = client_of(dina), hotel.tires(owner, until=make.day(-5), cell=hotel.cell("A-1"))
        other = hotel.cell("B-1")

        acts = [
            ("relocate", {"cell": "b-1", "words": "Ближе"}),
            ("request", {"needed_on": "2041-03-13"}),
            ("recall", {}),
            ("notice", {"on": "2041-03-12", "notice": "Письмо"}),
            ("edit", facts(seen=self._seen(web, kept), comment="Порез", until="2041-03-07")),
            ("dispose", {"words": "Акт 7"}),
        ]
        answers = [web.post(f"{kept.url}{act}/", given).status_code for act, given in acts]

        kept.refresh_from_db()
        other.refresh_from_db()
        assert answers == [302] * len(acts)
        assert (kept.state, kept.comment, other.held) == ("disposed", "Порез", 0)
        page = web.get(kept.url).content.decode()
        assert "B-1" in page
        assert "Акт 7" in page
        assert web.post(f"{kept.url}release/", {"words": ""}).status_code == 422

    def test_has_no_more_tires_than_its_cell_has_room(self, web, owner):
        kept = hotel.tires(owner, cell=hotel.cell("A-1"))

        typed = facts(seen=self._seen(web, kept), quantity="5")
        answer = web.post(f"{kept.url}edit/", typed)

        kept.refresh_from_db()
        assert answer.status_code == 422
        assert "quantity" in answer.context["form"].errors
        assert kept.quantity == 4

    def test_that_two_people_change_is_chosen_between(self, web, owner):
        kept = hotel.tires(owner, until=make.day(9), price=3000)
        seen = self._seen(web, kept)
        TireSet.objects.update(until=make.day(19))

        typed = facts(seen=seen, until=f"{make.day(29)}", price="3000")
        answer = web.post(f"{kept.url}edit/", typed)

        kept.refresh_from_db()
        assert answer.status_code == 422
        assert [clash.name for clash in answer.context["clashes"]] == ["until"]
        assert kept.until == make.day(19)

    def _seen(self, web, kept) -> str:
        return web.get(f"{kept.url}edit/").context["form"]["seen"].value()

    @pytest.mark.parametrize("paper", ["label", "act", "note"])
    def test_is_printed(self, web, owner, paper):
        kept = hotel.tires(owner, state="released", price=3000)

        page = web.get(f"{kept.url}{paper}/").content.decode()

        assert kept.number in page
        assert "<svg" in page

    def test_that_is_nobodys_is_a_404(self, web):
        for act in ("", "edit/", "release/", "label/", "act/"):
            assert web.get(f"{TIRES}999/{act}").status_code == 404


def test_the_season_is_changed_in_one_step(web, owner, car):
    winter = hotel.tires(owner, season="winter", vehicle=car, cell=hotel.cell("A-1"))
    form = web.get(f"{winter.url}swap/").context["form"]

    answer = web.post(f"{winter.url}swap/", facts(season="summer", words="Владельцу"), follow=True)

    summer = TireSet.objects.exclude(pk=winter.pk).get()
    winter.refresh_from_db()
    assert form["season"].value() == "summer"
    assert (winter.state, summer.cell.code, summer.vehicle) == ("released", "A-1", car)
    assert answer.redirect_chain[-1][0] == summer.url


class TestRacks:
    def test_draw_each_cell_with_its_load(self, htmx, owner, statements):
        storage.lay_out(
            store="Отель", zone="A", first_rack=1, racks=2, shelves=3, positions=4, capacity=4
        )
        given = {"by": None, "at": make.NOW, "today": make.TODAY}
        kept = tires.take_in(depositor=owner, season="summer", **given)

        with statements(at_most=4):
            page = htmx.get(f"{TIRES}racks/", target="racks").content.decode()

        assert page.count("<rect") == 24
        assert page.count("is-full") == 2  # the cell, and the legend
        assert kept.number in page

    def test_are_laid_out_by_a_manager(self, client_of, dina):
        typed = {"store": "Отель", "zone": "A", "first_rack": 1, "racks": 1, "shelves": 2}

        web = client_of(dina)
        answer = web.post(f"{TIRES}racks/new/", typed | {"positions": 3, "capacity": 4})

        assert answer.status_code == 302
        assert "A-1-2-3" in web.get(f"{TIRES}racks/labels/").content.decode()

    def test_without_any_say_what_to_do(self, web):
        assert web.get(f"{TIRES}racks/").status_code == 200


def test_the_pick_list_goes_along_the_racks(web, owner):
    for code, shelf in (("low", 1), ("high", 3), ("middle", 2)):
        cell = hotel.cell(code, shelf=shelf)
        hotel.tires(owner, number=code, cell=cell, state="requested", needed_on=make.TODAY)
    hotel.tires(owner, number="stays")

    answer = web.get(f"{TIRES}pick/")

    assert [each.number for each in answer.context["sets"]] == ["low", "middle", "high"]


class TestCount:
    def test_says_what_is_missing_and_what_lies_elsewhere(self, web, owner):
        here, there = hotel.cell("A-1", capacity=8), hotel.cell("A-2")
        for number, cell in (("T1", here), ("T2", there), ("T3", here)):
            hotel.tires(owner, number=number, cell=cell)
        address = web.post(f"{TIRES}counts/new/", {"store": here.store_id})["Location"]

        for code in ("a-1", "T1", "е2", "T1", "чужой"):
            assert web.post(address, {"code": code}).status_code == 200

        result = web.get(address).context["result"]
        assert [each.number for each in result.missing] == ["T3"]
        assert [(s.set.number, s.cell_code) for s in result.elsewhere] == [("T2", "A-1")]
        assert [scan.code for scan in result.unknown] == ["чужой"]
        assert TireScan.objects.count() == 3

    def test_is_finished_once(self, web):
        count = hotel.count()
        address = f"{TIRES}counts/{count.pk}/"

        for _twice in range(2):
            assert web.post(f"{address}finish/").status_code == 302
        answer = web.post(address, {"code": "A-1"})

        assert answer.status_code == 422
        assert web.post(address, {"code": ""}).status_code == 422


class TestSoldCar:
    @pytest.mark.parametrize("follow", [False, True])
    def test_moves_its_tires_only_by_a_decision(self, web, owner, car, follow):
        VehicleOwnership.objects.update(since=make.day(-100))
        kept, buyer = hotel.tires(owner, vehicle=car), make.client("Покупателев")
        window = web.get(f"/vehicles/{car.pk}/sell/").content.decode()

        sold = {"client": "Покупателев", "on": "2041-03-12"}
        web.post(f"/vehicles/{car.pk}/sell/", sold | ({"tires_follow": "on"} if follow else {}))

        kept.refresh_from_db()
        assert kept.number in window
        assert kept.depositor == (buyer if follow else owner)

    def test_without_tires_is_not_asked_about(self, web, car):
        assert "tires_follow" not in web.get(f"/vehicles/{car.pk}/sell/").content.decode()


def test_the_button_of_the_workstation_leads_here(web, owner, car):
    page = web.get("/", {"customer": owner.pk, "car": car.pk}).content.decode()

    assert f"/tires/?customer={owner.pk}&amp;car={car.pk}" in page
