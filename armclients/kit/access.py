"""Who may: every view names a permission, or says aloud that it needs none."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]


def needs(permission: str) -> Callable[[View], View]:
    """The view answers only to users who hold `permission` (`app.codename`); others get a 403.

    The name is kept as `view.needs`, by which a system check and the permission matrix know it.
    Whoever is not logged in never comes this far: the login wall stands before all views.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.needs = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def open_to_all(view: View) -> View:
    """The view answers anybody, logged in or not."""
    opened = login_not_required(view)
    opened.needs = ""  # type: ignore[attr-defined]
    return opened
