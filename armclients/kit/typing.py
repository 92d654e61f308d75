"""Types that say more than Django's own."""

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class HtmxRequest(HttpRequest):
    """A request that the htmx middleware has looked at."""

    htmx: HtmxDetails
    # Behind the login wall it is never anonymous.
    user: Any
