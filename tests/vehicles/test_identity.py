"""What people type when they look for a vehicle: a table of examples."""

import pytest

from vehicles.identity import looks_like, vehicle_readings


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("чеф", "xta"),
        ("f123dc", "а123вс"),
        ("ф123фф", "a123aa"),
        ("Н123АР", "N123АP"),
        ("в123рс", "V123RS"),
        ("v123rs", "B123PC"),
        ("n123ap", "H123AP"),
        ("123рс", "123RS"),
        ("А123ВС77", "А123ВС"),
        ("а 123 вс 77 rus", "А123ВС77"),
        ("а 123 вс 77 rus", "А123ВС"),
        ("ХТАБ21099", "khtab21099"),
    ],
)
def test_a_number_may_mean(typed, meant):
    readings = vehicle_readings(typed)

    assert readings[0] == (typed,)
    assert meant in {text for reading in readings[1:] for text in reading}


@pytest.mark.parametrize("typed", ["123", "058037", "1234567"])
def test_digits_mean_themselves(typed):
    assert vehicle_readings(typed) == [(typed,)]


def test_spellings_of_a_plate_are_few():
    assert all(len(reading) < 16 for reading in vehicle_readings("НХ123НХ"))


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("nmtbm28e80r058037", ["vin"]),
        ("NMTBM28E8 0R058037", ["vin"]),
        ("ХТА210990У1234567", ["vin"]),
        ("NZE121-1234567", ["vin"]),
        ("n123ap", ["plate"]),
        ("а123вс 77", ["plate"]),
        ("А123ВС777RUS", ["plate"]),
        ("АВ1234 77", ["plate"]),
        ("89084944434", []),
        ("12345678901234567", []),
        ("Зубков", []),
        ("ЦОА0000001", []),
        ("", []),
    ],
)
def test_what_a_text_looks_like(typed, kinds):
    assert looks_like(typed) == kinds
