"""The log-in page: the way in, kind refusals, and the end of patience."""

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from armclients.login import admin_door

pytestmark = pytest.mark.django_db

PASSWORD = "гайка-на-17"


@pytest.fixture
def anna():
    return get_user_model().objects.create_user("anna", password=PASSWORD)


def log_in(client, *, username="anna", password=PASSWORD, **query):
    return client.post(reverse("login", query=query), {"username": username, "password": password})


class TestLogin:
    def test_leads_to_the_workstation(self, client, anna):
        answer = log_in(client)

        assert (answer.status_code, answer.url) == (302, reverse("workstation"))

    def test_leads_back_to_where_one_came_from_but_not_to_strangers(self, client, anna):
        field = {"username": "anna", "password": PASSWORD}

        own = client.post(reverse("login"), {**field, "next": "/?q=a"})
        foreign = client.post(reverse("login"), {**field, "next": "https://evil.example/"})

        assert own.url == "/?q=a"
        assert foreign.url == reverse("workstation")

    @pytest.mark.parametrize(
        ("username", "password"),
        [
            ("anna", "wrong"),
            ("nobody", PASSWORD),
            ("an\0na", PASSWORD),
            ("anna", "a\0b"),
            ("я" * 5000, PASSWORD),
            ("anna", "я" * 5000),
            ("😀<script>%_\\", "x"),
            ("", ""),
        ],
    )
    def test_a_wrong_log_in_is_the_form_again(self, client, anna, username, password):
        answer = log_in(client, username=username, password=password, next="/\0")

        assert answer.status_code == 422
        assert answer.context["form"].errors

    def test_after_many_wrong_passwords_even_the_right_one_waits(self, client, anna):
        answers = [log_in(client, password="wrong") for _ in range(settings.AXES_FAILURE_LIMIT)]
        right = log_in(client)

        assert [answer.status_code for answer in answers[:-1]] == [422] * (len(answers) - 1)
        assert answers[-1].status_code == right.status_code == 429
        assert right.context["form"].has_error("__all__", "locked_out")
        assert "_auth_user_id" not in client.session

    def test_a_switched_off_account_stays_out(self, client, anna):
        get_user_model().objects.update(is_active=False)

        assert log_in(client).status_code == 422


class TestAdminDoor:
    def test_leads_to_the_one_log_in_and_back(self, rf):
        request = rf.get("/admin/login/", query_params={"next": "/admin/orders/"})
        request.user = AnonymousUser()

        assert admin_door(request).url == "/login/?next=/admin/orders/"

    def test_is_shut_to_who_is_in_but_may_not_enter(self, rf, anna):
        request = rf.get("/admin/login/")
        request.user = anna

        with pytest.raises(PermissionDenied):
            admin_door(request)
