"""Strangers at the doors that are open to the world: where they come from, and how often."""

from ipaddress import ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


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
