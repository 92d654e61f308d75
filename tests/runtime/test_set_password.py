"""`manage.py set_password`."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command

from armclients.management.commands import set_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return get_user_model().objects.create_user("anna")


def typed(monkeypatch, *answers):
    waiting = iter(answers)
    monkeypatch.setattr(set_password, "getpass", lambda _prompt: next(waiting))


class TestSetPassword:
    def test_typed_twice(self, monkeypatch, anna):
        typed(monkeypatch, "гайка-на-17", "гайка-на-17")

        call_command("set_password", "anna", stdout=io.StringIO())

        anna.refresh_from_db()
        assert anna.check_password("гайка-на-17")

    @pytest.mark.parametrize(
        "answers", [("гайка-на-17", "гайка-на-18"), ("12345678", "12345678"), ("anna", "anna")]
    )
    def test_refuses_slips_and_weak_ones(self, monkeypatch, anna, answers):
        typed(monkeypatch, *answers)

        with pytest.raises(CommandError):
            call_command("set_password", "anna")

        anna.refresh_from_db()
        assert not anna.has_usable_password()

    def test_from_standard_input(self, monkeypatch, anna):
        monkeypatch.setattr("sys.stdin", io.StringIO("гайка-на-17\n"))

        call_command("set_password", "anna", "--stdin", stdout=io.StringIO())

        anna.refresh_from_db()
        assert anna.check_password("гайка-на-17")

    def test_names_an_unknown_user(self):
        with pytest.raises(CommandError, match="nobody"):
            call_command("set_password", "nobody", "--stdin")
