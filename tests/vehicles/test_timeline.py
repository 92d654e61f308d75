"""Owners, plates and mileage: dated values, one at a time."""

import pytest
from django.db import IntegrityError

from tests import make
from vehicles import queries
from vehicles.models import Vehicle

pytestmark = pytest.mark.django_db


class TestOwner:
    def test_is_one_at_a_time(self):
        car = make.vehicle(make.client())

        with pytest.raises(IntegrityError, match="ownership_one_at_a_time"):
            make.ownership(car, make.client())

    @pytest.mark.parametrize("since", [-1, -365])
    def test_periods_do_not_overlap(self, since):
        car = make.vehicle()
        make.ownership(car, make.client(), since=make.day(-400), until=make.day(0))

        with pytest.raises(IntegrityError, match="ownership_one_at_a_time"):
            make.ownership(car, make.client(), since=make.day(since))

    def test_is_followed_by_the_next_on_the_same_day(self):
        car, buyer = make.vehicle(), make.client()
        make.ownership(car, make.client(), until=make.day())
        make.ownership(car, buyer, since=make.day())

        assert queries.with_facts().get(pk=car.pk).owner_id == buyer.pk

    def test_may_share_the_car_with_a_driver_and_a_payer(self):
        owner, firm = make.client(), make.client()
        car = make.vehicle(owner)
        make.ownership(car, firm, role="driver")
        make.ownership(car, firm, role="payer")

        assert queries.with_facts().get(pk=car.pk).owner_id == owner.pk

    def test_ends_after_the_beginning(self):
        with pytest.raises(IntegrityError, match="ownership_ends_after_start"):
            make.ownership(make.vehicle(), make.client(), since=make.day(), until=make.day(-1))

    def test_sold_car_is_without_an_owner(self):
        car = make.vehicle(make.client())
        assert Vehicle.objects.get(pk=car.pk).is_owned
        car.ownerships.update(until=make.day())

        assert not Vehicle.objects.get(pk=car.pk).is_owned

    def test_a_driver_is_no_owner(self):
        car = make.vehicle()
        make.ownership(car, make.client(), role="driver")

        assert not Vehicle.objects.get(pk=car.pk).is_owned


class TestPlate:
    def test_is_kept_as_typed(self):
        assert make.plate_of(make.vehicle(), "а 123 вс|77").number == "а 123 вс|77"

    def test_is_one_at_a_time(self):
        car = make.vehicle(plate="А001АА77")

        with pytest.raises(IntegrityError, match="plate_one_at_a_time"):
            make.plate_of(car, "В002ВВ77")

    def test_may_be_of_two_cars_at_once(self):
        """Plates are kept by their owner and go from car to car."""
        for _each in range(2):
            make.vehicle(plate="А001АА77")

        assert Vehicle.objects.filter(lookup=" A001AA77 ").count() == 2

    def test_current_one_stands_first_in_what_the_car_is_found_by(self):
        car = make.vehicle(vin="XTA1", body_number="NZE-1")
        make.plate_of(car, "А001АА77", until=make.day())
        make.plate_of(car, "В002ВВ77", since=make.day())

        assert Vehicle.objects.get(pk=car.pk).lookup == " XTA1 NZE1 B002BB77 A001AA77 "

    def test_a_car_of_which_nothing_is_known_is_found_by_nothing(self):
        assert Vehicle.objects.get(pk=make.vehicle().pk).lookup == ""


class TestFacts:
    def test_are_those_of_today(self):
        owner = make.client("Зубков")
        car = make.vehicle(owner)
        make.plate_of(car, "А001АА77", until=make.day(-10))
        make.plate_of(car, "В002ВВ77", since=make.day(-10))
        make.odometer(car, 150_000, taken_on=make.day(-1))
        make.odometer(car, 120_000, taken_on=make.day(-100))

        facts = queries.with_facts().get(pk=car.pk)

        assert (facts.owner_name, facts.plate, facts.plate_since) == (
            "Зубков",
            "В002ВВ77",
            make.day(-10),
        )
        assert (facts.mileage_km, facts.mileage_on) == (150_000, make.day(-1))

    def test_of_a_car_known_by_its_model_only(self, htmx):
        car = make.vehicle()

        assert "COROLLA" in htmx.get(f"/vehicles/{car.pk}/info/").content.decode()

    def test_of_a_car_of_which_nothing_is_known(self, web, htmx):
        car = make.vehicle(make.client(), model=None)

        for answer in (htmx.get(f"/vehicles/{car.pk}/info/"), web.get("/", {"car": car.pk})):
            assert answer.status_code == 200

    def test_the_odometer_is_read_once_a_day(self):
        car = make.vehicle()
        make.odometer(car, 1000)

        with pytest.raises(IntegrityError, match="odometer_once_a_day"):
            make.odometer(car, 2000)

    @pytest.mark.parametrize("year", [1885, 2101])
    def test_an_impossible_year_is_refused(self, year):
        with pytest.raises(IntegrityError, match="vehicle_year_possible"):
            make.vehicle(year=year)

    @pytest.mark.parametrize("vin", ["", "123", "NMTBM28E80R058037", "ВИН НЕ ЧИТАЕТСЯ"])
    def test_a_strange_vin_is_kept(self, vin):
        assert make.vehicle(vin=vin).vin == vin
