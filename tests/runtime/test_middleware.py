"""The login wall, the language and the headers that keep personal pages out of caches."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation
from django_htmx.middleware import HtmxDetails

from armclients.middleware import (
    LoginWallMiddleware,
    PersonalPagesMiddleware,
    UserLocaleMiddleware,
)

ANNA = SimpleNamespace(is_authenticated=True, language="ru")


@pytest.fixture(autouse=True)
def language():
    with translation.override("ru"):
        yield


def asked(path="/", *, user=None, **kwargs):
    request = RequestFactory().get(path, **kwargs)
    request.user = user or AnonymousUser()
    request.htmx = HtmxDetails(request)
    return request


def page(_request):
    return HttpResponse("page")


@login_not_required
def open_page(_request):
    return HttpResponse("for everyone")


class TestLoginWall:
    def answer(self, request, view=page):
        return LoginWallMiddleware(page).process_view(request, view, (), {})

    def test_lets_in_who_is_logged_in(self):
        assert self.answer(asked(user=ANNA)) is None

    def test_leaves_open_what_says_so(self):
        assert self.answer(asked(), view=open_page) is None

    def test_leads_a_page_to_the_login_and_back(self):
        answer = self.answer(asked("/?q=%D0%B7"))

        assert answer.status_code == 302
        assert answer.url == "/login/?next=/%3Fq%3D%25D0%25B7"

    def test_leads_a_fragment_to_the_login_and_back_to_its_page(self):
        request = asked(
            "/customers/42/events/",
            headers={
                "HX-Request": "true",
                "HX-Current-URL": "http://testserver/?q=a&customer=42",
            },
        )

        answer = self.answer(request)

        assert answer.status_code == 200
        assert answer.headers["HX-Redirect"] == "/login/?next=/%3Fq%3Da%26customer%3D42"

    def test_never_leads_back_to_a_stranger(self):
        headers = {"HX-Request": "true", "HX-Current-URL": "https://evil.example/"}

        answer = self.answer(asked(headers=headers))

        assert answer.headers["HX-Redirect"] == "/login/?next=/"


class TestPersonalPages:
    @pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
    def test_every_answer_varies_by_what_htmx_sends(self, headers):
        answer = PersonalPagesMiddleware(page)(asked(headers=headers))

        assert answer.headers["Vary"] == "HX-Request, HX-Target, HX-History-Restore-Request"
        assert "Cache-Control" not in answer.headers

    def test_no_page_behind_the_login_is_kept(self):
        answer = PersonalPagesMiddleware(page)(asked(user=ANNA))

        assert answer.headers["Cache-Control"] == "no-store"


class TestLanguage:
    def seen(self, request):
        UserLocaleMiddleware(page)(request)
        return translation.get_language()

    def test_is_russian_whatever_the_browser_likes(self):
        assert self.seen(asked(headers={"Accept-Language": "en"})) == "ru"

    def test_is_what_the_user_chose(self):
        user = SimpleNamespace(is_authenticated=True, language="en")

        assert self.seen(asked(user=user)) == "en"

    @pytest.mark.parametrize(("cookie", "language"), [("en", "en"), ("xx", "ru"), ("", "ru")])
    def test_before_the_login_is_what_the_browser_was_told(self, cookie, language):
        request = asked()
        request.COOKIES["django_language"] = cookie

        assert self.seen(request) == language
