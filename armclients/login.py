"""The way in: the log-in form, its page, and what happens after too many wrong passwords."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from armclients.kit.access import open_to_all

TOO_MANY_REQUESTS = 429
UNPROCESSABLE = 422


class LoginForm(AuthenticationForm):
    """Name and password; refusals say what to try next and never which of the two was wrong."""

    error_messages = {
        "invalid_login": _(
            "No one is known by this name and password. Check the keyboard layout and Caps Lock."
        ),
        "inactive": _("This account is switched off. Ask the administrator."),
        "locked_out": _(
            "Too many wrong passwords. Wait a quarter of an hour, or ask for a new password."
        ),
    }

    def clean_username(self) -> str:
        """A name too long to be anyone's never reaches the database."""
        name: str = self.cleaned_data["username"]
        if len(name) > self.fields["username"].max_length:  # type: ignore[attr-defined]
            raise self.get_invalid_login_error()
        return name

    def get_invalid_login_error(self) -> ValidationError:
        code = "locked_out" if is_locked_out(self.request) else "invalid_login"
        return ValidationError(self.error_messages[code], code=code)


class LoginPage(LoginView):
    """The log-in page; whoever is logged in already is led on."""

    template_name = "login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        status = TOO_MANY_REQUESTS if is_locked_out(self.request) else UNPROCESSABLE
        return self.render_to_response(self.get_context_data(form=form), status=status)


@require_safe
@open_to_all
def admin_door(request: HttpRequest) -> HttpResponse:
    """The administration has no log-in of its own; who is in but may not enter is told so."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next") or reverse("admin:index"))


def is_locked_out(request: HttpRequest | None) -> bool:
    """Whether django-axes refused this attempt without looking at the password."""
    return getattr(request, "axes_locked_out", False)


def locked_out(
    _request: HttpRequest, response: HttpResponse, _credentials: dict[str, Any] | None
) -> HttpResponse:
    """The login page about to be shown, which says so itself, with the status that means it."""
    response.status_code = TOO_MANY_REQUESTS
    return response
