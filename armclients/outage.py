"""What people see when something failed: the database is away for a moment, or it is our error."""

import sys

from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.views.defaults import server_error

from armclients.middleware import chosen_language

COME_BACK_AFTER = 5  # seconds
# By PostgreSQL's code: the server stops, starts or is full. Where there is no connection, none.
AWAY = {"", "57P01", "57P02", "57P03", "53300"}


def failure(request: HttpRequest) -> HttpResponse:
    """503 and another try by itself while the database is away; else the page about our error.

    Django calls this while it handles the exception.
    """
    error = sys.exc_info()[1]
    if not is_about_a_database_away(error):
        return server_error(request)
    # The middlewares on the way out would ask the same database who this is, and wait for it too.
    request.user = AnonymousUser()
    facts = {"again_after": COME_BACK_AFTER if request.method == "GET" else None}
    with translation.override(chosen_language(request)):
        page = render_to_string("503.html", facts)
    headers = {"Retry-After": str(COME_BACK_AFTER), "Cache-Control": "no-store"}
    return HttpResponse(page, status=503, headers=headers)


def is_about_a_database_away(error: BaseException | None) -> bool:
    code = getattr(error.__cause__, "sqlstate", None) or "" if error else ""
    is_lost = isinstance(error, OperationalError) and (code in AWAY or code.startswith("08"))
    return is_lost or isinstance(error, InterfaceError)
