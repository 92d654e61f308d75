"""What every request goes through: the login wall, the language, and nothing kept by browsers."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from armclients.kit.typing import HtmxRequest

HTMX_VARIES = ("HX-Request", "HX-Target", "HX-History-Restore-Request")


class LoginWallMiddleware(LoginRequiredMiddleware):
    """Whoever is not logged in is led to the login page, and on to the page they saw."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HtmxRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        if not request.htmx:
            return super().handle_no_permission(request, view_func)
        # The address of the fragment would bring them back to a bare fragment.
        page = request.htmx.current_url_abs_path or resolve_url(settings.LOGIN_REDIRECT_URL)
        login = redirect_to_login(
            page, self.get_login_url(view_func), self.get_redirect_field_name(view_func)
        )
        return HttpResponseClientRedirect(login.url)


class PersonalPagesMiddleware:
    """No browser keeps a page with people's data, and none mixes a page up with its fragment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, HTMX_VARIES)
        if request.user.is_authenticated:
            # A picture that never changes says itself how long it may be kept.
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class UserLocaleMiddleware:
    """Russian, unless the user (or, before the log-in, this browser's user) chose English.

    What the browser asks for does not count: on shop machines it is whatever Windows came with.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = chosen_language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def chosen_language(request: HttpRequest) -> str:
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    choice = request.user.language if request.user.is_authenticated else cookie
    return choice if choice in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class BranchTimeMiddleware:
    """Times are shown on the wall clock of the branch the user works in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        workplace = getattr(request.user, "workplace", None)
        with timezone.override(workplace.branch.zone if workplace else None):
            return self.get_response(request)
