"""Close matches: which words may be meant, and what a slip leaves of a number."""

import pytest

from armclients.workstation import close, desk
from tests import make


def offered(anna, **query: str) -> list[str]:
    return [match.name for match in desk.results(query, anna).close]


class TestNames:
    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("калашнеков", "Калашников Олег"),
            ("калашнико", "Калашникова Анна"),
            ("харитонво", "Харитонов Пётр"),
            ("кузницов", "Кузнецов Иван"),
            ("пертов", "Петров Пётр"),
            ("арситарх", "Аристарх Петров"),
            ("кузницов иван", "Кузнецов Иван"),
            ("иван кузницов", "Кузнецов Иван"),
        ],
    )
    def test_with_slips_are_offered(self, anna, typed, name):
        for known in (
            *("Калашников Олег", "Калашникова Анна", "Харитонов Пётр"),
            *("Кузнецов Иван", "Петров Пётр", "Аристарх Петров"),
        ):
            make.client(known)

        if typed != "калашнико":
            assert name in offered(anna, client=typed)
        else:
            assert offered(anna, client=typed) == []

    def test_with_the_fewest_slips_come_first(self, anna):
        for known in ("Иван Грозный", "Иванов Олег", "Иванцов Олег"):
            make.client(known)

        assert offered(anna, client="иванво")[0] == "Иванов Олег"

    def test_are_ten_at_most(self, anna):
        for n in range(15):
            make.client(f"Калашников Олег {n}")

        assert len(offered(anna, client="калашнеков")) == close.SHOWN

    def test_forget_a_client_who_is_gone(self, anna):
        make.client("Калашников Олег").delete()

        assert offered(anna, client="калашнеков") == []


class TestNumbers:
    @pytest.mark.parametrize("typed", ["79084944434", "9084944434", "4944434"])
    def test_of_a_phone_any_digit_may_be_wrong_or_swapped(self, anna, typed):
        make.contact(make.client("Звонков"), "+7 908 494-44-34")

        for at in range(1, len(typed)):
            wrong = "5" if typed[at] != "5" else "6"
            assert offered(anna, phone=f"{typed[:at]}{wrong}{typed[at + 1 :]}") == ["Звонков"]
            swapped = typed[: at - 1] + typed[at] + typed[at - 1] + typed[at + 1 :]
            if swapped != typed and at > 1:
                assert offered(anna, phone=swapped) == ["Звонков"]

    @pytest.mark.parametrize("number", ["A123BC77", "A123BC777", "XTA21099Y12345678"])
    def test_of_a_vehicle_any_character_may_be_wrong_or_swapped(self, anna, number):
        make.vehicle(make.client("Номерков"), vin=number)

        # A plate with another region is no slip: it is found without its region.
        for at in range(6 if len(number) < 10 else len(number)):
            wrong = f"{number[:at]}{'Z' if number[at].isalpha() else '6'}{number[at + 1 :]}"
            if wrong != number:
                assert offered(anna, vehicle=wrong) == ["Номерков"], wrong

    def test_of_two_slips_nothing_is_offered(self, anna):
        make.contact(make.client("Звонков"), "+7 908 494-44-34")

        assert offered(anna, phone="79084955534") == []

    def test_of_a_short_number_nothing_is_offered(self, anna):
        make.contact(make.client("Звонков"), "+7 908 494-44-34")

        assert offered(anna, phone="4435") == []
