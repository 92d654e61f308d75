"""Strangers at the doors that are open to the world: where they come from, and how often."""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

TOO_MANY = 429
A_MINUTE = 60  # seconds

Visit = Callable[..., HttpResponseBase]


def address_of(request: HttpRequest) -> str | None:
    """Where the request comes from. Behind a proxy, what the proxy itself saw: the last it adds."""
    told = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        told = request.META.get("HTTP_X_FORWARDED_FOR", told).rpartition(",")[2]
    try:
        return str(ip_address(told.strip()))
    except ValueError:
        return None


def knocks_too_often(who: str, *, at_most: int, seconds: int) -> bool:
    """Whether this is more than so many times within so many seconds. The one server counts."""
    key = f"knocks:{who}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) > at_most
    except ValueError:  # forgotten between the two
        return False


def slowed_down(at_most: int) -> Callable[[Visit], Visit]:
    """The view is found by no search engine, kept by no cache, and not to be tried at random.

    So many times a minute it answers one address.
    """

    def decorate(view: Visit) -> Visit:
        @wraps(view)
        def visited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            who = f"{view.__name__}:{address_of(request)}"
            if knocks_too_often(who, at_most=at_most, seconds=A_MINUTE):
                answer: HttpResponseBase = said(
                    request, _("Too often: try again in a minute."), status=TOO_MANY
                )
                answer.headers["Retry-After"] = str(A_MINUTE)
            else:
                answer = view(request, *args, **kwargs)
            answer.headers.setdefault("Cache-Control", "no-store")
            answer.headers["X-Robots-Tag"] = "noindex, nofollow"
            answer.headers["Referrer-Policy"] = "no-referrer"
            return answer

        return visited

    return decorate


def said(request: HttpRequest, sentence: str, *, status: int = 200) -> HttpResponse:
    """A page of one sentence, and whom to call."""
    return render(request, "public/said.html", {"sentence": sentence}, status=status)
