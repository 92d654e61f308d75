"""The first understanding that finds anyone is the whole answer: the page shows just that."""

import itertools

import phonenumbers
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from armclients.kit import text
from armclients.models import SearchCard
from armclients.workstation import desk, readings, search
from armclients.workstation.criteria import Asking
from armclients.workstation.filters import ClientFilter
from tests import make
from tests.workstation.test_search_property import build, clients, queries

LETTERS = "ABEKMHOPCTYX"
IN_RUSSIAN = dict(zip(LETTERS, "АВЕКМНОРСТУХ", strict=True))
SLOW = settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def in_wrong_layout(query: dict[str, str]) -> dict[str, str]:
    return {name: (text.other_layout(value) or [value])[0] for name, value in query.items()}


@SLOW
@given(
    shop=st.lists(clients, min_size=1, max_size=10),
    asked=st.lists(queries, min_size=4, max_size=8),
    page=st.integers(1, 4),
)
def test_the_page_is_the_first_guess_that_finds_anyone(anna, shop, asked, page):
    with transaction.atomic():
        build(shop, [anna, anna])
        for query in itertools.chain(asked, map(in_wrong_layout, asked)):
            asking = ClientFilter(query, asking=Asking(anna))
            assert asking.form.is_valid()
            meant = [
                set(wanted.of(SearchCard.objects.all()).values_list("pk", flat=True))
                for wanted in asking.guesses
            ]
            first = next((n for n, keys in enumerate(meant, 1) if keys), 0)

            found = search.find_first(asking.guesses, size=page)

            assert found.reading == first
            assert set(found.ids) <= (meant[first - 1] if first else set())
            assert len(found.ids) == min(page, len(meant[first - 1]) if first else 0)
            typed = set(asking.as_typed.of(SearchCard.objects.all()).values_list("pk", flat=True))
            everyone = set(asking.qs.values_list("pk", flat=True))
            assert everyone == (typed or (meant[first - 1] if first else set()))
        transaction.set_rollback(True)


def found_by(anna, **query: str) -> list[str]:
    return [row.name for row in desk.results(query, anna).clients]


@SLOW
@given(national=st.integers(9_000_000_000, 9_999_999_999), extension=st.integers(1, 9999))
def test_a_phone_is_found_in_every_notation(anna, national, extension):
    with transaction.atomic():
        make.contact(make.client("Звонков"), f"+7{national}")
        number = phonenumbers.parse(f"+7{national}")
        written = {
            phonenumbers.format_number(number, style)
            for style in (
                phonenumbers.PhoneNumberFormat.E164,
                phonenumbers.PhoneNumberFormat.INTERNATIONAL,
                phonenumbers.PhoneNumberFormat.NATIONAL,
            )
        }
        written |= {f"{number} доб. {extension}" for number in written}
        written |= {f"тел.: {number}" for number in written}
        written |= {str(national), str(national)[-7:], str(national)[-4:], f"8 10 7 {national}"}
        for typed in written:
            assert found_by(anna, phone=typed) == ["Звонков"], typed
        transaction.set_rollback(True)


@SLOW
@given(
    plate=st.tuples(*(st.sampled_from(LETTERS) for _ in range(3))),
    digits=st.integers(1, 999),
    region=st.sampled_from(["", "77", "197", "777"]),
)
def test_a_plate_is_found_in_every_notation(anna, plate, digits, region):
    with transaction.atomic():
        a, b, c = plate
        latin = f"{a}{digits:03}{b}{c}{region}"
        russian = "".join(IN_RUSSIAN.get(letter, letter) for letter in latin)
        make.vehicle(make.client("Номерков"), plate=russian)
        for spelt in (latin, russian):
            apart = f"{spelt[0]} {spelt[1:4]}-{spelt[4:6]} {spelt[6:]}".strip()
            for typed in (spelt, spelt.lower(), apart, spelt[:6], f"{spelt} rus", spelt[1:4]):
                assert found_by(anna, vehicle=typed) == ["Номерков"], typed
        assert found_by(anna, vehicle=text.other_layout(russian)[0]) == ["Номерков"]
        transaction.set_rollback(True)


@SLOW
@given(vin=st.text("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", min_size=17, max_size=17))
def test_a_vin_is_found_in_every_notation(anna, vin):
    with transaction.atomic():
        make.vehicle(make.client("Кузовкин"), vin=vin)
        mixed_up = vin.replace("0", "O").replace("1", "I")
        for typed in (vin, vin.lower(), mixed_up, mixed_up.replace("O", "Q"), vin[-8:], vin[-4:]):
            assert found_by(anna, vehicle=typed) == ["Кузовкин"], typed
        for typed in (f"{vin[:9]} {vin[9:]}", *text.other_layout(vin)):
            assert found_by(anna, vehicle=typed) == ["Кузовкин"], typed
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "typed",
    [["ivanov petr sidorov", "ivanov@mail.ru", "n123nx"], ["ж" * 100, "8" * 100, "ф" * 100]],
)
def test_understandings_are_few(typed):
    found = readings.understandings(typed)

    assert len(found) <= readings.MOST
    assert found[0] == tuple((each,) for each in typed)
